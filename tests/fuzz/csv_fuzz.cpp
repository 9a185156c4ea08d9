// CSV tables: what is read is a rectangle whose cells stand in the file, and reads the same when it
// is written again; what is refused is refused at a place in the file.

#include "fuzz/places.hpp"
#include "scenario/csv_reader.hpp"

namespace lantian::fuzz {
namespace {

std::string quoted(const std::string& cell) {
  std::string text = "\"";
  for (const char c : cell) {
    text += c == '"' ? "\"\"" : std::string(1, c);
  }
  return text + "\"";
}

std::string line_of(const std::vector<CsvCell>& cells) {
  std::string line;
  for (const CsvCell& cell : cells) {
    line += (&cell == &cells.front() ? "" : ",") + quoted(cell.text);
  }
  return line + "\n";
}

std::string written(const CsvTable& table) {
  std::string text = line_of(table.header);
  for (const auto& row : table.rows) {
    text += line_of(row);
  }
  return text;
}

void check_table(std::string_view text) {
  Diagnostics diagnostics;
  const auto table = read_csv(text, 0, diagnostics);
  if (!table) {
    require_places(diagnostics, text);
    return;
  }
  require(diagnostics.empty(), "what is read has no mistake");
  for (const auto& row : table->rows) {
    require(row.size() == table->header.size(), "a row is as long as the header");
    for (const CsvCell& cell : row) {
      require_within(text, cell.position.line, cell.position.column, cell.text);
    }
  }
  const std::string once = written(*table);
  const auto again = read_csv(once, 0, diagnostics);
  require(again && written(*again) == once, "a table that is written reads the same", once);
}

void check_rows(std::string_view text) {
  Diagnostics diagnostics;
  if (!read_csv_rows(text, 0, diagnostics) || !diagnostics.empty()) {
    require_places(diagnostics, text);
  }
}

} // namespace
} // namespace lantian::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = lantian::fuzz::text_of(data, size);
  lantian::fuzz::check_table(text);
  lantian::fuzz::check_rows(text);
  return 0;
}
