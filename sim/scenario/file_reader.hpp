#pragma once

// Reads the files that a scenario names, keeps each once in the document, and reports those that
// cannot be read at the place that names them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "scenario/diagnostics.hpp"
#include "scenario/input_files.hpp"
#include "scenario/value.hpp"

namespace lantian {

inline constexpr std::size_t kMostFiles = 1'000; //!< of a scenario, with all that it extends

class FileReader {
public:
  FileReader(const InputFiles& files, Document& document, Diagnostics& diagnostics)
      : files_(files), document_(document), diagnostics_(diagnostics) {}

  //! The path that `item`, a text at `key` in the file `from`, means.
  std::optional<std::string> resolve(const std::string& from, const Value& item,
                                     const std::string& key) const;
  //! Index in document.files. `stated_at` is the value that names the file; null for the top file.
  std::optional<std::uint32_t> read(const std::string& path, const Value* stated_at,
                                    const std::string& key);

private:
  void report_too_many(const Value& stated_at, const std::string& key);

  const InputFiles& files_;
  Document& document_;
  Diagnostics& diagnostics_;
  bool has_too_many_ = false;
};

} // namespace lantian
