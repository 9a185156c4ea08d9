#include "scenario/csv_reader.hpp"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "scenario/toml_reader.hpp"

namespace lantian {

namespace {

constexpr std::string_view kSplit = "split it into several, which one table may name in an array";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

//! Splits into records; positions count characters, not bytes.
class CsvScanner {
public:
  CsvScanner(std::string_view text, std::uint32_t file, Diagnostics& diagnostics)
      : text_(text), diagnostics_(diagnostics), position_{file, 1, 1} {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") {
      at_ = 3;
    }
  }

  bool at_end() const { return at_ >= text_.size(); }
  bool failed() const { return failed_; }

  //! Cells of the next record; a blank line gives one empty cell.
  std::vector<CsvCell> record() {
    std::vector<CsvCell> cells;
    while (!failed_) {
      cells.push_back(cell());
      if (at_end() || failed_) {
        break;
      }
      if (text_[at_] == ',') {
        advance();
        if (!at_end()) {
          continue;
        }
        cells.push_back({"", position_});
        break;
      }
      end_line();
      break;
    }
    return cells;
  }

private:
  CsvCell cell() {
    while (!at_end() && is_blank(text_[at_])) {
      advance();
    }
    CsvCell cell{"", position_};
    if (!at_end() && text_[at_] == '"') {
      quoted(cell);
      return cell;
    }
    while (!at_end() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
      if (text_[at_] == '"') {
        fail(position_, "a quote inside a cell: put the whole cell in quotes and double it");
        return cell;
      }
      cell.text.push_back(text_[at_]);
      advance();
    }
    while (!cell.text.empty() && is_blank(cell.text.back())) {
      cell.text.pop_back();
    }
    return cell;
  }

  void quoted(CsvCell& cell) {
    advance();
    while (!at_end()) {
      if (text_[at_] == '"') {
        if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
          advance();
          after_quote();
          return;
        }
        advance();
      }
      cell.text.push_back(text_[at_]);
      advance();
    }
    fail(cell.position, "the quote that begins here is not closed");
  }

  void after_quote() {
    while (!at_end() && is_blank(text_[at_])) {
      advance();
    }
    if (!at_end() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
      fail(position_, "text after the closing quote: a quote inside quotes is written twice");
    }
  }

  void end_line() {
    if (text_[at_] == '\r') {
      advance();
      if (at_end() || text_[at_] != '\n') {
        fail(position_, "a carriage return without a line feed");
        return;
      }
    }
    advance();
  }

  void advance() {
    const char c = text_[at_++];
    if (c == '\n') {
      ++position_.line;
      position_.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++position_.column;
    }
  }

  void fail(Position position, std::string message) {
    diagnostics_.error(position, "", std::move(message));
    failed_ = true;
  }

  std::string_view text_;
  Diagnostics& diagnostics_;
  Position position_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

bool check_header(const std::vector<CsvCell>& header, Diagnostics& diagnostics) {
  std::map<std::string, Position> seen;
  bool good = true;
  for (const CsvCell& cell : header) {
    const bool has_empty_part = cell.text.empty() || cell.text.front() == '.' ||
                                cell.text.back() == '.' ||
                                cell.text.find("..") != std::string::npos;
    if (has_empty_part) {
      diagnostics.error(cell.position, "", "a column has no name");
      good = false;
    } else if (!seen.emplace(cell.text, cell.position).second) {
      diagnostics.error(cell.position, "",
                        fmt::format("the column '{}' is there twice", cell.text));
      good = false;
    }
  }
  return good;
}

//! Sets a nested key a.b.c; false when a part of it already has a value.
bool set_nested(TableValue& table, std::string_view path, Position key_position, Value value) {
  const std::size_t dot = path.find('.');
  const std::string key(path.substr(0, dot));
  if (dot == std::string_view::npos) {
    if (table.find(key) != nullptr) {
      return false;
    }
    table.set(key, key_position, std::move(value));
    return true;
  }
  Value* inner = table.find(key);
  if (inner == nullptr) {
    Value fresh;
    fresh.data = TableValue{};
    fresh.position = value.position;
    inner = &table.set(key, key_position, std::move(fresh));
  }
  TableValue* nested = inner->as_table();
  return nested != nullptr &&
         set_nested(*nested, path.substr(dot + 1), key_position, std::move(value));
}

std::optional<Value> cell_value(const CsvCell& cell, Diagnostics& diagnostics) {
  if (cell.text.front() == '{' || cell.text.front() == '[') {
    return read_toml_value(cell.text, cell.position, diagnostics);
  }
  Value value;
  value.data = cell.text;
  value.position = cell.position;
  value.is_cell = true;
  return value;
}

Value row_value(const CsvTable& table, const std::vector<CsvCell>& row, std::size_t id_column,
                Diagnostics& diagnostics) {
  TableValue members;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i == id_column || row[i].text.empty()) {
      continue;
    }
    auto value = cell_value(row[i], diagnostics);
    const std::string& name = table.header[i].text;
    const Position position = row[i].position;
    if (value && !set_nested(members, name, position, std::move(*value))) {
      diagnostics.error(
          position, "",
          fmt::format("the column '{}' contradicts another column of this row", name));
    }
  }
  Value value;
  value.data = std::move(members);
  value.position = row[id_column].position;
  return value;
}

std::optional<std::size_t> id_column_of(const CsvTable& table, std::uint32_t file,
                                        Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    if (table.header[i].text == "id") {
      return i;
    }
    names.push_back(table.header[i].text);
  }
  diagnostics.error(Position{file, 1, 1}, "",
                    "the table has no column 'id'" + did_you_mean("id", names));
  return std::nullopt;
}

bool is_too_wide(const std::vector<CsvCell>& header, Diagnostics& diagnostics) {
  if (header.size() <= kMostCsvColumns) {
    return false;
  }
  diagnostics.error(header[kMostCsvColumns].position, "",
                    fmt::format("the table has {} columns; at most {} are read: give what varies "
                                "in rows",
                                header.size(), kMostCsvColumns));
  return true;
}

} // namespace

std::optional<CsvTable> read_csv(std::string_view text, std::uint32_t file,
                                 Diagnostics& diagnostics) {
  const Position begin{file, 1, 1};
  if (text.size() > kLargestCsv) {
    diagnostics.error(begin, "",
                      fmt::format("the file has {} bytes; at most {} (256 MB) are read: {}",
                                  text.size(), kLargestCsv, kSplit));
    return std::nullopt;
  }
  CsvScanner scanner(text, file, diagnostics);
  CsvTable table;
  bool good = true;
  while (!scanner.at_end() && !scanner.failed()) {
    std::vector<CsvCell> record = scanner.record();
    const bool is_blank_line = record.size() == 1 && record[0].text.empty();
    if (scanner.failed() || is_blank_line) {
      continue;
    }
    if (table.header.empty()) {
      if (is_too_wide(record, diagnostics)) {
        return std::nullopt;
      }
      table.header = std::move(record);
      good = check_header(table.header, diagnostics);
    } else if (table.rows.size() == kMostCsvRows) {
      diagnostics.error(record.front().position, "",
                        fmt::format("the table has more than {} rows: {}", kMostCsvRows, kSplit));
      return std::nullopt;
    } else if (record.size() != table.header.size()) {
      diagnostics.error(record.front().position, "",
                        fmt::format("the row has {} cells, the header has {}", record.size(),
                                    table.header.size()));
      good = false;
    } else {
      table.rows.push_back(std::move(record));
    }
  }
  if (table.header.empty() && !scanner.failed()) {
    diagnostics.error(begin, "", "the table is empty: it needs a header row with a column 'id'");
    return std::nullopt;
  }
  return good && !scanner.failed() ? std::optional(std::move(table)) : std::nullopt;
}

std::optional<Value> read_csv_rows(std::string_view text, std::uint32_t file,
                                   Diagnostics& diagnostics) {
  const auto table = read_csv(text, file, diagnostics);
  if (!table) {
    return std::nullopt;
  }
  const auto id_column = id_column_of(*table, file, diagnostics);
  if (!id_column) {
    return std::nullopt;
  }
  TableValue rows;
  for (const auto& row : table->rows) {
    const CsvCell& id = row[*id_column];
    if (id.text.empty()) {
      diagnostics.error(row.front().position, "", "the row has no id");
      continue;
    }
    if (const Member* twin = rows.member(id.text)) {
      diagnostics.error(
          id.position, "",
          fmt::format("the id '{}' is already that of line {}", id.text, twin->key_position.line));
      continue;
    }
    rows.set(id.text, id.position, row_value(*table, row, *id_column, diagnostics));
  }
  Value value;
  value.data = std::move(rows);
  value.position = {file, 1, 1};
  return value;
}

} // namespace lantian
