#pragma once

// Reads a CSV file as a table of the format. Each row becomes a table keyed by its cell in the
// column `id`; a column `emits.NOx.raw` is a nested key; an empty cell is absent; a cell that
// begins with { or [ is a TOML value; any other cell is text whose type the field decides.

#include <cstdint>
#include <optional>
#include <string_view>

#include "scenario/csv_table.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/read_options.hpp"
#include "scenario/value.hpp"

namespace lantian {

//! A table of rows keyed by the column `id`, as if written [ID] in TOML.
std::optional<Value> read_csv_rows(std::string_view text, std::uint32_t file,
                                   Diagnostics& diagnostics, const ReadLimits& limits = {});

} // namespace lantian
