#pragma once

// From scenarios to a result file. `run_to_file` is the one entry for the command and the Python
// package; where blocks are computed elsewhere (other processes, other machines), `compute_blocks`
// is their side of it, and a GatheredRun is ours:
//
//   GatheredRun run(set, output, options);                  // nothing stands under `output` yet
//   for each range of replications, in order: run.write(compute_blocks(set, options, range))
//   run.finish()                                            // now it is there, whole
//
// Whoever computes a block, its bits are the same. `run_to_file` keeps each beside its output until
// that is there (kept_blocks.hpp), so that a run that was stopped or killed can be resumed.

#include "ensemble/ensemble.hpp"
#include "results/run_record.hpp"
#include "results/scenario_set.hpp"
#include "scenario/kind.hpp"
#include "scenario/read_options.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

inline constexpr std::uint64_t kStandardOutput = 200'000'000'000; //!< [bytes]

struct RunOptions {
  EnsembleOptions ensemble;
  ReadOptions reading = {}; //!< of scenarios that are still files
  bool overwrite = false;
  bool resume = false; //!< go on with what an earlier run of the same has left
  bool deflate = true; //!< variables that shrink to half
  //! Statistics over the replications instead of their values: what is written, and the memory
  //! that it takes, do not grow with the replications.
  bool statistics_only = false;
  //! Values of the result before they are compressed [bytes]; not set: kStandardOutput, and what
  //! is free where it is written.
  std::optional<std::uint64_t> max_output = {};
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
//! Throws ScenarioError, ModelError, OutputError, OutputInterrupted (`stop` was requested),
//! UsageError where what is to be resumed is of another run, and whatever `progress` throws.
//! `kinds` must outlive the call.
RunSummary run_to_file(const std::vector<std::filesystem::path>& scenarios,
                       const std::filesystem::path& output, const RunOptions& options,
                       const KindRegistry& kinds, const Progress& progress = {},
                       std::stop_token stop = {});

//! The same for scenarios that were read before.
RunSummary run_to_file(const ScenarioSet& scenarios, const std::filesystem::path& output,
                       const RunOptions& options, const Progress& progress = {},
                       std::stop_token stop = {});

//! What a result file says of a run of these scenarios.
RunRecord record_of(const ScenarioSet& scenarios, const EnsembleOptions& options);

//! The options with what "one a core" and a block longer than the run come to. Throws UsageError.
EnsembleOptions settled(EnsembleOptions options);

//! Computes a range of replications of all scenarios, as bytes for GatheredRun::write.
//! Throws ModelError, Interrupted.
std::string compute_blocks(const ScenarioSet& scenarios, const EnsembleOptions& options,
                           ReplicationRange range, const std::stop_token& stop = {});

//! A result file that is written from blocks computed elsewhere.
class GatheredRun {
public:
  //! Throws UsageError, OutputError.
  GatheredRun(const ScenarioSet& scenarios, const std::filesystem::path& output,
              const RunOptions& options);
  ~GatheredRun();

  //! Takes what compute_blocks gave, in the order of replications, each range but the last of
  //! `options.ensemble.block`. Throws UsageError where the bytes are damaged, out of order, or come
  //! from another build or other inputs; OutputError.
  void write(std::string_view blocks);

  //! Puts the file into place. Throws OutputError, OutputInterrupted.
  RunSummary finish(const std::stop_token& stop = {});

private:
  class State;
  std::unique_ptr<State> state_;
};

} // namespace lantian
