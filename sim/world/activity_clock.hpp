#pragma once

// An ActivityClock measures time in nominal calendar years of activity: one calendar year at the
// nominal rate counts exactly 1, spread over the year by the profile's weights and multiplied by
// the year's trend. Nominal rates "per year" are per calendar year, so a year's total is exact in
// leap years too. Piecewise constant; a question costs a binary search.

#include "kernel/time.hpp"
#include "scenario/inventory.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace lantian {

class ActivityClock {
public:
  //! The clock of `profile` (null is flat) and `trend` (factor per calendar year from the first
  //! year of the horizon; the last one holds on; empty is 1) over [start, end).
  ActivityClock(const Profile* profile, std::span<const double> trend, Time start, Time end);

  //! Activity between two instants of the horizon [nominal calendar years].
  double elapsed(Time from, Time to) const;
  //! The first whole second by which that much activity has passed since `from`; kNever where that
  //! lies after the horizon. The inverse of `elapsed`.
  Time advance(Time from, double nominal_years) const;
  //! Rate at `t` [nominal calendar years per second].
  double rate(Time t) const { return runs_[find(t)].rate; }

  //! A stretch of constant rate.
  struct Run {
    Time begin;
    double rate = 0;   //!< [nominal calendar years per second]
    double before = 0; //!< elapsed from the start of the horizon to `begin`
  };
  std::span<const Run> runs() const { return runs_; }
  //! Index of the run that contains `t`.
  std::size_t find(Time t) const;

  //! Calls `visit(rate, a, b)` for the parts of [from, to) in which the clock runs at one rate.
  template <class Visit> void for_each_run(Time from, Time to, Visit visit) const {
    for (std::size_t r = find(from); from < to; ++r) {
      const Time end = r + 1 < runs_.size() ? std::min(to, runs_[r + 1].begin) : to;
      visit(runs_[r].rate, from, end);
      from = end;
    }
  }

private:
  std::vector<Run> runs_;
  Time end_;
};

} // namespace lantian
