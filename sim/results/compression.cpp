#include "results/compression.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <zlib.h>

namespace lantian {
namespace {

constexpr std::size_t kSample = 8192; // [values]

// All first bytes, all second bytes, ...: what HDF5's shuffle filter does.
std::vector<Bytef> shuffled(std::span<const double> values) {
  const auto bytes = std::as_bytes(values);
  std::vector<Bytef> result(bytes.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t b = 0; b < sizeof(double); ++b) {
      result[b * values.size() + i] = std::to_integer<Bytef>(bytes[i * sizeof(double) + b]);
    }
  }
  return result;
}

} // namespace

bool compresses_well(std::span<const double> values, int level) {
  const std::vector<Bytef> sample = shuffled(values.first(std::min(values.size(), kSample)));
  uLongf size = compressBound(sample.size());
  std::vector<Bytef> packed(size);
  const int status = compress2(packed.data(), &size, sample.data(), sample.size(), level);
  return status == Z_OK && (sample.empty() || size <= sample.size() / 2);
}

} // namespace lantian
