#pragma once

// The computing of a run that can be stopped and gone on with: a range of replications is taken
// from what was kept of it, or computed now and kept.

#include "results/in_background.hpp"
#include "results/kept_blocks.hpp"
#include "results/run_to_file.hpp"
#include "results/running_statistics.hpp"

#include <atomic>
#include <chrono>
#include <functional>

namespace lantian {

class ResumableRun {
public:
  //! Throws as KeptBlocks does. The scenarios must outlive this.
  ResumableRun(const ScenarioSet& scenarios, const std::filesystem::path& output,
               const EnsembleOptions& options, const RunOptions& wanted);

  //! Does `whole`, which computes ranges and puts the output into place, and then forgets the
  //! blocks. Where it is interrupted, or the output cannot be written, they stay, and an
  //! OutputInterrupted says how many; where the model fails they go.
  RunSummary carry_out(const std::function<RunSummary()>& whole);

  //! A range that an earlier run has kept, or nothing; what is damaged, or was kept in blocks of
  //! another length, is none. `progress` as in `compute`. Throws OutputError.
  std::optional<Batch> restore(ReplicationRange range, const Progress& progress);

  //! Computes a range. `progress` counts all replications of the run. Throws ModelError,
  //! Interrupted, and what `progress` throws. The memory of `spent` is used again.
  Batch compute(ReplicationRange range, const Progress& progress, const std::stop_token& stop,
                Batch spent = {});

  //! Keeps what was computed; another thread may restore and compute meanwhile. Throws OutputError.
  void keep(const Batch& batch);

  //! For a run that keeps statistics only: those of the replications that an earlier one has done,
  //! or nothing. Throws OutputError.
  std::optional<RunningStatistics> restore();

  //! Computes and adds the replications that follow; the statistics are kept about every ten
  //! seconds and with the last, and also when this is stopped, where that takes a moment only.
  //! Throws as `compute`.
  void compute(RunningStatistics& statistics, std::int64_t count, const Progress& progress,
               const std::stop_token& stop);

  //! The sealed bytes of a range that was computed. Throws OutputError.
  std::string sealed_bytes(ReplicationRange range);

private:
  void keep(const RunningStatistics& statistics);

  const ScenarioSet& scenarios_;
  std::filesystem::path output_;
  EnsembleOptions options_;
  std::string identity_;
  KeptBlocks kept_;
  std::atomic<std::int64_t> done_ = 0; //!< replications of each scenario that are kept
  std::chrono::steady_clock::time_point kept_at_ = std::chrono::steady_clock::now();
  Batch spent_;          //!< whose replications were added to statistics
  InBackground keeping_; //!< statistics; last, since it uses all of the above
};

} // namespace lantian
