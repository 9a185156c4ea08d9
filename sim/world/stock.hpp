#pragma once

// A stock between sources: what some of them make goes in, what one of them uses comes out, and
// part of it may be lost with time. The user is held to what comes in when the stock is used up,
// and only then. Nothing is stepped through: between two looks all flows are polynomials in time,
// the content is their integral, and the next look is due when one of them has a corner, or in the
// whole second before the content would leave [0, most].
//
//   look:
//     bring the content up to now by the flows of the last look
//     take the flows anew, up to their next corner, as if the user were free
//     used up, and less comes in than would be used: the user's ceiling is what comes in
//     full, and more comes in than is used: the rest goes elsewhere
//     otherwise: foresee when it will be used up or full
//
// What is lost is `loss` x content without the loss since the last look (the first step of
// Picard's iteration, so that all stays a polynomial): too much by a share of less than
// loss x time between looks, and what is booked as lost is exactly what is missing.

#include "kernel/process.hpp"
#include "world/polynomial.hpp"
#include "world/world.hpp"

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

//! `ratio` x the activity of a source, without its pulses.
struct StockFlow {
  Index source = kNone;
  double ratio = 1;
};

struct StockPlan {
  std::vector<StockFlow> inflows;
  StockFlow outflow; //!< kNone: nobody uses it
  double most = std::numeric_limits<double>::infinity();
  double content = 0; //!< at the start
  double loss = 0;    //!< share of the content that is lost [1/s]
};

class Stock {
public:
  //! `name` and `entity` are those of the processes that watch its sources.
  Stock(World& world, StockPlan plan, std::string name, EntityIndex entity);
  Stock(const Stock&) = delete;
  Stock& operator=(const Stock&) = delete;

  void look();
  //! When to look again if nothing changes.
  Time next() const { return end_; }
  //! Raised when something about its sources changes.
  Signal& changed() { return changed_; }

  //! At the last look.
  double content() const { return content_; }
  //! Whether the user is held to what comes in.
  bool is_used_up() const { return ceiling_.has_value(); }
  //! Since the start.
  double lost() const { return lost_; }

  //! By which the polynomials below are scaled; the next look may be due before its end.
  Duration span() const { return span_; }
  //! What comes in from the last look on [1/s].
  const Polynomial& inflow() const { return inflow_; }
  //! What is lost from the last look on [1/s].
  Polynomial loss() const { return (Polynomial(content_) + gain_) * plan_.loss; }

private:
  struct Term {
    Activity activity;
    double scale; //!< amount per second at share 1
    const ActivityClock* clock;
  };
  void settle();
  Term term_of(const StockFlow& flow, Activity activity) const;
  Time next_corner(const std::vector<Term>& terms) const;
  Polynomial sum_of(const std::vector<Term>& terms) const;
  Polynomial foresee();
  void follow(const std::vector<Term>& inflows, const Activity& free);
  void fill_up(const Polynomial& content);
  void set_ceiling(const Ramp& ceiling);
  void lift_ceiling();
  Time second_before(double share) const;
  Time second_after(double share) const;

  World& world_;
  StockPlan plan_;
  Influence who_;
  Signal changed_;
  std::optional<Ramp> ceiling_; //!< of the user, in force
  double content_;
  double lost_ = 0;
  bool is_full_ = false;
  Time begin_; //!< of the last look
  Time end_;
  Duration span_{};
  Polynomial inflow_;
  Polynomial outflow_;
  Polynomial net_;      //!< what comes in less what is used
  Polynomial gain_;     //!< of content since the last look, the loss aside
  Polynomial loss_sum_; //!< lost since the last look
};

//! Looks for ever: whenever something changes, or is due.
Process keep(World& world, Stock& stock);

} // namespace lantian
