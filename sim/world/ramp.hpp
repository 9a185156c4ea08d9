#pragma once

// A Ramp is a quantity that moves once, in a straight line, from one value to another and then
// stays: a factor wound down, an efficiency rising during commissioning. A constant is a ramp that
// has ended. Products of ramps are polynomials between the ramps' corners, which is what makes the
// ledger's integration exact.

#include "kernel/time.hpp"

namespace lantian {

struct Ramp {
  double from = 0;
  double to = 0;
  Time begin{};
  Time end{};

  static Ramp constant(double value) { return {value, value, Time{}, Time{}}; }

  //! From `from` at `begin` to `to` after `length`; a zero length is a step.
  static Ramp linear(double from, double to, Time begin, Duration length) {
    return {from, to, begin, begin + length};
  }

  bool is_constant() const { return from == to || begin >= end; }

  //! True where the value moves somewhere within (a, b).
  bool is_moving(Time a, Time b) const { return !is_constant() && begin < b && end > a; }

  //! Value at `offset` seconds after `base`.
  double at(Time base, double offset = 0) const {
    if (is_constant())
      return to;
    const double elapsed = static_cast<double>((base - begin).count()) + offset;
    const double length = static_cast<double>((end - begin).count());
    if (elapsed <= 0)
      return from;
    if (elapsed >= length)
      return to;
    return from + (to - from) * (elapsed / length);
  }
};

} // namespace lantian
