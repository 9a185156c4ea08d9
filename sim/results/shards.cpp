#include "results/shards.hpp"

#include "results/block_bytes.hpp"
#include "results/errors.hpp"
#include "results/limits.hpp"
#include "results/open_run.hpp"
#include "results/resumable_run.hpp"
#include "results/run_identity.hpp"
#include "scenario/load_scenario.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

ScenarioSet set_of(std::span<const ReadScenario> scenarios) {
  std::vector<SharedScenario> shared;
  for (const ReadScenario& scenario : scenarios)
    shared.push_back(scenario.scenario);
  return ScenarioSet(std::move(shared));
}

ScenarioSet set_of(const std::vector<PackedScenario>& packed, const KindRegistry& kinds) {
  std::vector<SharedScenario> scenarios;
  for (const PackedScenario& scenario : packed) {
    std::map<std::string, std::string> files;
    for (const InputFile& file : scenario.files)
      files.emplace(file.path, file.bytes);
    scenarios.push_back(std::make_shared<Scenario>(
        load_scenario(MemoryFiles(std::move(files)), scenario.top, kinds, widest_read_limits())));
  }
  return ScenarioSet(std::move(scenarios));
}

ShardHead head_of(std::span<const ReadScenario> scenarios, const ScenarioSet& set,
                  const EnsembleOptions& options, ShardNumber shard) {
  ShardHead head{.shard = shard,
                 .description = run_description(set, options),
                 .replications = options.replications,
                 .chance_draws = options.chance_draws,
                 .seed = options.seed,
                 .block = options.block,
                 .scenarios = {}};
  for (const ReadScenario& scenario : scenarios)
    head.scenarios.push_back({scenario.top, scenario.scenario->inputs});
  return head;
}

//! What the run of a shard has that the numbers do not depend on, but the blocks do.
std::string extent_of(const ShardHead& head) {
  return fmt::format("{} replications in blocks of {}", head.replications, head.block);
}

//! Where each block of a run lies; says all that is wrong with a set of shards.
class Cover {
public:
  explicit Cover(std::span<const ShardFile> shards) {
    for (const ShardFile& shard : shards)
      add(shard, shards.front());
  }

  void require_whole(const ShardHead& head) {
    std::int64_t next = 0;
    for (const auto& [first, shard] : shards_) {
      note_missing(next, first);
      next = first + std::min(head.block, head.replications - first);
    }
    note_missing(next, head.replications);
    if (!mistakes_.empty())
      throw UsageError(fmt::format("{}", fmt::join(mistakes_, "\n")));
  }

  const ShardFile& at(std::int64_t first) const { return *shards_.at(first); }

private:
  void add(const ShardFile& shard, const ShardFile& first_shard) {
    const ShardHead& head = shard.head();
    const ShardHead& first_head = first_shard.head();
    std::string difference = difference_of_runs(head.description, first_head.description);
    if (difference.empty() && extent_of(head) != extent_of(first_head))
      difference = fmt::format("{} instead of {}", extent_of(head), extent_of(first_head));
    if (!difference.empty()) {
      mistakes_.push_back(fmt::format("{} is of another run than {}: {}", shard.path().string(),
                                      first_shard.path().string(), difference));
      return;
    }
    for (const ReplicationRange& range : shard.ranges()) {
      const auto [known, is_new] = shards_.emplace(range.first, &shard);
      if (is_new || overlaps_[{known->second, &shard}]++ > 0)
        continue;
      mistakes_.push_back(fmt::format("{} and {} both have replications from {} on",
                                      known->second->path().string(), shard.path().string(),
                                      range.first));
    }
  }

  void note_missing(std::int64_t from, std::int64_t to) {
    if (from < to)
      mistakes_.push_back(fmt::format("replications {} to {} are in no shard", from, to - 1));
  }

  std::map<std::int64_t, const ShardFile*> shards_;
  std::map<std::pair<const ShardFile*, const ShardFile*>, int> overlaps_;
  std::vector<std::string> mistakes_;
};

//! The index of a shard has no digest, its blocks have: they know where they belong.
Batch batch_in(const ShardFile& shard, std::int64_t first, const std::string& identity) {
  constexpr char kDamaged[] = "is damaged; compute this shard again";
  try {
    Batch batch = batch_of(shard.block(first), identity);
    for (const Block& block : batch.blocks) {
      if (block.first_replication != first)
        throw ResultFileError(shard.path(), kDamaged);
    }
    return batch;
  } catch (const UsageError&) {
    throw ResultFileError(shard.path(), kDamaged);
  }
}

EnsembleOptions ensemble_of(const ShardHead& head, unsigned threads) {
  return settled({.replications = head.replications,
                  .chance_draws = head.chance_draws,
                  .seed = head.seed,
                  .threads = threads,
                  .block = head.block});
}

} // namespace

RunSummary run_to_shard(std::span<const ReadScenario> scenarios,
                        const std::filesystem::path& output, ShardNumber shard,
                        const RunOptions& options, const Progress& progress,
                        const std::stop_token& stop) {
  if (options.statistics_only)
    throw UsageError("a shard has the values of its replications, so that any order of them can "
                     "be merged: ask lantian merge for statistics only");
  const EnsembleOptions ensemble = settled(options.ensemble);
  const std::vector<ReplicationRange> ranges = ranges_of_shard(ensemble, shard);
  const ScenarioSet set = set_of(scenarios);
  std::int64_t replications = 0;
  for (const ReplicationRange& range : ranges)
    replications += range.count;
  require_output_fits(set, replications, output, options);
  ResumableRun resumable(set, output, ensemble, options);
  return resumable.carry_out([&] {
    Stopwatch watch;
    RunSummary summary;
    ShardWriter writer(output, head_of(scenarios, set, ensemble, shard), options.overwrite);
    for (const ReplicationRange& range : ranges) {
      std::optional<Batch> batch = resumable.restore(range, progress);
      if (!batch)
        resumable.keep(batch.emplace(resumable.compute(range, progress, stop)));
      summary.events += batch->events;
      summary.replications += range.count;
      writer.write(range, resumable.sealed_bytes(range));
    }
    writer.finish();
    summary.seconds_to_run = watch.lap();
    return summary;
  });
}

RunSummary merge_shards(std::span<const std::filesystem::path> paths,
                        const std::filesystem::path& output, const RunOptions& options,
                        const KindRegistry& kinds, const std::stop_token& stop) {
  const std::vector<ShardFile> shards(paths.begin(), paths.end());
  if (shards.empty())
    throw UsageError("there is no shard to merge");
  const ShardHead& head = shards.front().head();
  Cover cover(shards);
  cover.require_whole(head);
  const ScenarioSet scenarios = set_of(head.scenarios, kinds);
  const EnsembleOptions ensemble = ensemble_of(head, options.ensemble.threads);
  const std::string description = run_description(scenarios, ensemble);
  if (head.description != description) {
    throw UsageError(fmt::format("the shards were computed by another build of Lantian, and only "
                                 "that can merge them: {}",
                                 difference_of_runs(head.description, description)));
  }
  OpenRun run(scenarios, output, options, ensemble, stop);
  for (const ReplicationRange& range : ranges_of_shard(ensemble, {})) {
    run.write(batch_in(cover.at(range.first), range.first, run_identity(description)));
    if (stop.stop_requested())
      throw OutputInterrupted(output);
  }
  return run.finish(0, stop);
}

} // namespace lantian
