#include "results/block_bytes.hpp"

#include "results/crc64.hpp"
#include "results/file_bytes.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace lantian {

namespace {

constexpr std::string_view kBlocksMagic = "lantian blocks 1\n";

constexpr std::size_t kSmall = 64 << 10; // pieces to be joined before they are written [bytes]

//! A file's end, to which bytes and at last their digest are appended.
class SealedEnd {
public:
  SealedEnd(int descriptor, const std::filesystem::path& path)
      : descriptor_(descriptor), path_(path) {}

  void append(std::string_view bytes) {
    crc_.add(bytes);
    put(bytes);
  }

  void seal() {
    put(crc_.digest());
    flush();
  }

private:
  void put(std::string_view bytes) {
    if (waiting_.size() + bytes.size() > kSmall)
      flush();
    if (bytes.size() > kSmall)
      append_bytes(descriptor_, bytes, path_);
    else
      waiting_ += bytes;
  }

  void flush() {
    append_bytes(descriptor_, waiting_, path_);
    waiting_.clear();
  }

  int descriptor_;
  const std::filesystem::path& path_;
  Crc64 crc_;
  std::string waiting_;
};

class SealingPacker : public PackingTo<SealedEnd> {
public:
  using PackingTo::PackingTo;
  void begin(std::string_view magic) { bytes_.append(magic); }
  void seal() { bytes_.seal(); }
};

template <class Bytes> void pack(PackingTo<Bytes>& packer, const Block& block) {
  packer.template number<std::uint64_t>(block.scenario);
  packer.number(block.first_replication);
  packer.number(block.count);
  packer.template number<std::uint64_t>(block.data.size());
  for (const std::vector<double>& values : block.data)
    packer.array(values);
  pack(packer, block.log);
}

template <class Bytes>
void pack(PackingTo<Bytes>& packer, const Batch& batch, std::string_view identity) {
  packer.text(identity);
  packer.number(batch.events);
  packer.template number<std::uint64_t>(batch.blocks.size());
  for (const Block& block : batch.blocks)
    pack(packer, block);
}

//! Bytes of the arrays, and some for all else.
std::size_t room_for(const Batch& batch) {
  std::size_t bytes = 4096;
  for (const Block& block : batch.blocks) {
    for (const std::vector<double>& values : block.data)
      bytes += (values.size() + 1) * sizeof(double);
    bytes += 128 * block.log.size();
  }
  return bytes;
}

Block unpack_block(Unpacker& unpacker) {
  Block block;
  block.scenario = unpacker.number<std::uint64_t>();
  block.first_replication = unpacker.number<std::int64_t>();
  block.count = unpacker.number<std::int64_t>();
  block.data.resize(unpacker.count());
  for (std::vector<double>& values : block.data)
    values = unpacker.array<double>();
  block.log = unpack_log(unpacker);
  return block;
}

void require_sound(std::string_view bytes, std::string_view magic) {
  const bool is_long_enough = bytes.size() >= magic.size() + Crc64::kLength;
  if (!is_long_enough || !bytes.starts_with(magic))
    throw UsageError("these bytes are no blocks of a run of this version of Lantian");
  const std::size_t length = bytes.size() - Crc64::kLength;
  if (crc64(bytes.substr(0, length)) != bytes.substr(length))
    throw UsageError("the blocks of a run were damaged on their way");
}

} // namespace

std::string packed(const Batch& batch, std::string_view identity) {
  Packer packer(kBlocksMagic, room_for(batch));
  pack(packer, batch, identity);
  return std::move(packer).take();
}

std::string sealed(std::string packed) {
  packed += crc64(packed);
  return packed;
}

void append_sealed(int descriptor, const Batch& batch, std::string_view identity,
                   const std::filesystem::path& path) {
  SealingPacker packer(SealedEnd(descriptor, path));
  packer.begin(kBlocksMagic);
  pack(packer, batch, identity);
  packer.seal();
}

Batch batch_of(std::string_view bytes, std::string_view identity) {
  Unpacker unpacker(sound_content(bytes, kBlocksMagic, identity));
  Batch batch;
  batch.events = unpacker.number<std::uint64_t>();
  batch.blocks.resize(unpacker.count());
  for (Block& block : batch.blocks)
    block = unpack_block(unpacker);
  return batch;
}

std::string_view sound_content(std::string_view bytes, std::string_view magic,
                               std::string_view identity) {
  require_sound(bytes, magic);
  bytes.remove_suffix(Crc64::kLength);
  Unpacker unpacker(bytes.substr(magic.size()));
  if (unpacker.text() != identity) {
    throw UsageError("these blocks are of another run: other scenarios, seed or draws, or computed "
                     "by another build of Lantian, whose numbers may differ in the last bits");
  }
  return unpacker.rest();
}

EventLog unpack_log(Unpacker& unpacker) {
  EventLog log;
  log.replication = unpacker.array<std::int32_t>();
  log.time = unpacker.array<Time>();
  log.measure = unpacker.texts();
  log.event = unpacker.texts();
  log.detail = unpacker.texts();
  return log;
}

} // namespace lantian
