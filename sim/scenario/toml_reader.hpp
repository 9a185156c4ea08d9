#pragma once

// Reads TOML 1.0 text into a Value tree. The parser behind it crashes on hostile nesting and on
// dotted keys of thousands of segments, so the text is scanned before: at most 16 MB, at most 64
// levels deep, dotted keys counted in.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "scenario/diagnostics.hpp"
#include "scenario/value.hpp"

namespace lantian {

inline constexpr std::size_t kLargestToml = 16u << 20; //!< [bytes]
inline constexpr int kDeepestToml = 64;                //!< levels of tables and arrays

//! Reads a file's text; reports the first mistake and returns nothing when it is not TOML.
std::optional<Value> read_toml(std::string_view text, std::uint32_t file, Diagnostics& diagnostics);

//! Reads one value, such as the text of a CSV cell "{ pert = … }" that stands at `position`.
std::optional<Value> read_toml_value(std::string_view text, Position position,
                                     Diagnostics& diagnostics);

//! Where the text is nested deeper than kDeepestToml, if it is.
std::optional<Position> too_deep(std::string_view text, std::uint32_t file);

} // namespace lantian
