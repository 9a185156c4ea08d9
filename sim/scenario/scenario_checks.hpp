#pragma once

// Checks between the rows of a scenario: dimensions that must fit, chains that must end, tables
// that may not be empty. Rows with a mistake of their own, and those that refer to them, are left
// out.

#include <set>
#include <string>

#include "scenario/diagnostics.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

//! Reports every mistake between rows of the inventory. `unsound` are rows such as "sources.sinter"
//! that were not read whole; dates are looked at only when `has_horizon`.
void check_inventory(const Scenario& scenario, const std::set<std::string>& unsound,
                     bool has_horizon, Diagnostics& diagnostics);

} // namespace lantian
