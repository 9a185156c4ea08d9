#include "scenario/empirical_files.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenario/csv_table.hpp"

namespace lantian {

namespace {

class EmpiricalFiles {
public:
  EmpiricalFiles(Document& document, FileReader& reader, Diagnostics& diagnostics)
      : document_(document), reader_(reader), diagnostics_(diagnostics) {}

  void walk(Value& value, const std::string& path) {
    if (Array* array = value.as_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        walk((*array)[i], fmt::format("{}[{}]", path, i + 1));
      }
    } else if (TableValue* table = value.as_table()) {
      for (Member& member : table->members()) {
        const std::string inner = path.empty() ? member.key : path + "." + member.key;
        TableValue* arguments = member.value.as_table();
        if (member.key == "empirical" && arguments != nullptr && is_text(arguments->find("file"))) {
          read(*arguments, inner);
        } else {
          walk(member.value, inner);
        }
      }
    }
  }

private:
  static bool is_text(const Value* value) {
    return value != nullptr && value->as_text() != nullptr;
  }

  void read(TableValue& arguments, const std::string& path) {
    const Value stated = *arguments.find("file");
    const std::string from = document_.files[stated.position.file].path;
    const auto file_path = reader_.resolve(from, stated, path + ".file");
    const auto file = file_path ? reader_.read(*file_path, &stated, path + ".file") : std::nullopt;
    const auto table =
        file ? read_csv(document_.files[*file].bytes, *file, diagnostics_, reader_.limits())
             : std::nullopt;
    Value values;
    values.position = stated.position;
    values.data = table ? column_of(*table, arguments, path) : Array{};
    if (std::get<Array>(values.data).empty()) {
      return; // reported
    }
    const Position position = arguments.member("file")->key_position;
    arguments.erase("file");
    arguments.erase("column");
    arguments.erase("unit");
    arguments.set("values", position, std::move(values));
  }

  Array column_of(const CsvTable& table, const TableValue& arguments, const std::string& path) {
    const Value* column = arguments.find("column");
    const Value* unit = arguments.find("unit");
    const std::string name = is_text(column) ? *column->as_text() : table.header.front().text;
    const std::string suffix = is_text(unit) ? " " + *unit->as_text() : "";
    std::vector<std::string> names;
    Array values;
    for (std::size_t i = 0; i < table.header.size(); ++i) {
      names.push_back(table.header[i].text);
      if (table.header[i].text != name) {
        continue;
      }
      for (const auto& row : table.rows) {
        Value value;
        value.data = row[i].text + suffix;
        value.position = row[i].position;
        values.push_back(std::move(value));
      }
      if (values.empty()) {
        diagnostics_.error(table.header[i].position, path, "the column has no values");
      }
      return values;
    }
    diagnostics_.error(
        column->position, path + ".column",
        fmt::format("the file has no column '{}'{}", name, did_you_mean(name, names)));
    return values;
  }

  Document& document_;
  FileReader& reader_;
  Diagnostics& diagnostics_;
};

} // namespace

void read_empirical_files(Document& document, FileReader& reader, Diagnostics& diagnostics) {
  EmpiricalFiles(document, reader, diagnostics).walk(document.root, "");
}

} // namespace lantian
