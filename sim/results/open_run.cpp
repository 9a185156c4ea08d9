#include "results/open_run.hpp"

namespace lantian {

OpenRun::OpenRun(const ScenarioSet& scenarios, const std::filesystem::path& output,
                 const RunOptions& options, const EnsembleOptions& ensemble, std::stop_token stop)
    : ensemble_(ensemble), writer_(output, record_of(scenarios, ensemble_), scenarios.layouts(),
                                   {.overwrite = options.overwrite,
                                    .block = ensemble_.block,
                                    .deflate = options.deflate,
                                    .threads = ensemble_.threads,
                                    .statistics_only = options.statistics_only,
                                    .spent = &spent_,
                                    .stop = std::move(stop)}) {
  if (options.statistics_only)
    statistics_.emplace(scenarios.layouts());
}

void OpenRun::write(Batch batch) {
  events_ += batch.events;
  if (statistics_)
    return statistics_->add(batch, ensemble_.threads);
  for (Block& block : batch.blocks)
    writer_.write(std::move(block));
}

void OpenRun::write(RunningStatistics statistics) {
  events_ = statistics.events();
  statistics_ = std::move(statistics);
}

RunSummary OpenRun::finish(double seconds_to_load, const std::stop_token& stop) {
  if (statistics_)
    writer_.write(*statistics_);
  RunSummary summary{.replications = ensemble_.replications,
                     .events = events_,
                     .seconds_to_load = seconds_to_load,
                     .seconds_to_run = watch_.lap()};
  writer_.finish({{"events", summary.events},
                  {"threads", static_cast<std::int64_t>(ensemble_.threads)},
                  {"seconds_to_load", summary.seconds_to_load},
                  {"seconds_to_run", summary.seconds_to_run}},
                 stop);
  summary.seconds_to_finish = watch_.lap();
  return summary;
}

} // namespace lantian
