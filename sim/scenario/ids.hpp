#pragma once

// What an id may be: ASCII letters, digits, '_' and '-', so that it can stand in a TOML key, a key
// path, a file name and a netCDF name without quotes.

#include <cstddef>
#include <string_view>

namespace lantian {

constexpr bool is_id_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

//! Longest allowed id.
inline constexpr std::size_t kLongestId = 100;

constexpr bool is_id(std::string_view text) {
  if (text.empty() || text.size() > kLongestId) {
    return false;
  }
  for (const char c : text) {
    if (!is_id_char(c)) {
      return false;
    }
  }
  return true;
}

inline constexpr const char* kIdRule = "an id has 1 to 100 ASCII letters, digits, '_' and '-'";

} // namespace lantian
