#pragma once

// All kinds of measures. A new kind is one pair of files and one line in registry.cpp.

#include "kernel/simulation.hpp"
#include "scenario/kind.hpp"
#include "world/world.hpp"

#include <vector>

namespace lantian {

std::vector<Kind> measure_kinds();

//! Spawns the process of every measure of the scenario.
void spawn_measures(World& world);

} // namespace lantian
