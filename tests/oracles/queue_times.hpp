#pragma once
//! How long queues are looked at. Times are in units of the mean service, 10,000 s, so that whole
//! seconds round them by 5e-5.

#include "kernel/time.hpp"

#include <cstdint>

namespace lantian::oracles {

inline constexpr double kUnit = 10'000.0;     // [s]
inline constexpr double kLength = 1'500.0;    // that is looked at [units]
inline constexpr std::uint32_t kQueues = 120; // replications
inline const Time kWarm = Time{} + whole_seconds(300 * kUnit);
inline const Time kEnd = kWarm + whole_seconds(kLength * kUnit);

} // namespace lantian::oracles
