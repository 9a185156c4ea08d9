#pragma once

// A run in parts, on as many machines as one likes: each computes its shard, and whoever has all
// shards merges them. The result has the bits of a run in one piece.

#include "results/coalitions.hpp"
#include "results/run_to_file.hpp"
#include "results/shard_file.hpp"

#include <filesystem>
#include <span>
#include <stop_token>
#include <vector>

namespace lantian {

//! Computes one shard and writes it. Throws as run_to_file does.
RunSummary run_to_shard(std::span<const ReadScenario> scenarios,
                        const std::filesystem::path& output, ShardNumber shard,
                        const RunOptions& options, const Progress& progress = {},
                        const std::stop_token& stop = {});

//! Writes a result file of all shards of a run, in any order. Of `options` it takes what does not
//! change the numbers: `overwrite`, `deflate` and the threads for the statistics.
//! Throws ResultFileError where a file is no sound shard; UsageError, with every name, where
//! shards are of different runs or another build, overlap, or are missing; OutputError;
//! OutputInterrupted. `kinds` must outlive the call.
RunSummary merge_shards(std::span<const std::filesystem::path> shards,
                        const std::filesystem::path& output, const RunOptions& options,
                        const KindRegistry& kinds, const std::stop_token& stop = {});

} // namespace lantian
