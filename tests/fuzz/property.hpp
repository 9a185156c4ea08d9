#pragma once
//! What a fuzz target demands. A target is a function from any bytes to nothing; where the library
//! breaks a promise it aborts, and libFuzzer keeps the bytes.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace lantian::fuzz {

//! Aborts with the broken promise.
inline void require(bool holds, const char* promise, const std::string& seen = "") {
  if (!holds) {
    std::fprintf(stderr, "broken: %s\n%s\n", promise, seen.c_str());
    std::abort();
  }
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

} // namespace lantian::fuzz
