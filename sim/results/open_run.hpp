#pragma once

// A result file under way, whoever computes its blocks.

#include "results/result_writer.hpp"
#include "results/run_to_file.hpp"
#include "results/running_statistics.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace lantian {

class Stopwatch {
public:
  //! Seconds since the last lap.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
  }

private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

class OpenRun {
public:
  //! `ensemble`: settled. Throws OutputError.
  OpenRun(const ScenarioSet& scenarios, const std::filesystem::path& output,
          const RunOptions& options, const EnsembleOptions& ensemble, std::stop_token stop = {});

  const EnsembleOptions& ensemble() const { return ensemble_; }

  //! Writes the blocks of all scenarios, and counts their events; where statistics only are kept,
  //! adds them up. Throws as ResultWriter does.
  void write(Batch batch);

  //! Batches that are written, for their memory to be used again.
  Batch take_spent() { return spent_.take(); }

  //! Takes the statistics of all replications that came before.
  void write(RunningStatistics statistics);

  //! Puts the file into place. Throws OutputError, OutputInterrupted.
  RunSummary finish(double seconds_to_load, const std::stop_token& stop);

private:
  Stopwatch watch_;
  EnsembleOptions ensemble_;
  std::uint64_t events_ = 0;
  std::optional<RunningStatistics> statistics_; //!< where only they are kept
  SpentBlocks spent_;
  ResultWriter writer_;
};

} // namespace lantian
