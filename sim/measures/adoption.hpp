#pragma once

// An Adoption is the share of one source's work that another has taken over, and what brings it
// back for a time: people who slide back, breakdowns of what is new.
//
//     share(t) = aimed(t) x (1 - slid back(t)), or 0 while broken down
//
// in straight lines between the times at which one of the two changes its course.

#include "measures/shift.hpp"
#include "world/world.hpp"

#include <optional>

namespace lantian {

class Adoption {
public:
  //! While broken down `fallback` does it, or `from` where that is kNone.
  Adoption(World& world, Index from, Index to, Index fallback);
  Adoption(const Adoption&) = delete;
  Adoption& operator=(const Adoption&) = delete;

  //! The share that is aimed at, without what slides back.
  double aim() const { return aimed_.to; }
  //! Moves on to a share from where it is now, in a straight line.
  void aim_at(double share, Duration over);
  //! From now on this much of it slides back.
  void slide_back(Ramp part);
  double slid_back() const { return slid_back_.at(world_.now()); }
  void break_down();
  void repair();
  //! To be called when a line ends that was given to it, while the other may go on.
  void take_effect();

private:
  double share_at(Time time) const { return aimed_.at(time) * (1 - slid_back_.at(time)); }
  Ramp share() const;

  World& world_;
  Shift shift_;
  std::optional<Shift> spare_;
  Ramp aimed_ = Ramp::constant(0);
  Ramp slid_back_ = Ramp::constant(0);
  bool is_broken_ = false;
};

} // namespace lantian
