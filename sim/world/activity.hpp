#pragma once

// The activity of a source or the production of a plant:
//
//     activity(t) = nominal x profile(t) x (base + additions in force)
//                   x (1 - shares moved away) x factors in force x min(1, ceilings in force)
//
// Whatever acts on it does so under its own Influence, so that two measures that stop the same unit
// do not lift each other's stop. Factors multiply; shares that are moved to other sources add up,
// so that what two measures move away is what arrives; of the ceilings the tightest holds.
// `share(t)` is everything but nominal x profile; between corners it is a polynomial in t.
//
// A ceiling that an alert orders can be looked at in three ways (Orders), so that what a list of
// orders saves is known in every alert: as it is in force, as it would be if nobody were exempted,
// and without any.

#include "kernel/time.hpp"
#include "world/ramp.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lantian {

//! Who acts: handed out by World::new_influence, compared only for equality.
enum class Influence : std::uint32_t {};

//! Which orders of an alert count.
enum class Orders : std::uint8_t { in_force, without_exemptions, none };
inline constexpr std::size_t kOrders = 3;
inline constexpr std::array<std::string_view, kOrders> kOrdersNames = {
    "in_force", "without_exemptions", "none"};

class Activity {
public:
  //! `nominal` [amount per calendar year]; base 0 for what is idle until a measure starts it.
  Activity(double nominal, double base) : nominal_(nominal), base_(base) {}

  double nominal() const { return nominal_; }

  void add(Influence who, Ramp share) { set(additions_, {who, share}); }
  void scale(Influence who, Ramp factor) { set(factors_, {who, factor}); }
  //! Moves a share away, to another source or to none. All shares together must not exceed 1.
  void move_away(Influence who, Ramp share) { set(moved_, {who, share}); }
  void limit(Influence who, Ramp ceiling) { set(ceilings_, {who, ceiling}); }
  //! A ceiling ordered in an alert, and what it would be without exemptions.
  void order(Influence who, Ramp ceiling, Ramp unexempted) {
    set(ceilings_, {who, ceiling, unexempted, true});
  }
  //! Takes everything back that `who` has set.
  void lift(Influence who);

  //! Factor on nominal x profile at `offset` seconds after `base`.
  double share(Time base, double offset = 0, Orders orders = Orders::in_force) const {
    return supply(base, offset) * passing(base, offset, orders);
  }
  //! What has moved away, factors and ceilings alone: what is let through of activity that comes
  //! from elsewhere.
  double passing(Time base, double offset = 0, Orders orders = Orders::in_force) const;
  //! The same activity without any ceiling.
  Activity without_ceilings() const {
    Activity open = *this;
    open.ceilings_.clear();
    return open;
  }
  //! True while an alert's order stands.
  bool is_ordered() const;

  //! Degree of `share` as a polynomial in time within (a, b), between its corners.
  int degree(Time a, Time b) const;

  //! Appends the corners of `share` within (a, b) as seconds after `a`: where a ramp begins or
  //! ends. Where two ceilings cross is found by `append_crossings` between those.
  void append_corners(Time a, Time b, std::vector<double>& corners) const;
  void append_crossings(Time a, double from, double to, std::vector<double>& corners) const;

private:
  struct Term {
    Influence who;
    Ramp ramp;
    Ramp unexempted{}; //!< of an order
    bool is_order = false;

    bool counts(Orders orders) const { return !is_order || orders != Orders::none; }
    const Ramp& seen(Orders orders) const {
      return is_order && orders == Orders::without_exemptions ? unexempted : ramp;
    }
  };
  using Terms = std::vector<Term>;
  static void set(Terms& terms, const Term& term);
  double supply(Time base, double offset) const;

  double nominal_;
  double base_;
  Terms additions_;
  Terms moved_;
  Terms factors_;
  Terms ceilings_;
};

//! Appends begin and end of `ramp` where they lie within (a, b), as seconds after `a`.
void append_ramp_corners(const Ramp& ramp, Time a, Time b, std::vector<double>& corners);

} // namespace lantian
