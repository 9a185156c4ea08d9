#pragma once

// A shard: some of a run's blocks, computed on one machine, to be merged with the others into a
// result file (`lantian run --shard 2/4`, `lantian merge`). It holds all that the run depends on,
// its input files among them, so that merging needs nothing but the shards.
//
// What stands there: the letters "lantian shard 1\n"; the length of the head and the head; its
// SHA-256; then for each block its first replication, their number, its length, and its sealed
// bytes (block_bytes.hpp); at the end a length of zero.

#include "ensemble/ensemble.hpp"
#include "results/output_file.hpp"
#include "results/scenario_set.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lantian {

//! A scenario's files as they were read, and which of them is the scenario.
struct PackedScenario {
  std::string top;
  std::vector<InputFile> files;
};

//! Which part of a run: shard `number` of `count`, from 1.
struct ShardNumber {
  std::int64_t number = 1;
  std::int64_t count = 1;
};

inline constexpr std::int64_t kMostShards = 1'000'000;

struct ShardHead {
  ShardNumber shard;
  std::string description; //!< what the numbers depend on, see run_identity.hpp
  std::int64_t replications = 0;
  std::int64_t chance_draws = 1;
  std::uint64_t seed = 1;
  std::int64_t block = 64;
  std::vector<PackedScenario> scenarios;
};

//! The ranges that a shard computes: an even share of the run's blocks, in order; of more shards
//! than blocks, some have none. Throws UsageError where there is no such shard, or run.
std::vector<ReplicationRange> ranges_of_shard(const EnsembleOptions& options, ShardNumber shard);

class ShardWriter {
public:
  //! Throws OutputError.
  ShardWriter(std::filesystem::path path, const ShardHead& head, bool overwrite);

  //! Appends a block. Throws OutputError.
  void write(ReplicationRange range, std::string_view sealed);

  //! Puts the file into place. Throws OutputError.
  void finish();

private:
  OutputFile output_;
};

class ShardFile {
public:
  //! Reads the head, and where the blocks are. Throws ResultFileError where the file is no shard,
  //! of another version, damaged, or cut short.
  explicit ShardFile(std::filesystem::path path);

  const std::filesystem::path& path() const { return path_; }
  const ShardHead& head() const { return head_; }
  //! In order of their first replication.
  std::vector<ReplicationRange> ranges() const;
  //! The sealed bytes of a range. Throws OutputError where they cannot be read.
  std::string block(std::int64_t first_replication) const;

private:
  struct Place {
    std::int64_t count;
    std::uint64_t offset;
    std::uint64_t length;
  };

  std::filesystem::path path_;
  ShardHead head_;
  std::map<std::int64_t, Place> places_; //!< by first replication
};

} // namespace lantian
