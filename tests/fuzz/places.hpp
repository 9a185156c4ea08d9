#pragma once
//! Where mistakes stand: every mistake must have a place that an editor can go to.

#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz/property.hpp"
#include "scenario/diagnostics.hpp"

namespace lantian::fuzz {

inline std::size_t lines_of(std::string_view text) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

//! The place is in the text, or at its end.
inline void require_within(std::string_view text, std::size_t line, std::size_t column,
                           const std::string& what) {
  require(line >= 1 && line <= lines_of(text), "a mistake stands in a line of the file", what);
  require(column >= 1 && column <= text.size() + 1, "a mistake stands in a column of the file",
          what);
}

//! Every mistake says something and has a place in the text, the only one there is.
inline void require_places(const Diagnostics& diagnostics, std::string_view text) {
  require(!diagnostics.empty(), "what is refused has a mistake");
  for (const Mistake& mistake : diagnostics.sorted()) {
    require(!mistake.message.empty(), "a mistake says what is wrong");
    require_within(text, mistake.line, mistake.column, mistake.text());
  }
}

} // namespace lantian::fuzz
