#pragma once

// An ensemble runs many replications of some scenarios:
//
//   for each block of replications
//     for each scenario and replication of the block, on all threads
//       build the world, spawn the measures, run to the horizon's end, close the books, record
//     judge the targets, and hand the blocks over in the order of the scenarios
//
// A replication's luck depends only on (seed, replication) and the ids in the scenario, so neither
// the number of threads nor the other scenarios change a bit of it.

#include "ensemble/block.hpp"
#include "ensemble/model.hpp"
#include "ensemble/parameter_sample.hpp"
#include "kernel/simulation.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

namespace lantian {

//! A replication is a word of its random numbers' key: more would be the first ones again.
inline constexpr std::int64_t kMostReplications = std::int64_t{1} << 32;

struct EnsembleOptions {
  std::int64_t replications = 100;
  std::int64_t chance_draws = 1; //!< replications that share one parameter draw
  std::uint64_t seed = 1;
  unsigned threads = 0; //!< 0 is one a core
  std::int64_t block = 64;
  const ParameterSample* sample = nullptr; //!< where given, replication r is row r of it
  EventLimits limits = {};                 //!< of each replication
};

//! Throws UsageError where the options are impossible.
void check_options(const EnsembleOptions& options);

//! Called about ten times a second on the calling thread with replications done and in all; what it
//! throws stops the run.
using Progress = std::function<void(std::int64_t done, std::int64_t all)>;

struct EnsembleCounts {
  std::uint64_t events = 0;
};

//! The same replications of all scenarios, judged: a block a scenario, in their order.
struct Batch {
  std::vector<Block> blocks;
  std::uint64_t events = 0;
};

//! Computes some replications, wherever the others are computed. `progress` counts replications of
//! this range over all models. Throws ModelError, Interrupted when `stop` is requested, and what
//! `progress` throws.
//! The memory of `spent`, a batch that is done with, is used again.
Batch run_batch(std::span<const Model* const> models, const EnsembleOptions& options,
                ReplicationRange range, const Progress& progress = {},
                const std::stop_token& stop = {}, Batch spent = {});

//! Runs the models and hands their blocks to `sink`. Throws ModelError, Interrupted when `stop` is
//! requested, and what the sink and `progress` throw.
EnsembleCounts run_ensemble(std::span<const Model* const> models, const EnsembleOptions& options,
                            BlockSink& sink, const Progress& progress = {},
                            const std::stop_token& stop = {});

//! The books of one replication, with its log.
Books run_replication(const Model& model, const EnsembleOptions& options, std::int64_t replication);

} // namespace lantian
