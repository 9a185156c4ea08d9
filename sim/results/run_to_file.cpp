#include "results/run_to_file.hpp"

#include "ensemble/parallel.hpp"
#include "results/block_bytes.hpp"
#include "results/build_info.hpp"
#include "results/limits.hpp"
#include "results/open_run.hpp"
#include "results/resumable_run.hpp"
#include "results/run_identity.hpp"
#include "results/shard_file.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

//! Computes all replications, and keeps statistics of them.
RunSummary run_and_reduce(const ScenarioSet& scenarios, ResumableRun& resumable, OpenRun& run,
                          double seconds_to_load, const Progress& progress,
                          const std::stop_token& stop) {
  const EnsembleOptions& ensemble = run.ensemble();
  std::optional<RunningStatistics> statistics = resumable.restore();
  if (!statistics)
    statistics.emplace(scenarios.layouts());
  while (statistics->replications() < ensemble.replications) {
    const std::int64_t left = ensemble.replications - statistics->replications();
    resumable.compute(*statistics, std::min(ensemble.block, left), progress, stop);
  }
  run.write(*std::move(statistics));
  return run.finish(seconds_to_load, stop);
}

//! Computes all replications; each batch is kept and written while the next one is computed.
void run_and_write(ResumableRun& resumable, OpenRun& run, const Progress& progress,
                   const std::stop_token& stop) {
  InBackground behind;
  for (const ReplicationRange& range : ranges_of_shard(run.ensemble(), {})) {
    std::optional<Batch> kept = resumable.restore(range, progress);
    const bool is_new = !kept;
    Batch batch =
        kept ? *std::move(kept) : resumable.compute(range, progress, stop, run.take_spent());
    try {
      behind.settle();
    } catch (...) { // the file is written no further, but what was computed is kept
      if (is_new)
        resumable.keep(batch);
      throw;
    }
    behind.start([&, is_new, batch = std::move(batch)]() mutable {
      if (is_new)
        resumable.keep(batch);
      run.write(std::move(batch));
    });
  }
  behind.settle();
}

RunSummary run_loaded(const ScenarioSet& scenarios, const std::filesystem::path& output,
                      const RunOptions& options, double seconds_to_load, const Progress& progress,
                      const std::stop_token& stop) {
  const EnsembleOptions ensemble = settled(options.ensemble);
  require_output_fits(scenarios, options.ensemble.replications, output, options);
  ResumableRun resumable(scenarios, output, ensemble, options);
  return resumable.carry_out([&] {
    OpenRun run(scenarios, output, options, ensemble, stop);
    if (options.statistics_only)
      return run_and_reduce(scenarios, resumable, run, seconds_to_load, progress, stop);
    run_and_write(resumable, run, progress, stop);
    return run.finish(seconds_to_load, stop);
  });
}

} // namespace

RunRecord record_of(const ScenarioSet& scenarios, const EnsembleOptions& options) {
  RunRecord record;
  record.program_version = program_version();
  record.program_commit = program_commit();
  record.build_fingerprint = build_fingerprint();
  record.seed = options.seed;
  record.random_scheme = "philox4x32-10, inversion of 52 bits";
  record.chance_draws = options.chance_draws;
  record.parameter_draws = options.replications / options.chance_draws;
  record.inputs = scenarios.inputs();
  return record;
}

EnsembleOptions settled(EnsembleOptions options) {
  check_options(options);
  options.threads = threads_of(options.threads);
  options.block = std::min(options.block, options.replications);
  return options;
}

RunSummary run_to_file(const std::vector<std::filesystem::path>& paths,
                       const std::filesystem::path& output, const RunOptions& options,
                       const KindRegistry& kinds, const Progress& progress, std::stop_token stop) {
  Stopwatch watch;
  check_options(options.ensemble);
  const ScenarioSet scenarios(load_scenarios(paths, kinds, options.reading));
  return run_loaded(scenarios, output, options, watch.lap(), progress, stop);
}

RunSummary run_to_file(const ScenarioSet& scenarios, const std::filesystem::path& output,
                       const RunOptions& options, const Progress& progress, std::stop_token stop) {
  return run_loaded(scenarios, output, options, 0, progress, stop);
}

std::string compute_blocks(const ScenarioSet& scenarios, const EnsembleOptions& options,
                           ReplicationRange range, const std::stop_token& stop) {
  check_options(options);
  if (range.first < 0 || range.count < 1 || range.first + range.count > options.replications) {
    throw UsageError(fmt::format("replications {} to {} are not all among the {} of the run",
                                 range.first, range.first + range.count - 1, options.replications));
  }
  return sealed(packed(run_batch(scenarios.models(), options, range, {}, stop),
                       run_identity(run_description(scenarios, options))));
}

class GatheredRun::State {
public:
  State(const ScenarioSet& scenarios, const std::filesystem::path& output,
        const RunOptions& options)
      : run_(scenarios, output, fitting(scenarios, output, options), settled(options.ensemble)),
        identity_(run_identity(run_description(scenarios, run_.ensemble()))) {}

  void write(std::string_view bytes) {
    Batch batch = batch_of(bytes, identity_);
    for (const Block& block : batch.blocks)
      require_next(block);
    run_.write(std::move(batch));
    next_ += std::min(run_.ensemble().block, run_.ensemble().replications - next_);
  }

  RunSummary finish(const std::stop_token& stop) {
    if (next_ < run_.ensemble().replications) {
      throw UsageError(fmt::format("replications {} to {} are missing", next_,
                                   run_.ensemble().replications - 1));
    }
    return run_.finish(0, stop);
  }

private:
  static const RunOptions& fitting(const ScenarioSet& scenarios,
                                   const std::filesystem::path& output, const RunOptions& options) {
    require_output_fits(scenarios, options.ensemble.replications, output, options);
    return options;
  }

  void require_next(const Block& block) const {
    const std::int64_t count =
        std::min(run_.ensemble().block, run_.ensemble().replications - next_);
    if (block.first_replication != next_ || block.count != count) {
      throw UsageError(fmt::format("replications {} to {} come next, not {} to {}", next_,
                                   next_ + count - 1, block.first_replication,
                                   block.first_replication + block.count - 1));
    }
  }

  OpenRun run_;
  std::string identity_;
  std::int64_t next_ = 0;
};

GatheredRun::GatheredRun(const ScenarioSet& scenarios, const std::filesystem::path& output,
                         const RunOptions& options)
    : state_(std::make_unique<State>(scenarios, output, options)) {}

GatheredRun::~GatheredRun() = default;

void GatheredRun::write(std::string_view blocks) {
  state_->write(blocks);
}

RunSummary GatheredRun::finish(const std::stop_token& stop) {
  return state_->finish(stop);
}

} // namespace lantian
