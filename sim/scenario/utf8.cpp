#include "scenario/utf8.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lantian {

namespace {

//! Bytes of the well-formed character that `bytes` begins with; 0 where there is none.
std::size_t length_of_first(std::string_view bytes) {
  const auto byte = [&](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) {
    return first == 0 ? 0 : 1;
  }
  const std::size_t length = first < 0xC2   ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  const unsigned least = first == 0xE0 ? 0xA0U : first == 0xF0 ? 0x90U : 0x80U;
  const unsigned most = first == 0xED ? 0x9FU : first == 0xF4 ? 0x8FU : 0xBFU;
  if (length == 0 || byte(1) < least || byte(1) > most) {
    return 0;
  }
  for (std::size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) {
      return 0;
    }
  }
  return length;
}

} // namespace

std::size_t first_no_text(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t length = length_of_first(bytes.substr(at, 4));
    if (length == 0) {
      return at;
    }
    at += length;
  }
  return std::string_view::npos;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned>(c) & 0xC0U) != 0x80; }));
}

Position position_at(std::string_view text, std::size_t byte, std::uint32_t file) {
  const std::size_t mark = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0; // is no column
  const std::string_view before = text.substr(mark, byte - std::min(byte, mark));
  const std::size_t line_break = before.rfind('\n');
  const std::size_t line_begin = line_break == before.npos ? 0 : line_break + 1;
  return {file, static_cast<std::uint32_t>(1 + std::count(before.begin(), before.end(), '\n')),
          static_cast<std::uint32_t>(1 + characters(before.substr(line_begin)))};
}

std::string no_text_reason(std::string_view bytes, std::size_t at) {
  const std::string_view mark = bytes.substr(0, 2);
  if (mark == "\xFF\xFE" || mark == "\xFE\xFF") {
    return "the file is in UTF-16: save it as UTF-8 (in Excel: CSV UTF-8)";
  }
  if (bytes[at] == '\0') {
    return "a zero byte, which no text has: the file is damaged, or no text in UTF-8";
  }
  return fmt::format("the byte 0x{:02X} is not UTF-8: save the file as UTF-8 (in Excel: CSV UTF-8; "
                     "GBK and Latin-1 are not read)",
                     static_cast<unsigned char>(bytes[at]));
}

} // namespace lantian
