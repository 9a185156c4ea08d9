#include "results/verification.hpp"

#include <algorithm>
#include <vector>

namespace lantian::hdf5 {
namespace {

constexpr std::size_t kChecksumBytes = 4;

// What libhdf5 appends to a chunk: the checksum, little-endian.
std::uint32_t stored_checksum(std::span<const std::byte> chunk) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < kChecksumBytes; ++i) {
    sum |= std::to_integer<std::uint32_t>(chunk[chunk.size() - kChecksumBytes + i]) << (8 * i);
  }
  return sum;
}

void verify_chunk(const Dataset& dataset, const std::vector<hsize_t>& offset,
                  std::vector<std::byte>& bytes) {
  hsize_t size = 0;
  checked(H5Dget_chunk_storage_size(dataset.id(), offset.data(), &size), "find a chunk");
  if (size < kChecksumBytes) {
    throw Failure("cannot read values: a chunk is missing");
  }
  bytes.resize(size);
  std::uint32_t skipped_filters = 0;
  checked(H5Dread_chunk(dataset.id(), H5P_DEFAULT, offset.data(), &skipped_filters, bytes.data()),
          "read a chunk");
  const auto content = std::span(bytes).first(bytes.size() - kChecksumBytes);
  if (fletcher32(content) != stored_checksum(bytes)) {
    throw Failure("cannot read values: a chunk does not match its checksum");
  }
}

} // namespace

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

void verify_chunks(const Dataset& dataset) {
  const std::vector<hsize_t> lengths = shape(dataset);
  std::vector<hsize_t> chunk(lengths.size());
  const Properties creation(H5Dget_create_plist(dataset.id()), "read dataset properties");
  checked(H5Pget_chunk(creation.id(), static_cast<int>(chunk.size()), chunk.data()),
          "read the chunk's size");
  std::vector<hsize_t> offset(lengths.size(), 0);
  std::vector<std::byte> bytes;
  while (true) {
    verify_chunk(dataset, offset, bytes);
    std::size_t axis = lengths.size();
    while (axis > 0 && (offset[axis - 1] += chunk[axis - 1]) >= lengths[axis - 1]) {
      offset[--axis] = 0;
    }
    if (axis == 0) {
      return;
    }
  }
}

} // namespace lantian::hdf5
