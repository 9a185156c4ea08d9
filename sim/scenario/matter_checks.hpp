#pragma once

// Checks on what is fed: beds of carbon, and units linked by a stock.

#include <set>
#include <string>

#include "scenario/diagnostics.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

//! Reports beds for more than one pollutant or source, and spent carbon counted as something else.
void check_adsorbers(const Scenario& scenario, const std::set<std::string>& unsound,
                     Diagnostics& diagnostics);

//! Reports units that feed themselves, and ratios of the wrong dimension.
void check_feeds(const Scenario& scenario, const std::set<std::string>& unsound,
                 Diagnostics& diagnostics);

} // namespace lantian
