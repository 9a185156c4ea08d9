#include "scenario/file_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lantian {

std::optional<std::string> FileReader::resolve(const std::string& from, const Value& item,
                                               const std::string& key) const {
  try {
    return resolve_path(files_, from, *item.as_text());
  } catch (const InputFileError& error) {
    diagnostics_.error(item.position, key,
                       fmt::format("'{}' cannot be used: {}", *item.as_text(), error.what()));
    return std::nullopt;
  }
}

std::optional<std::uint32_t> FileReader::read(const std::string& path, const Value* stated_at,
                                              const std::string& key) {
  auto& known = document_.files;
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const SourceFile& f) { return f.path == path; });
  if (found != known.end()) {
    return static_cast<std::uint32_t>(found - known.begin());
  }
  if (known.size() >= limits_.files) {
    report_too_many(*stated_at, key);
    return std::nullopt;
  }
  try {
    known.push_back({files_.shown(path), path, files_.read(path)});
    return static_cast<std::uint32_t>(known.size() - 1);
  } catch (const InputFileError& error) {
    const std::string hint = did_you_mean(path, files_.siblings(path));
    if (stated_at == nullptr) {
      diagnostics_.file_error(files_.shown(path),
                              fmt::format("cannot be read: {}{}", error.what(), hint));
    } else {
      diagnostics_.error(stated_at->position, key,
                         fmt::format("'{}' cannot be read: {}{}", path, error.what(), hint));
    }
    return std::nullopt;
  }
}

//! Once, at the first that is too many.
void FileReader::report_too_many(const Value& stated_at, const std::string& key) {
  if (!has_too_many_) {
    diagnostics_.error(stated_at.position, key,
                       fmt::format("the scenario has more than {} files: put some together, {}",
                                   limits_.files,
                                   limit_advice("files", static_cast<double>(limits_.files) + 1)));
  }
  has_too_many_ = true;
}

} // namespace lantian
