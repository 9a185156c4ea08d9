#pragma once

// The life of a control: it waits until it is commissioned, works and ages, fails after a random
// time in service, is repaired, and is renewed when it is worn. Time in service is calendar time
// between repairs: a control under an idle unit ages all the same.
//
// On failure the gas goes round it at once; where the scenario says `stop`, its units stop when the
// grace time is over and start again with the repair. What they do not make meanwhile is lost.

#include "kernel/process.hpp"
#include "world/world.hpp"

namespace lantian {

Process live(World& world, Index control);

//! Spawns the life of every control that can fail or age.
void spawn_controls(World& world);

} // namespace lantian
