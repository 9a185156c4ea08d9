#include "kernel/random.hpp"

#include <Random123/philox.h>

namespace lantian {
namespace {

constexpr std::uint64_t kFnvBasis = 0xcbf29ce484222325;
constexpr std::uint64_t kFnvPrime = 0x100000001b3;

std::uint64_t fnv1a(std::uint64_t hash, std::string_view text) {
  for (const char character : text) {
    hash = (hash ^ static_cast<unsigned char>(character)) * kFnvPrime;
  }
  return hash;
}

// The finaliser of SplitMix64: every bit of the input reaches every bit of the result.
std::uint64_t mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

std::uint32_t low(std::uint64_t bits) {
  return static_cast<std::uint32_t>(bits);
}
std::uint32_t high(std::uint64_t bits) {
  return static_cast<std::uint32_t>(bits >> 32);
}

} // namespace

std::uint64_t stream_id(std::string_view entity, std::string_view purpose) {
  constexpr std::string_view kSeparator = "\xff"; // stands in no UTF-8 text
  return mix(fnv1a(fnv1a(fnv1a(kFnvBasis, entity), kSeparator), purpose));
}

double RandomSource::uniform(std::uint64_t stream, std::uint32_t k) const {
  const r123::Philox4x32::ctr_type counter{{k, low(stream), high(stream), replication_}};
  const r123::Philox4x32::key_type key{{low(seed_), high(seed_)}};
  const auto bits = r123::Philox4x32{}(counter, key);
  const std::uint64_t n = ((std::uint64_t{bits[1]} << 32) | bits[0]) >> 12;
  return (static_cast<double>(n) + 0.5) * 0x1p-52;
}

} // namespace lantian
