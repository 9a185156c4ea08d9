#pragma once

// The one entry for the command and the Python package: from scenario files to a result file.

#include "ensemble/ensemble.hpp"
#include "scenario/kind.hpp"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

namespace lantian {

struct RunOptions {
  EnsembleOptions ensemble;
  bool overwrite = false;
  int deflate = 1; //!< 0 (no compression) to 9
};

//! What a run took.
struct RunSummary {
  std::int64_t replications = 0; //!< of each scenario
  std::uint64_t events = 0;
  double seconds_to_load = 0;
  double seconds_to_run = 0;    //!< simulating, and writing beside it
  double seconds_to_finish = 0; //!< statistics, closing, reading back
};

//! Reads and checks the scenarios, runs them in the same paired worlds, and writes one result file.
//! Nothing is written before all scenarios are known to be good, and nothing stands under `output`
//! before everything is.
//! Throws ScenarioError, ModelError, OutputError, Interrupted (`stop` was requested), and whatever
//! `progress` throws. `kinds` must outlive the call.
RunSummary run_to_file(const std::vector<std::filesystem::path>& scenarios,
                       const std::filesystem::path& output, const RunOptions& options,
                       const KindRegistry& kinds, const Progress& progress = {},
                       std::stop_token stop = {});

} // namespace lantian
