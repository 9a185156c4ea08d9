#include "results/crc64.hpp"

#include <fmt/format.h>
#include <isa-l/crc64.h>

namespace lantian {

void Crc64::add(std::string_view bytes) {
  sum_ = crc64_ecma_refl(sum_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Crc64::digest() const {
  return fmt::format("{:016x}", sum_);
}

std::string crc64(std::string_view bytes) {
  Crc64 crc;
  crc.add(bytes);
  return crc.digest();
}

} // namespace lantian
