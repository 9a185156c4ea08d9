#pragma once

// Checks of published figures against the plants that they are compared with.

#include <set>
#include <string>

#include "scenario/diagnostics.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

//! Reports figures that are not an amount of the pollutant per amount of the plants' product.
void check_published(const Scenario& scenario, const std::set<std::string>& unsound,
                     Diagnostics& diagnostics);

} // namespace lantian
