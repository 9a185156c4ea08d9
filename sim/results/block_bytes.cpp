#include "results/block_bytes.hpp"

#include "results/sha256.hpp"

#include <cstdint>
#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

namespace lantian {

namespace {

constexpr std::string_view kMagic = "lantian blocks 1\n";
constexpr std::size_t kDigestLength = 64;

class Packer {
public:
  explicit Packer(std::string_view start) : bytes_(start) {}

  template <class Number> void number(Number value) {
    static_assert(std::is_trivially_copyable_v<Number>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }

  void text(std::string_view text) {
    number<std::uint64_t>(text.size());
    bytes_.append(text);
  }

  template <class Number> void array(const std::vector<Number>& values) {
    text({reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Number)});
  }

  void texts(const std::vector<std::string>& values) {
    number<std::uint64_t>(values.size());
    for (const std::string& value : values)
      text(value);
  }

  std::string sealed() && {
    bytes_.append(sha256(bytes_));
    return std::move(bytes_);
  }

private:
  std::string bytes_;
};

// Reads what has a good digest, so that lengths may be believed.
class Unpacker {
public:
  explicit Unpacker(std::string_view bytes) : left_(bytes) {}

  template <class Number> Number number() {
    Number value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }

  std::string_view text() { return take(number<std::uint64_t>()); }

  template <class Number> std::vector<Number> array() {
    const std::string_view bytes = text();
    std::vector<Number> values(bytes.size() / sizeof(Number));
    if (!values.empty())
      std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
  }

  std::vector<std::string> texts() {
    std::vector<std::string> values(number<std::uint64_t>());
    for (std::string& value : values)
      value = text();
    return values;
  }

private:
  std::string_view take(std::size_t length) {
    const std::string_view taken = left_.substr(0, length);
    left_.remove_prefix(length);
    return taken;
  }

  std::string_view left_;
};

void pack(Packer& packer, const Block& block) {
  packer.number<std::uint64_t>(block.scenario);
  packer.number(block.first_replication);
  packer.number(block.count);
  packer.number<std::uint64_t>(block.data.size());
  for (const std::vector<double>& values : block.data)
    packer.array(values);
  packer.array(block.log.replication);
  packer.array(block.log.time);
  packer.texts(block.log.measure);
  packer.texts(block.log.event);
  packer.texts(block.log.detail);
}

Block unpack(Unpacker& unpacker) {
  Block block;
  block.scenario = unpacker.number<std::uint64_t>();
  block.first_replication = unpacker.number<std::int64_t>();
  block.count = unpacker.number<std::int64_t>();
  block.data.resize(unpacker.number<std::uint64_t>());
  for (std::vector<double>& values : block.data)
    values = unpacker.array<double>();
  block.log.replication = unpacker.array<std::int32_t>();
  block.log.time = unpacker.array<Time>();
  block.log.measure = unpacker.texts();
  block.log.event = unpacker.texts();
  block.log.detail = unpacker.texts();
  return block;
}

void require_sound(std::string_view bytes) {
  const bool is_long_enough = bytes.size() >= kMagic.size() + kDigestLength;
  if (!is_long_enough || !bytes.starts_with(kMagic))
    throw UsageError("these bytes are no blocks of a run of this version of Lantian");
  const std::size_t length = bytes.size() - kDigestLength;
  if (sha256(bytes.substr(0, length)) != bytes.substr(length))
    throw UsageError("the blocks of a run were damaged on their way");
}

} // namespace

std::string bytes_of(const Batch& batch, std::string_view identity) {
  Packer packer(kMagic);
  packer.text(identity);
  packer.number(batch.events);
  packer.number<std::uint64_t>(batch.blocks.size());
  for (const Block& block : batch.blocks)
    pack(packer, block);
  return std::move(packer).sealed();
}

Batch batch_of(std::string_view bytes, std::string_view identity) {
  require_sound(bytes);
  Unpacker unpacker(bytes.substr(kMagic.size()));
  if (unpacker.text() != identity) {
    throw UsageError("these blocks are of another run: other scenarios, seed or draws, or computed "
                     "by another build of Lantian, whose numbers may differ in the last bits");
  }
  Batch batch;
  batch.events = unpacker.number<std::uint64_t>();
  batch.blocks.resize(unpacker.number<std::uint64_t>());
  for (Block& block : batch.blocks)
    block = unpack(unpacker);
  return batch;
}

} // namespace lantian
