#pragma once

// Compliance in closed form. Hourly means are lognormal around the outlet's mean concentration, so
// the share of valid hours above the limit needs no hourly simulation: hours in which a control of
// the outlet is out of service count whole, hours in service with P(hourly mean > limit). Valid are
// the hours in which the unit runs, but not those of commissioning.
//
// While the mean concentration moves in a straight line from c0 to c1 the share is the mean of that
// probability over the line, which is a difference of partial expectations of a lognormal variable
// (the formula of Black and Scholes), exact as well.

#include "world/process_unit.hpp"

namespace lantian {

//! P(X > limit) for lognormal X of this mean and coefficient of variation [share].
double exceedance_probability(double mean, double cv, double limit);

//! The mean of that over all means between `from` and `to`, evenly spread [share].
double mean_exceedance_probability(double from, double to, double cv, double limit);

//! Share of the running time between `left` and `right` [seconds after base] that exceeds the limit
//! [share]; no ramp may begin or end in between.
double exceedance_share(const Outlet& outlet, Time base, double left, double right);

} // namespace lantian
