#include "results/shard_file.hpp"

#include "results/errors.hpp"
#include "results/file_bytes.hpp"
#include "results/packing.hpp"
#include "results/sha256.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr std::string_view kShardMagic = "lantian shard 1\n";
constexpr char kDamagedShard[] = "is damaged; compute this shard again";

std::string bytes_of(const ShardHead& head) {
  Packer packer;
  packer.number(head.shard);
  packer.text(head.description);
  packer.number(head.replications);
  packer.number(head.chance_draws);
  packer.number(head.seed);
  packer.number(head.block);
  packer.number<std::uint64_t>(head.scenarios.size());
  for (const PackedScenario& scenario : head.scenarios) {
    packer.text(scenario.top);
    packer.number<std::uint64_t>(scenario.files.size());
    for (const InputFile& file : scenario.files) {
      packer.text(file.path);
      packer.text(file.bytes);
    }
  }
  return std::move(packer).take();
}

ShardHead head_of(std::string_view bytes) {
  Unpacker unpacker(bytes);
  ShardHead head;
  head.shard = unpacker.number<ShardNumber>();
  head.description = unpacker.text();
  head.replications = unpacker.number<std::int64_t>();
  head.chance_draws = unpacker.number<std::int64_t>();
  head.seed = unpacker.number<std::uint64_t>();
  head.block = unpacker.number<std::int64_t>();
  head.scenarios.resize(unpacker.count());
  for (PackedScenario& scenario : head.scenarios) {
    scenario.top = unpacker.text();
    scenario.files.resize(unpacker.count());
    for (InputFile& file : scenario.files) {
      file.path = unpacker.text();
      file.bytes = unpacker.text();
    }
  }
  return head;
}

//! Reads a shard from its beginning; what does not fit is a ResultFileError.
class Scan {
public:
  explicit Scan(const std::filesystem::path& path)
      : path_(path), stream_(path, std::ios::binary), left_(size_of(path)) {}

  bool begins_with(std::string_view magic) {
    return left_ >= magic.size() && bytes(magic.size()) == magic;
  }

  std::string bytes(std::uint64_t length) {
    require(length);
    std::string read(length, '\0');
    if (!stream_.read(read.data(), static_cast<std::streamsize>(length)))
      throw ResultFileError(path_, "cannot be read");
    return read;
  }

  template <class Number> Number number() {
    Number value;
    std::memcpy(&value, bytes(sizeof value).data(), sizeof value);
    return value;
  }

  //! Leaves out so many bytes; gives where they begin.
  std::uint64_t skip(std::uint64_t length) {
    require(length);
    const auto at = static_cast<std::uint64_t>(stream_.tellg());
    stream_.seekg(static_cast<std::streamoff>(length), std::ios::cur);
    return at;
  }

private:
  static std::uint64_t size_of(const std::filesystem::path& path) {
    std::error_code failed;
    const std::uint64_t size = std::filesystem::file_size(path, failed);
    if (failed)
      throw ResultFileError(path, failed.message());
    return size;
  }

  void require(std::uint64_t length) {
    if (length > left_)
      throw ResultFileError(path_, "is cut short or damaged; compute this shard again");
    left_ -= length;
  }

  const std::filesystem::path& path_;
  std::ifstream stream_;
  std::uint64_t left_;
};

//! Blocks `first` to before `last` of a run.
struct BlockNumbers {
  std::int64_t first;
  std::int64_t last;
};

BlockNumbers blocks_of_shard(const EnsembleOptions& options, ShardNumber shard) {
  check_options(options);
  if (shard.count < 1 || shard.count > kMostShards || shard.number < 1 ||
      shard.number > shard.count) {
    throw UsageError(fmt::format("there is no shard {} of {}; they are counted from 1, as in 2/4, "
                                 "and are at most {}",
                                 shard.number, shard.count, kMostShards));
  }
  const std::int64_t blocks = (options.replications - 1) / options.block + 1;
  return {blocks * (shard.number - 1) / shard.count, blocks * shard.number / shard.count};
}

//! Whether a shard has the blocks that its head says. A damaged head may promise billions of them.
bool has_all_blocks(const ShardHead& head, const std::vector<ReplicationRange>& ranges) {
  const EnsembleOptions options{
      .replications = head.replications, .chance_draws = head.chance_draws, .block = head.block};
  const BlockNumbers blocks = blocks_of_shard(options, head.shard);
  return std::ssize(ranges) == blocks.last - blocks.first &&
         ranges == ranges_of_shard(options, head.shard);
}

} // namespace

std::vector<ReplicationRange> ranges_of_shard(const EnsembleOptions& options, ShardNumber shard) {
  const BlockNumbers blocks = blocks_of_shard(options, shard);
  std::vector<ReplicationRange> ranges;
  for (std::int64_t b = blocks.first; b < blocks.last; ++b) {
    const std::int64_t first = b * options.block;
    ranges.push_back({first, std::min(options.block, options.replications - first)});
  }
  return ranges;
}

ShardWriter::ShardWriter(std::filesystem::path path, const ShardHead& head, bool overwrite)
    : output_(std::move(path), overwrite) {
  const std::string bytes = bytes_of(head);
  Packer packer(kShardMagic);
  packer.text(bytes);
  packer.seal(sha256(bytes));
  append_bytes(output_.descriptor(), packer.bytes(), output_.target());
}

void ShardWriter::write(ReplicationRange range, std::string_view sealed) {
  Packer packer;
  packer.number<std::uint64_t>(sealed.size());
  packer.number(range);
  append_bytes(output_.descriptor(), packer.bytes(), output_.target());
  append_bytes(output_.descriptor(), sealed, output_.target());
}

void ShardWriter::finish() {
  Packer packer;
  packer.number<std::uint64_t>(0);
  append_bytes(output_.descriptor(), packer.bytes(), output_.target());
  output_.synchronise();
  output_.commit();
}

ShardFile::ShardFile(std::filesystem::path path) : path_(std::move(path)) {
  Scan scan(path_);
  if (!scan.begins_with(kShardMagic))
    throw ResultFileError(path_, "is no shard of this version of Lantian");
  const std::string head = scan.bytes(scan.number<std::uint64_t>());
  if (scan.bytes(kDigestLength) != sha256(head))
    throw ResultFileError(path_, kDamagedShard);
  try {
    head_ = head_of(head);
    while (const auto length = scan.number<std::uint64_t>()) {
      const auto range = scan.number<ReplicationRange>();
      places_.emplace(range.first, Place{range.count, scan.skip(length), length});
    }
    if (!has_all_blocks(head_, ranges()))
      throw ResultFileError(path_, kDamagedShard);
  } catch (const UsageError&) { // not packed, or options that no run has
    throw ResultFileError(path_, kDamagedShard);
  }
}

std::vector<ReplicationRange> ShardFile::ranges() const {
  std::vector<ReplicationRange> ranges;
  for (const auto& [first, place] : places_)
    ranges.push_back({first, place.count});
  return ranges;
}

std::string ShardFile::block(std::int64_t first_replication) const {
  const Place& place = places_.at(first_replication);
  std::ifstream stream(path_, std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(place.offset));
  std::string bytes(place.length, '\0');
  if (!stream.read(bytes.data(), static_cast<std::streamsize>(place.length)))
    throw ResultFileError(path_, "cannot be read");
  return bytes;
}

} // namespace lantian
