#pragma once

#include <cstring>
#include <vector>

namespace lantian::test {

//! Bit for bit, so that missing values compare equal too.
inline bool is_same(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

} // namespace lantian::test
