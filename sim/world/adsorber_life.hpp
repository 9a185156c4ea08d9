#pragma once

// The carbon of an adsorber's bed: when it is loaded, and when it is changed. By itself a bed is
// changed to fresh carbon on the calendar, early or (mostly) late; where a measure takes it over,
// that decides. The moment at which a load is reached is a whole second, found on the exact
// cumulative feed, and found again whenever something changes what is fed.

#include "kernel/process.hpp"
#include "world/world.hpp"

namespace lantian {

//! A control's bed, booked up to now; the control is an adsorber on a source.
const Bed& bed_of(World& world, Index control);

//! Takes the carbon out; the gas goes round the bed until other carbon is put in. Returns what it
//! had adsorbed [kg].
double take_carbon_out(World& world, Index control);
//! Puts carbon in that has adsorbed nothing and can hold `share` of what fresh carbon can.
void put_carbon_in(World& world, Index control, double share);
//! Throws the carbon away and puts fresh one in, at the control's cost.
void renew_carbon(World& world, Index control);

//! The first whole second at which the bed will have adsorbed `load` [share of what its carbon can
//! hold], as things stand; kNever where it will not within the horizon.
Time when_loaded(World& world, Index control, double load);
//! Waits until then, whatever happens to the source meanwhile.
Process until_loaded(World& world, Index control, double load);

//! From now on the calendar does not change the carbon any more.
void take_over_carbon(World& world, Index control);

//! Spawns the changes on the calendar of every bed, and sees to its mass balance.
void spawn_adsorbers(World& world);

} // namespace lantian
