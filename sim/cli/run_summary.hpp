#pragma once

#include "results/run_to_file.hpp"

#include <cstdint>
#include <filesystem>

namespace lantian {

//! The closing line of a verb that has written results of `scenarios` scenarios.
void print_summary(const std::filesystem::path& output, std::int64_t scenarios,
                   const RunSummary& summary);

} // namespace lantian
