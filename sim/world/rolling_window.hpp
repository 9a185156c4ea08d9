#pragma once

// A RollingWindow asks what some sources emit of a pollutant in any time of a given length. With
// E(t) the emission since the first window may begin, the window that ends at t holds
//
//     W(t) = E(t) - E(t - length),   length <= t <= to - from
//
// E is a polynomial between its corners, so W is one between those and the same corners moved by
// the length. Its most is found at its ends there or where its derivative is 0, and the share of
// all t with W > limit from where it crosses the limit: exact, at a cost by the number of corners.

#include "kernel/time.hpp"
#include "scenario/table.hpp"
#include "world/books.hpp"
#include "world/emission_curve.hpp"

#include <vector>

namespace lantian {

struct RollingWindow {
  std::vector<Index> sources; //!< each once
  Index pollutant = kNone;    //!< its direct emission: stack and fugitive
  Time from{};                //!< windows lie within [from, to), which begins and ends with a
  Time to{};                  //!< calendar year or with the horizon
  Duration length{};          //!< at most that time
  double limit = 0;           //!< that a window may hold [base units]
};

//! The worst of all windows; of equal ones (to 1e-12) the first. A window exceeds the limit where
//! it is above it by more than 1e-9 of it, which is rounding.
WorstWindow worst_window(const EmissionCurve& curve, double length, double limit);

} // namespace lantian
