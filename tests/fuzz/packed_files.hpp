#pragma once
//! Several files as one text, for a fuzzer that changes one text: each begins with a line
//! "=== NAME"; what stands before the first such line is the top file, plan.toml.

#include <map>
#include <string>
#include <string_view>

namespace lantian::fuzz {

inline constexpr const char* kTop = "plan.toml";
inline constexpr std::string_view kFile = "=== ";

inline std::map<std::string, std::string> unpacked_files(std::string_view text) {
  std::map<std::string, std::string> files;
  std::string name = kTop;
  std::string* file = &files[name];
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (line.starts_with(kFile)) {
      file = &files[std::string(line.substr(kFile.size()))];
    } else {
      file->append(text.substr(0, end == std::string_view::npos ? end : end + 1));
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return files;
}

} // namespace lantian::fuzz
