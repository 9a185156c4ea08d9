#include "scenario/csv_reader.hpp"

#include <utility>

#include <fmt/format.h>

#include "scenario/toml_reader.hpp"

namespace lantian {

namespace {

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

std::optional<Value> cell_value(const CsvCell& cell, Diagnostics& diagnostics,
                                const ReadLimits& limits) {
  if (cell.text.front() == '{' || cell.text.front() == '[') {
    return read_toml_value(cell.text, cell.position, diagnostics, limits);
  }
  Value value;
  value.data = cell.text;
  value.position = cell.position;
  value.is_cell = true;
  return value;
}

Value row_value(const CsvTable& table, const std::vector<CsvCell>& row, std::size_t id_column,
                Diagnostics& diagnostics, const ReadLimits& limits) {
  TableValue members;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i == id_column || row[i].text.empty()) {
      continue;
    }
    auto value = cell_value(row[i], diagnostics, limits);
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
  const std::string& first = table.header.front().text;
  for (const char sign : {';', '\t'}) {
    if (table.header.size() == 1 && first.find(sign) != std::string::npos) {
      diagnostics.error(Position{file, 1, 1}, "",
                        fmt::format("the table has one column: cells are separated by commas, not "
                                    "by {}",
                                    sign == ';' ? "semicolons" : "tabs"));
      return std::nullopt;
    }
  }
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

} // namespace

std::optional<Value> read_csv_rows(std::string_view text, std::uint32_t file,
                                   Diagnostics& diagnostics, const ReadLimits& limits) {
  const auto table = read_csv(text, file, diagnostics, limits);
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
    rows.set(id.text, id.position, row_value(*table, row, *id_column, diagnostics, limits));
  }
  Value value;
  value.data = std::move(rows);
  value.position = {file, 1, 1};
  return value;
}

} // namespace lantian
