#include "scenario/csv_table.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "scenario/utf8.hpp"

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

bool check_header(const std::vector<CsvCell>& header, std::uint64_t levels,
                  Diagnostics& diagnostics) {
  std::map<std::string, Position> seen;
  bool good = true;
  for (const CsvCell& cell : header) {
    const bool has_empty_part = cell.text.empty() || cell.text.front() == '.' ||
                                cell.text.back() == '.' ||
                                cell.text.find("..") != std::string::npos;
    if (has_empty_part) {
      diagnostics.error(cell.position, "", "a column has no name");
      good = false;
    } else if (static_cast<std::uint64_t>(std::count(cell.text.begin(), cell.text.end(), '.')) >=
               levels) {
      diagnostics.error(cell.position, "",
                        fmt::format("the column's name has more than {} parts", levels));
      good = false;
    } else if (!seen.emplace(cell.text, cell.position).second) {
      diagnostics.error(cell.position, "",
                        fmt::format("the column '{}' is there twice", cell.text));
      good = false;
    }
  }
  return good;
}

//! Reads records into a table, and says what is wrong with its shape.
class TableBuilder {
public:
  TableBuilder(Diagnostics& diagnostics, const ReadLimits& limits)
      : diagnostics_(diagnostics), limits_(limits) {}

  //! False where nothing more is to be read.
  bool take(std::vector<CsvCell> record) {
    if (table_.header.empty()) {
      table_.header = std::move(record);
      is_good_ = !is_too_wide() && check_header(table_.header, limits_.toml_depth, diagnostics_);
      return table_.header.size() <= limits_.columns;
    }
    if (table_.rows.size() == limits_.rows) {
      return stop(record.front().position, "rows", limits_.rows);
    }
    if (record.size() != table_.header.size()) {
      report_ragged(record);
      return true;
    }
    cells_ += record.size();
    if (cells_ > limits_.cells) {
      return stop(record.front().position, "cells", limits_.cells);
    }
    table_.rows.push_back(std::move(record));
    return true;
  }

  bool has_header() const { return !table_.header.empty(); }

  std::optional<CsvTable> finish() {
    return is_good_ ? std::optional(std::move(table_)) : std::nullopt;
  }

private:
  bool stop(Position position, std::string_view what, std::uint64_t most) {
    diagnostics_.error(position, "",
                       fmt::format("the table has more than {} {}: {}, {}", most, what, kSplit,
                                   limit_advice(what, static_cast<double>(most) + 1)));
    return is_good_ = false;
  }

  bool is_too_wide() {
    if (table_.header.size() <= limits_.columns) {
      return false;
    }
    diagnostics_.error(
        table_.header[limits_.columns].position, "",
        fmt::format("the table has {} columns; at most {} are read: give what varies in rows, {}",
                    table_.header.size(), limits_.columns,
                    limit_advice("columns", static_cast<double>(table_.header.size()))));
    return true;
  }

  //! A row that is too long often has a number with commas in it.
  void report_ragged(const std::vector<CsvCell>& record) {
    const bool is_long = record.size() > table_.header.size();
    diagnostics_.error(record.front().position, "",
                       fmt::format("the row has {} cells, the header has {}{}", record.size(),
                                   table_.header.size(),
                                   is_long ? ": a cell with a comma in it stands in quotes, and a "
                                             "number has neither a decimal comma nor separators of "
                                             "thousands"
                                           : ""));
    is_good_ = false;
  }

  Diagnostics& diagnostics_;
  const ReadLimits& limits_;
  CsvTable table_;
  std::uint64_t cells_ = 0;
  bool is_good_ = true;
};

} // namespace

std::optional<CsvTable> read_csv(std::string_view text, std::uint32_t file,
                                 Diagnostics& diagnostics, const ReadLimits& limits) {
  if (const std::size_t at = first_no_text(text); at != text.npos) {
    diagnostics.error(position_at(text, at, file), "", no_text_reason(text, at));
    return std::nullopt;
  }
  CsvScanner scanner(text, file, diagnostics);
  TableBuilder table(diagnostics, limits);
  while (!scanner.at_end()) {
    std::vector<CsvCell> record = scanner.record();
    if (scanner.failed()) {
      return std::nullopt;
    }
    const bool is_blank_line = record.size() == 1 && record[0].text.empty();
    if (!is_blank_line && !table.take(std::move(record))) {
      return std::nullopt;
    }
  }
  if (!table.has_header()) {
    diagnostics.error(Position{file, 1, 1}, "",
                      "the table is empty: it needs a header row with a column 'id'");
    return std::nullopt;
  }
  return table.finish();
}

} // namespace lantian
