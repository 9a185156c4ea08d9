#pragma once

// Checks on receptors and on how emissions reach them.

#include <set>
#include <string>

#include "scenario/diagnostics.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

//! Reports receptors without a way to reach them, places and airsheds that are not known,
//! pollutants that are no mass, and rows of the matrix that contradict each other.
void check_dispersion(const Scenario& scenario, const std::set<std::string>& unsound,
                      Diagnostics& diagnostics);

} // namespace lantian
