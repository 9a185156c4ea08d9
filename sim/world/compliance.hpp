#pragma once

// Compliance in closed form. Hourly means are lognormal around the outlet's mean concentration, so
// the share of valid hours above the limit needs no hourly simulation: hours out of service count
// whole, hours in service with P(hourly mean > limit). Hours of commissioning are not valid hours.

#include "world/process_unit.hpp"

namespace lantian {

//! P(X > limit) for lognormal X of this mean and coefficient of variation [share].
double exceedance_probability(double mean, double cv, double limit);

//! Share of the running hours at this instant that exceed the limit [share].
double exceedance_share(const Outlet& outlet, Time base, double offset);

} // namespace lantian
