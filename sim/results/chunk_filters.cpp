#include "results/chunk_filters.hpp"

#include <algorithm>
#include <array>

#include <isa-l/igzip_lib.h>

#include "hdf5/handles.hpp"

namespace lantian::hdf5 {
namespace {

constexpr std::size_t kChecksumBytes = 4;
constexpr std::size_t kSampleBytes = 64 << 10;
constexpr std::uint32_t kWithoutDeflating = 1; // the first filter

// ISA-L reads but never writes what it deflates.
std::uint8_t* readable(std::span<const std::byte> bytes) {
  return reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(bytes.data()));
}

std::uint8_t* writable(std::span<std::byte> bytes) {
  return reinterpret_cast<std::uint8_t*>(bytes.data());
}

} // namespace

struct ChunkFilters::Tables {
  isal_zstream deflating;
  inflate_state inflating;
  std::array<std::uint8_t, ISAL_DEF_LVL1_DEFAULT> history;
};

ChunkFilters::ChunkFilters() : tables_(std::make_unique_for_overwrite<Tables>()) {}
ChunkFilters::~ChunkFilters() = default;

// The room is that of the values: if they need more, they are better stored as they are.
std::size_t ChunkFilters::deflated(std::span<const std::byte> values) {
  bytes_.resize(std::max(bytes_.size(), values.size() + kChecksumBytes));
  isal_zstream& stream = tables_->deflating;
  isal_deflate_stateless_init(&stream);
  stream.level = 1;
  stream.level_buf = tables_->history.data();
  stream.level_buf_size = static_cast<std::uint32_t>(tables_->history.size());
  stream.gzip_flag = IGZIP_ZLIB;
  stream.end_of_stream = 1;
  stream.flush = NO_FLUSH;
  stream.next_in = readable(values);
  stream.avail_in = static_cast<std::uint32_t>(values.size());
  stream.next_out = writable(bytes_);
  stream.avail_out = static_cast<std::uint32_t>(values.size());
  return isal_deflate_stateless(&stream) == COMP_OK ? stream.total_out : values.size();
}

void ChunkFilters::inflate(std::span<const std::byte> packed, std::span<std::byte> values) {
  inflate_state& state = tables_->inflating;
  isal_inflate_init(&state);
  state.crc_flag = ISAL_ZLIB;
  state.next_in = readable(packed);
  state.avail_in = static_cast<std::uint32_t>(packed.size());
  state.next_out = writable(values);
  state.avail_out = static_cast<std::uint32_t>(values.size());
  if (isal_inflate_stateless(&state) != ISAL_DECOMP_OK || state.avail_out > 0) {
    throw Failure("cannot read values: a chunk cannot be inflated");
  }
}

StoredChunk ChunkFilters::pack(std::span<const std::byte> values, bool deflate) {
  const std::size_t size = deflate ? deflated(values) : values.size();
  const bool is_deflated = size < values.size();
  if (!is_deflated) {
    bytes_.resize(std::max(bytes_.size(), values.size() + kChecksumBytes));
    std::ranges::copy(values, bytes_.begin());
  }
  const std::uint32_t checksum = fletcher32(std::span(bytes_).first(size));
  for (std::size_t i = 0; i < kChecksumBytes; ++i) { // little-endian
    bytes_[size + i] = static_cast<std::byte>(checksum >> (8 * i));
  }
  return {std::span(bytes_).first(size + kChecksumBytes),
          deflate && !is_deflated ? kWithoutDeflating : 0};
}

void ChunkFilters::unpack(std::span<const std::byte> stored, std::span<std::byte> values) {
  const std::span<const std::byte> content = checked_content(stored);
  if (content.size() == values.size()) {
    std::ranges::copy(content, values.begin());
  } else {
    inflate(content, values);
  }
}

bool ChunkFilters::compresses_well(std::span<const double> values) {
  const auto bytes = std::as_bytes(values);
  const auto sample = bytes.first(std::min(bytes.size(), kSampleBytes));
  return sample.empty() || deflated(sample) <= sample.size() / 2;
}

std::uint32_t fletcher32(std::span<const std::byte> bytes) {
  constexpr std::size_t kWordsWithoutOverflow = 360;
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  std::size_t words = bytes.size() / 2;
  const std::byte* at = bytes.data();
  while (words > 0) {
    const std::size_t run = std::min(words, kWordsWithoutOverflow);
    for (std::size_t i = 0; i < run; ++i, at += 2) {
      low += std::to_integer<std::uint32_t>(at[0]) << 8 | std::to_integer<std::uint32_t>(at[1]);
      high += low;
    }
    low = (low & 0xffff) + (low >> 16);
    high = (high & 0xffff) + (high >> 16);
    words -= run;
  }
  if (bytes.size() % 2 != 0) {
    low += std::to_integer<std::uint32_t>(*at) << 8;
    high += low;
    low = (low & 0xffff) + (low >> 16);
    high = (high & 0xffff) + (high >> 16);
  }
  low = (low & 0xffff) + (low >> 16);
  high = (high & 0xffff) + (high >> 16);
  return high << 16 | low;
}

std::span<const std::byte> checked_content(std::span<const std::byte> stored) {
  if (stored.size() < kChecksumBytes) {
    throw Failure("cannot read values: a chunk is missing");
  }
  const auto content = stored.first(stored.size() - kChecksumBytes);
  std::uint32_t checksum = 0;
  for (std::size_t i = 0; i < kChecksumBytes; ++i) { // little-endian
    checksum |= std::to_integer<std::uint32_t>(stored[content.size() + i]) << (8 * i);
  }
  if (fletcher32(content) != checksum) {
    throw Failure("cannot read values: a chunk does not match its checksum");
  }
  return content;
}

} // namespace lantian::hdf5
