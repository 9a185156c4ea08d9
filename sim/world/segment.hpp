#pragma once

// A Segment is the time between two changes of a unit, cut at the corners between which everything
// about it is a polynomial. The visitors here are how the ledger walks over it.

#include "world/activity_clock.hpp"
#include "world/process_unit.hpp"
#include "world/quadrature.hpp"
#include "world/time_axis.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace lantian {

inline double seconds(Duration d) {
  return static_cast<double>(d.count());
}

struct Segment {
  Time from;
  Time to;
  int degree = 0;              //!< of the polynomials between corners; 0 where nothing moves
  std::vector<double> corners; //!< ascending [seconds after from], ends included; empty at degree 0

  bool is_constant() const { return degree == 0; }
};

//! The segment of an activity alone, or of a unit with all its outlets.
Segment segment_of(const Activity& activity, Time from, Time to);
Segment segment_of(const ProcessUnit& unit, Time from, Time to);

//! Calls `visit(interval, a, b)` for the parts of [from, to) in the intervals of `axis`.
template <class Visit>
void for_each_interval(const TimeAxis& axis, Time from, Time to, Visit visit) {
  for (std::size_t i = axis.index(from); from < to; ++i) {
    const Time end = i + 1 < axis.size() ? std::min(to, axis.end(i)) : to;
    visit(i, from, end);
    from = end;
  }
}

//! Calls `visit(left, right)` for the polynomial pieces of [left, right) [seconds after
//! segment.from].
template <class Visit>
void for_each_piece(const Segment& segment, double left, double right, Visit visit) {
  auto next = std::upper_bound(segment.corners.begin(), segment.corners.end(), left);
  while (left < right) {
    const double until = next == segment.corners.end() ? right : std::min(right, *next++);
    if (until > left)
      visit(left, until);
    left = until;
  }
}

//! The same of [a, b).
template <class Visit> void for_each_piece(const Segment& segment, Time a, Time b, Visit visit) {
  for_each_piece(segment, seconds(a - segment.from), seconds(b - segment.from), visit);
}

//! Calls `visit(interval, offset, nominal_years)` for the quadrature points of a segment: summing
//! f(offset) x nominal_years integrates a polynomial f of the segment's degree exactly.
template <class Visit>
void for_each_point(const Segment& segment, const TimeAxis& axis, const ActivityClock& clock,
                    Visit visit) {
  const auto nodes = quadrature_nodes(segment.degree);
  for_each_interval(axis, segment.from, segment.to, [&](std::size_t i, Time a, Time b) {
    clock.for_each_run(a, b, [&](double rate, Time begin, Time end) {
      for_each_piece(segment, begin, end, [&](double left, double right) {
        for (const QuadratureNode& node : nodes) {
          const double length = right - left;
          visit(i, left + length * node.position, rate * length * node.weight);
        }
      });
    });
  });
}

//! Calls `visit(interval, offset, amount)` for the quadrature points of the unit's pulses within
//! the segment: `amount` is activity [amount] before what the unit lets pass.
template <class Visit>
void for_each_pulse_point(const ProcessUnit& unit, const Segment& segment, const TimeAxis& axis,
                          Visit visit) {
  for (const Pulse& pulse : unit.pulses) {
    const Time from = std::max(pulse.begin, segment.from);
    const Time to = std::min(pulse.end, segment.to);
    if (from >= to)
      continue;
    const auto nodes = quadrature_nodes(segment.degree + pulse.degree());
    for_each_interval(axis, from, to, [&](std::size_t i, Time a, Time b) {
      for_each_piece(segment, a, b, [&](double left, double right) {
        for (const QuadratureNode& node : nodes) {
          const double length = right - left;
          const double offset = left + length * node.position;
          visit(i, offset, pulse.rate_at(segment.from, offset) * length * node.weight);
        }
      });
    });
  }
}

} // namespace lantian
