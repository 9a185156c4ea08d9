#include "ensemble/ensemble.hpp"

#include "ensemble/parallel.hpp"
#include "kernel/error.hpp"
#include "measures/registry.hpp"
#include "world/world.hpp"

#include <algorithm>
#include <atomic>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

ReplicationKey key_of(const EnsembleOptions& options, std::int64_t replication) {
  return {options.seed, static_cast<std::uint32_t>(replication),
          static_cast<std::uint32_t>(replication / options.chance_draws)};
}

//! One replication, from the start of the horizon to the closed books.
template <class Record>
std::uint64_t simulate(const Model& model, ReplicationKey key, bool keep_log, EventLimits limits,
                       std::stop_token stop, Record record) {
  World world(model.ledger_layout(), key, keep_log, limits);
  spawn_measures(world);
  world.run(std::move(stop));
  record(world.close(), world.draw().parameters());
  return world.simulation().events();
}

//! The same replications of all scenarios, under way.
class BatchRun {
public:
  BatchRun(std::span<const Model* const> models, const EnsembleOptions& options,
           ReplicationRange range, unsigned threads, Batch spent)
      : models_(models), options_(options), first_(range.first), count_(range.count) {
    spent.blocks.resize(models.size());
    for (std::size_t m = 0; m < models.size(); ++m) {
      blocks_.push_back(
          models[m]->recorder().make_block(m, first_, count_, std::move(spent.blocks[m]), threads));
      logs_.emplace_back(static_cast<std::size_t>(count_));
      if (options.sample != nullptr)
        sampled_.emplace_back(*options.sample, models[m]->scenario(), first_, count_);
    }
  }

  std::size_t tasks() const { return models_.size() * static_cast<std::size_t>(count_); }

  //! Replications of one scenario are neighbours, so that a thread stays with what it has cached.
  std::uint64_t run(std::size_t task, std::stop_token stop) {
    const std::size_t m = task / static_cast<std::size_t>(count_);
    const auto row = static_cast<std::int64_t>(task % static_cast<std::size_t>(count_));
    const Model& model = *models_[m];
    const std::int64_t replication = first_ + row;
    const bool keep_log = replication < model.scenario().output.log_replications;
    const ReplicationKey key =
        sampled_.empty() ? key_of(options_, replication) : sampled_[m].key(options_.seed, row);
    return simulate(model, key, keep_log, options_.limits, std::move(stop),
                    [&](const Books& books, const std::vector<double>& parameters) {
                      model.recorder().record(books, parameters, blocks_[m], row);
                      if (!keep_log)
                        return;
                      model.recorder().append_log(books, static_cast<std::int32_t>(replication),
                                                  logs_[m][static_cast<std::size_t>(row)]);
                    });
  }

  void judge() {
    for (std::size_t m = 0; m < models_.size(); ++m) {
      const auto& judges = models_[m]->judges();
      for (std::size_t t = 0; t < judges.size(); ++t)
        judge(m, t, *judges[t]);
    }
  }

  //! The blocks with their logs; may be called once.
  std::vector<Block> take() {
    for (std::size_t m = 0; m < models_.size(); ++m) {
      for (const EventLog& log : logs_[m])
        blocks_[m].log.append(log);
    }
    return std::move(blocks_);
  }

private:
  void judge(std::size_t m, std::size_t target, const Judge& judge) {
    const auto base = std::find_if(models_.begin(), models_.end(), [&](const Model* model) {
      return model->scenario().id == judge.base();
    });
    for (std::int64_t row = 0; row < count_; ++row) {
      const RecordedReplication mine(models_[m]->layout(), blocks_[m], row);
      if (base == models_.end()) {
        models_[m]->recorder().record(judge.judge(mine, nullptr), target, blocks_[m], row);
        continue;
      }
      const auto b = static_cast<std::size_t>(base - models_.begin());
      const RecordedReplication theirs(models_[b]->layout(), blocks_[b], row);
      models_[m]->recorder().record(judge.judge(mine, &theirs), target, blocks_[m], row);
    }
  }

  std::span<const Model* const> models_;
  const EnsembleOptions& options_;
  std::int64_t first_;
  std::int64_t count_;
  std::vector<Block> blocks_;
  std::vector<SampledRows> sampled_;        //!< of each scenario, where there is a sample
  std::vector<std::vector<EventLog>> logs_; //!< [scenario][row]
};

} // namespace

void check_options(const EnsembleOptions& options) {
  if (options.replications < 1)
    throw UsageError("replications must be at least 1");
  if (options.replications > kMostReplications) {
    throw UsageError(fmt::format("{} replications are more than a seed has different ones, {}",
                                 options.replications, kMostReplications));
  }
  if (options.block < 1)
    throw UsageError("a block must have at least 1 replication");
  if (options.chance_draws < 1 || options.replications % options.chance_draws != 0) {
    throw UsageError(fmt::format("{} replications cannot be split into parameter draws of {} "
                                 "chance draws each; give a multiple",
                                 options.replications, options.chance_draws));
  }
}

Batch run_batch(std::span<const Model* const> models, const EnsembleOptions& options,
                ReplicationRange range, const Progress& progress, const std::stop_token& stop,
                Batch spent) {
  const unsigned threads = threads_of(options.threads);
  std::atomic<std::uint64_t> events = 0;
  BatchRun run(models, options, range, threads, std::move(spent));
  run_parallel(
      run.tasks(), threads,
      [&](std::size_t task, std::stop_token token) { events += run.run(task, token); },
      [&](std::size_t done) {
        if (stop.stop_requested())
          throw Interrupted(models.front()->scenario().start);
        if (progress)
          progress(static_cast<std::int64_t>(done), static_cast<std::int64_t>(run.tasks()));
      });
  run.judge();
  return {run.take(), events};
}

EnsembleCounts run_ensemble(std::span<const Model* const> models, const EnsembleOptions& options,
                            BlockSink& sink, const Progress& progress,
                            const std::stop_token& stop) {
  const auto scenarios = static_cast<std::int64_t>(models.size());
  EnsembleCounts counts;
  for (std::int64_t first = 0; first < options.replications; first += options.block) {
    const Progress report = [&](std::int64_t done, std::int64_t) {
      if (progress)
        progress(first * scenarios + done, options.replications * scenarios);
    };
    Batch batch =
        run_batch(models, options, {first, std::min(options.block, options.replications - first)},
                  report, stop);
    counts.events += batch.events;
    for (Block& block : batch.blocks)
      sink.write(std::move(block));
  }
  return counts;
}

Books run_replication(const Model& model, const EnsembleOptions& options,
                      std::int64_t replication) {
  Books kept;
  simulate(model, key_of(options, replication), true, options.limits, {},
           [&](Books books, const std::vector<double>&) { kept = std::move(books); });
  return kept;
}

} // namespace lantian
