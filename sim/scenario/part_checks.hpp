#pragma once

// Of a pollutant that is part of another (PM10 within PM) a source must not emit more than of the
// whole. The books of each replication are held to that; here it is checked as the scenario begins,
// at the medians of all parameters, so that a wrong share is found where it is written.

#include <set>
#include <string>

#include "scenario/diagnostics.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

//! Reports each part of which a source emits more than of its whole. `unsound`: rows that have
//! mistakes of their own.
void check_parts(const Scenario& scenario, const std::set<std::string>& unsound,
                 Diagnostics& diagnostics);

} // namespace lantian
