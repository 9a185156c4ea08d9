#pragma once

// The calendar intervals of the horizon: output intervals, months and years. The first and the last
// may be cut by the horizon. An interval never straddles a year.

#include "kernel/time.hpp"
#include "scenario/scenario.hpp"

#include <cstddef>
#include <vector>

namespace lantian {

class TimeAxis {
public:
  //! Intervals of one kind between `start` and `end`, cut at both.
  TimeAxis(Time start, Time end, Interval interval);

  std::size_t size() const { return bounds_.size() - 1; }
  //! size() + 1 ascending instants; interval i is [bounds[i], bounds[i + 1]).
  const std::vector<Time>& bounds() const { return bounds_; }
  Time begin(std::size_t i) const { return bounds_[i]; }
  Time end(std::size_t i) const { return bounds_[i + 1]; }
  //! Interval that contains `t`; the last one for t at or after the end.
  std::size_t index(Time t) const;

private:
  std::vector<Time> bounds_;
};

//! First instant of the calendar year that contains `t`, and the year's number.
Time year_start(Time t);
int year_of(Time t);
//! First instant of the interval after the one that contains `t`.
Time next_boundary(Time t, Interval interval);

} // namespace lantian
