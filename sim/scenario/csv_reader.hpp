#pragma once

// Reads CSV as in RFC 4180: comma, double quotes doubled inside quotes, CRLF or LF, an optional
// UTF-8 byte order mark, a header row. Each row becomes a table keyed by its cell in the column
// `id`; a column `emits.NOx.raw` is a nested key; an empty cell is absent; a cell that begins with
// { or [ is a TOML value; any other cell is text whose type the field decides. Blanks around a cell
// are dropped.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostics.hpp"
#include "scenario/value.hpp"

namespace lantian {

inline constexpr std::size_t kLargestCsv = 256u << 20; //!< [bytes]
inline constexpr std::size_t kMostCsvRows = 2'000'000; //!< without the header
inline constexpr std::size_t kMostCsvColumns = 10'000;

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

//! Splits the text into cells; reports unfinished quotes, ragged rows, empty and double headers,
//! and where there are too many bytes, rows or columns.
std::optional<CsvTable> read_csv(std::string_view text, std::uint32_t file,
                                 Diagnostics& diagnostics);

//! A table of rows keyed by the column `id`, as if written [ID] in TOML.
std::optional<Value> read_csv_rows(std::string_view text, std::uint32_t file,
                                   Diagnostics& diagnostics);

} // namespace lantian
