#pragma once

// What a run may consume, by the names under which the limits are raised (lantian run --limit
// NAME=VALUE). Each has a standard value that no sensible run comes near; docs/reliability.md lists
// them.

#include "results/run_to_file.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

//! All limits of a run, in the order of the page: those of running, then those of reading.
std::vector<Limit> limits();

//! Sets a limit. Throws UsageError where there is none of that name, or the value is no whole
//! number from 1 to 1e18.
void set_limit(RunOptions& options, const std::string& name, double value);

//! The values of a result before they are compressed [bytes].
double bytes_of_values(const ScenarioSet& scenarios, std::int64_t replications);

//! Throws before anything is computed UsageError where a result, or a shard of one, is larger than
//! its limit; OutputError where it is larger than the space that is free where it is to be written.
//! What was set by hand is believed: then the space is not looked at.
void require_output_fits(const ScenarioSet& scenarios, std::int64_t replications,
                         const std::filesystem::path& output, const RunOptions& options);

//! The same for a number of bytes; `free`: space [bytes], if it is known.
void require_bytes_fit(double bytes, const std::filesystem::path& output, const RunOptions& options,
                       std::optional<double> free);

} // namespace lantian
