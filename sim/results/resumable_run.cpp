#include "results/resumable_run.hpp"

#include "results/block_bytes.hpp"
#include "results/errors.hpp"
#include "results/run_identity.hpp"

#include <algorithm>
#include <cerrno>

namespace lantian {

namespace {

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
    kept_.remove();
    return summary;
  } catch (const Interrupted&) {
    throw OutputInterrupted(output_, done_, options_.replications);
  } catch (const ModelError&) {
    kept_.remove();
    throw;
  }
}

Batch ResumableRun::compute(ReplicationRange range, const Progress& progress,
                            const std::stop_token& stop) {
  const auto width = static_cast<std::int64_t>(scenarios_.models().size());
  const Progress report = [&](std::int64_t done, std::int64_t) {
    if (progress)
      progress(range.first * width + done, options_.replications * width);
  };
  std::optional<Batch> batch = find(range);
  if (batch) {
    report(range.count * width, 0);
  } else {
    batch = run_batch(scenarios_.models(), options_, range, report, stop);
    kept_.keep(range.first, packed(*batch, identity_));
  }
  done_ += range.count;
  return std::move(*batch);
}

std::string ResumableRun::sealed_bytes(ReplicationRange range) {
  kept_.settle();
  std::optional<std::string> bytes = kept_.find(range.first);
  if (!bytes)
    throw system_output_error(output_, ENOENT, "read a block that was kept beside it");
  return *std::move(bytes);
}

//! What is damaged, or was kept in blocks of another length, is computed again.
std::optional<Batch> ResumableRun::find(ReplicationRange range) const {
  const std::optional<std::string> bytes = kept_.find(range.first);
  if (!bytes)
    return std::nullopt;
  try {
    Batch batch = batch_of(*bytes, identity_);
    return covers(batch, range) ? std::optional(std::move(batch)) : std::nullopt;
  } catch (const UsageError&) {
    return std::nullopt;
  }
}

} // namespace lantian
