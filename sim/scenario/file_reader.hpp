#pragma once

// Reads the files that a scenario names, keeps each once in the document, and reports those that
// cannot be read at the place that names them.

#include <cstdint>
#include <optional>
#include <string>

#include "scenario/diagnostics.hpp"
#include "scenario/input_files.hpp"
#include "scenario/value.hpp"

namespace lantian {

class FileReader {
public:
  FileReader(const InputFiles& files, const ReadLimits& limits, Document& document,
             Diagnostics& diagnostics)
      : files_(files), limits_(limits), document_(document), diagnostics_(diagnostics) {}

  //! The path that `item`, a text at `key` in the file `from`, means.
  std::optional<std::string> resolve(const std::string& from, const Value& item,
                                     const std::string& key) const;
  //! Whether two paths lead to one file.
  bool are_same(const std::string& a, const std::string& b) const {
    return a == b || files_.identity(a) == files_.identity(b);
  }
  const ReadLimits& limits() const { return limits_; }
  //! Index in document.files. `stated_at` is the value that names the file; null for the top file.
  std::optional<std::uint32_t> read(const std::string& path, const Value* stated_at,
                                    const std::string& key);

private:
  void report_too_many(const Value& stated_at, const std::string& key);

  const InputFiles& files_;
  const ReadLimits& limits_;
  Document& document_;
  Diagnostics& diagnostics_;
  bool has_too_many_ = false;
};

} // namespace lantian
