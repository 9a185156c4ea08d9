// Blocks of a kept run and shards, as they are, and with seals that match: what is read is written
// again with the same bytes; what is refused is refused with the error that the callers expect.

#include "fuzz/memory_file.hpp"
#include "fuzz/property.hpp"
#include "results/block_bytes.hpp"
#include "results/errors.hpp"
#include "results/packing.hpp"
#include "results/sha256.hpp"
#include "results/shard_file.hpp"

namespace lantian::fuzz {
namespace {

constexpr std::string_view kBlocks = "lantian blocks 1\n";
constexpr std::string_view kShard = "lantian shard 1\n";
constexpr std::string_view kIdentity = "a run";

void check_blocks(std::string_view bytes) {
  try {
    const std::string once = packed(batch_of(bytes, kIdentity), kIdentity);
    require(bytes.starts_with(once), "blocks that are read are written with the same bytes");
  } catch (const UsageError& error) {
    require(*error.what() != '\0', "blocks that are refused have a reason");
  }
}

void check_shard(std::string_view bytes) {
  const MemoryFile memory(bytes);
  try {
    const ShardFile shard(memory.path());
    for (const ReplicationRange& range : shard.ranges()) {
      require(shard.block(range.first).size() < bytes.size(), "a block is part of its shard");
    }
  } catch (const ResultFileError& error) {
    require(*error.what() != '\0', "a shard that is refused has a reason");
  }
}

//! The head of a shard, so many bytes as the first says times 8, sealed, then what follows.
std::string sealed_shard(std::string_view bytes) {
  const std::size_t length =
      bytes.empty() ? 0 : std::size_t{static_cast<unsigned char>(bytes.front())} * 8;
  const std::string_view head = bytes.substr(0, length);
  Packer packer(kShard);
  packer.text(head);
  packer.seal(sha256(head));
  return std::move(packer).take() + std::string(bytes.substr(head.size()));
}

void check(std::string_view bytes) {
  check_blocks(bytes);
  check_shard(bytes);
  Packer packer(kBlocks);
  packer.text(kIdentity);
  check_blocks(sealed(std::move(packer).take() + std::string(bytes)));
  check_shard(sealed_shard(bytes));
}

} // namespace
} // namespace lantian::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  lantian::fuzz::check(lantian::fuzz::text_of(data, size));
  return 0;
}
