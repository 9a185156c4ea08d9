#pragma once

// A breach is a calendar month in which some outlet stood above its hourly limit in too large a
// share of its valid hours: what the regulator looks at once a month.

#include "kernel/process.hpp"
#include "world/world.hpp"

#include <cstdint>
#include <vector>

namespace lantian {

//! True where in some outlet more than `allowed` of the valid hours between two readings of
//! World::hours_above_limit was above the limit. An outlet that stood still exceeds nothing.
bool is_breach(const std::vector<Hours>& before, const std::vector<Hours>& after, double allowed);

//! Ends at the close of the calendar month that is the `months`-th breach in a row; only whole
//! months from now on count.
Process persistent_breach(World& world, std::vector<Index> sources, double allowed,
                          std::int64_t months);

} // namespace lantian
