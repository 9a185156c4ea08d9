#include "results/resumable_run.hpp"

#include "results/block_bytes.hpp"
#include "results/errors.hpp"
#include "results/run_identity.hpp"

#include <algorithm>
#include <cerrno>

namespace lantian {

namespace {

constexpr std::chrono::seconds kBetweenStatistics{10};
constexpr std::size_t kSoonKept = std::size_t{32} << 20; // within a moment [bytes]

Leftovers leftovers_of(const RunOptions& wanted) {
  if (wanted.resume)
    return Leftovers::resume;
  return wanted.overwrite ? Leftovers::discard : Leftovers::refuse;
}

bool covers(const Batch& batch, ReplicationRange range) {
  return std::all_of(batch.blocks.begin(), batch.blocks.end(), [&](const Block& block) {
    return block.first_replication == range.first && block.count == range.count;
  });
}

} // namespace

ResumableRun::ResumableRun(const ScenarioSet& scenarios, const std::filesystem::path& output,
                           const EnsembleOptions& options, const RunOptions& wanted)
    : scenarios_(scenarios), output_(output), options_(options),
      identity_(run_identity(run_description(scenarios, options))),
      kept_(output, run_description(scenarios, options), leftovers_of(wanted)) {}

RunSummary ResumableRun::carry_out(const std::function<RunSummary()>& whole) {
  try {
    const RunSummary summary = whole();
    keeping_.settle();
    kept_.remove();
    return summary;
  } catch (const Interrupted&) {
    throw OutputInterrupted(output_, done_, options_.replications);
  } catch (const ModelError&) {
    keeping_.wait();
    kept_.remove();
    throw;
  }
}

std::optional<Batch> ResumableRun::restore(ReplicationRange range, const Progress& progress) {
  const std::optional<std::string> bytes = kept_.find(range.first);
  if (!bytes)
    return std::nullopt;
  try {
    Batch batch = batch_of(*bytes, identity_);
    if (!covers(batch, range))
      return std::nullopt;
    const auto width = static_cast<std::int64_t>(scenarios_.models().size());
    done_ += range.count;
    if (progress)
      progress((range.first + range.count) * width, options_.replications * width);
    return batch;
  } catch (const UsageError&) { // damaged
    return std::nullopt;
  }
}

Batch ResumableRun::compute(ReplicationRange range, const Progress& progress,
                            const std::stop_token& stop, Batch spent) {
  const auto width = static_cast<std::int64_t>(scenarios_.models().size());
  const Progress report = [&](std::int64_t done, std::int64_t) {
    if (progress)
      progress(range.first * width + done, options_.replications * width);
  };
  return run_batch(scenarios_.models(), options_, range, report, stop, std::move(spent));
}

void ResumableRun::keep(const Batch& batch) {
  kept_.keep(batch.blocks.front().first_replication, batch, identity_);
  done_ += batch.blocks.front().count;
}

std::optional<RunningStatistics> ResumableRun::restore() {
  std::optional<RunningStatistics> furthest;
  for (const std::string& bytes : kept_.find_statistics()) {
    try {
      RunningStatistics found = RunningStatistics::of(bytes, identity_);
      if (found.replications() <= options_.replications &&
          (!furthest || furthest->replications() < found.replications()))
        furthest = std::move(found);
    } catch (const UsageError&) { // damaged: the other one will do, or all is computed again
    }
  }
  done_ = furthest ? furthest->replications() : 0;
  return furthest;
}

void ResumableRun::compute(RunningStatistics& statistics, std::int64_t count,
                           const Progress& progress, const std::stop_token& stop) {
  const ReplicationRange range{statistics.replications(), count};
  Batch batch;
  try {
    batch = compute(range, progress, stop, std::move(spent_));
  } catch (const ModelError&) {
    throw;
  } catch (...) { // whoever has pressed Ctrl-C is not kept waiting; little is lost
    if (statistics.size() <= kSoonKept)
      keep(statistics);
    throw;
  }
  statistics.add(batch, options_.threads);
  spent_ = std::move(batch);
  if (statistics.replications() == options_.replications ||
      std::chrono::steady_clock::now() - kept_at_ > kBetweenStatistics)
    keep(statistics);
}

void ResumableRun::keep(const RunningStatistics& statistics) {
  if (statistics.replications() > 0) {
    keeping_.start([this, packed = statistics.packed(identity_)]() mutable {
      kept_.keep_statistics(std::move(packed));
    });
  }
  done_ = statistics.replications();
  kept_at_ = std::chrono::steady_clock::now();
}

std::string ResumableRun::sealed_bytes(ReplicationRange range) {
  std::optional<std::string> bytes = kept_.find(range.first);
  if (!bytes)
    throw system_output_error(output_, ENOENT, "read a block that was kept beside it");
  return *std::move(bytes);
}

} // namespace lantian
