#pragma once

// What is fed to the bed of a unit over a time, and by when a feed has come, as things stand. Exact
// for any profile, ramps and pulses: the ledger books by it, and changes of carbon are timed by it.

#include "world/activity_clock.hpp"
#include "world/process_unit.hpp"
#include "world/time_axis.hpp"

namespace lantian {

//! Feed to the unit's bed over [from, to) [kg]; `axis` is any that covers the time.
double bed_feed(const ProcessUnit& unit, const ActivityClock& clock, const TimeAxis& axis,
                Time from, Time to, Orders orders = Orders::in_force);

//! The first whole second by which `feed` [kg] has come since `from`; kNever where it has not by
//! `end`. By bisection where anything moves.
Time when_fed(const ProcessUnit& unit, const ActivityClock& clock, const TimeAxis& axis, Time from,
              Time end, double feed);

} // namespace lantian
