#pragma once

// Splits CSV as in RFC 4180 into cells: comma, double quotes doubled inside quotes, CRLF or LF, an
// optional UTF-8 byte order mark, a header row. Blanks around a cell are dropped.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostics.hpp"
#include "scenario/read_options.hpp"
#include "scenario/value.hpp"

namespace lantian {

//! A cell and where it stands.
struct CsvCell {
  std::string text;
  Position position;
};

//! A header and rows of the same length.
struct CsvTable {
  std::vector<CsvCell> header;
  std::vector<std::vector<CsvCell>> rows;
};

//! Splits the text into cells; reports what is no UTF-8, unfinished quotes, ragged rows, empty and
//! double headers, and where there are too many rows, columns or cells.
std::optional<CsvTable> read_csv(std::string_view text, std::uint32_t file,
                                 Diagnostics& diagnostics, const ReadLimits& limits = {});

} // namespace lantian
