#pragma once

// Many scenarios in one call, run in the same paired worlds, of which only some variables are kept
// and no file: read on all threads, and taken some at a time, so that memory does not grow with
// their number but with what is kept.

#include "ensemble/ensemble.hpp"
#include "results/scenario_set.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace lantian {

//! The kept variables of one scenario.
struct KeptRun {
  std::vector<Variable> variables;
  std::vector<std::vector<double>> values; //!< of each, as [replication][...]
  std::vector<Coordinate> axes;            //!< of all
};

//! Runs the scenarios that load(0) to load(count - 1) give; `load` is called on several threads.
//! Throws what `load` throws, UsageError where a scenario lacks a variable, ModelError,
//! Interrupted, and what `progress` throws.
std::vector<KeptRun> run_and_keep(std::size_t count,
                                  const std::function<SharedScenario(std::size_t)>& load,
                                  std::span<const std::string> variables,
                                  const EnsembleOptions& options, const Progress& progress = {},
                                  const std::stop_token& stop = {});

//! Runs one scenario beside others, with which its targets compare and of which nothing is kept.
//! Throws as the above.
KeptRun run_and_keep(SharedScenario scenario, std::vector<SharedScenario> bases,
                     std::span<const std::string> variables, const EnsembleOptions& options,
                     const Progress& progress = {}, const std::stop_token& stop = {});

} // namespace lantian
