#pragma once

// Reads TOML 1.0 text into a Value tree. The parser behind it crashes on hostile nesting and on
// dotted keys of thousands of segments, so the text is scanned before, dotted keys counted in.

#include <cstdint>
#include <optional>
#include <string_view>

#include "scenario/diagnostics.hpp"
#include "scenario/read_options.hpp"
#include "scenario/value.hpp"

namespace lantian {

//! Reads a file's text; reports the first mistake and returns nothing when it is not TOML.
std::optional<Value> read_toml(std::string_view text, std::uint32_t file, Diagnostics& diagnostics,
                               const ReadLimits& limits = {});

//! Reads one value, such as the text of a CSV cell "{ pert = … }" that stands at `position`.
std::optional<Value> read_toml_value(std::string_view text, Position position,
                                     Diagnostics& diagnostics, const ReadLimits& limits = {});

//! Where the text is nested deeper than so many levels, if it is.
std::optional<Position> too_deep(std::string_view text, std::uint32_t file, std::uint64_t levels);

} // namespace lantian
