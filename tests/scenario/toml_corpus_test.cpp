// The conformance tests of TOML 1.0 (toml_corpus/README.md): what is not TOML is refused at a line
// and column, what is TOML reads as it should.

#include "scenario/toml_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#define BOOST_BIND_GLOBAL_PLACEHOLDERS // of the parser of JSON, which warns otherwise
#include <boost/property_tree/json_parser.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <toml++/toml.h>

#include "source_folder.hpp"

namespace lantian {
namespace {

namespace fs = std::filesystem;
using boost::property_tree::ptree;

constexpr int kParser = 100 * TOML_LIB_MAJOR + TOML_LIB_MINOR; //!< 303 is toml++ 3.3

//! A file that is not read as the standard says.
struct Exception {
  std::string file;
  int before; //!< the first version of the parser that reads it right
};

const std::vector<Exception>& exceptions() {
  static const std::vector<Exception> all;
  return all;
}

const fs::path& corpus() {
  static const fs::path path = source_folder() / "tests/scenario/toml_corpus";
  return path;
}

std::vector<std::string> files_of(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(corpus() / folder)) {
    if (entry.path().extension() == ".toml") {
      files.push_back(entry.path().lexically_relative(corpus()).generic_string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

//! What JSON of the corpus calls a value that is no table and no array.
struct Leaf {
  std::string type;
  std::string value;
};

//! Local time as written, to the second: the format of scenarios knows no fractions and no zones.
std::string text_of(const Date& date) {
  std::string text = format_time(date.time);
  switch (date.form) {
  case DateForm::date:
    return text.substr(0, std::size("yyyy-mm-dd") - 1);
  case DateForm::time_only:
    return "";
  default:
    text[10] = 'T';
    return text;
  }
}

Leaf leaf_of(const Value& value) {
  if (const auto* text = value.as_text()) {
    return {"string", *text};
  }
  if (const auto* integer = value.as_integer()) {
    return {"integer", fmt::format("{}", *integer)};
  }
  if (const auto* number = value.as_float()) {
    return {"float", fmt::format("{}", *number)};
  }
  if (const auto* boolean = value.as_boolean()) {
    return {"bool", *boolean ? "true" : "false"};
  }
  if (const auto* date = value.as_date()) {
    constexpr const char* kTypes[] = {"date-local", "datetime-local", "datetime", "time-local"};
    return {kTypes[static_cast<int>(date->form)], text_of(*date)};
  }
  return {value.type_name(), ""};
}

Leaf expected_leaf(const ptree& json) {
  Leaf leaf{json.get<std::string>("type"), json.get<std::string>("value")};
  if (leaf.type == "float") {
    leaf.value = fmt::format("{}", std::stod(leaf.value));
  } else if (leaf.type == "time-local") {
    leaf.value = "";
  } else if (leaf.type.starts_with("datetime")) {
    leaf.value = leaf.value.substr(0, std::size("yyyy-mm-ddThh:mm:ss") - 1);
    leaf.value[10] = 'T';
  }
  return leaf;
}

bool is_leaf(const ptree& json) {
  const auto has_text = [&](const char* key) {
    const auto found = json.find(key);
    return found != json.not_found() && found->second.empty();
  };
  return json.size() == 2 && has_text("type") && has_text("value");
}

//! Says where a value differs from what JSON says; "" if nowhere. The JSON of property trees tells
//! no empty table from an empty array, so those two are not told apart here either.
std::string difference(const Value& value, const ptree& json, const std::string& at) {
  if (is_leaf(json)) {
    const Leaf seen = leaf_of(value);
    const Leaf expected = expected_leaf(json);
    return seen.type == expected.type && seen.value == expected.value
               ? ""
               : fmt::format("{}: {} '{}', not {} '{}'", at, seen.type, seen.value, expected.type,
                             expected.value);
  }
  const TableValue* table = value.as_table();
  const Array* array = value.as_array();
  const std::size_t size = table != nullptr   ? table->members().size()
                           : array != nullptr ? array->size()
                                              : std::string::npos;
  if (size != json.size()) {
    return fmt::format("{}: {} members, not {}", at, size, json.size());
  }
  std::size_t i = 0;
  for (const auto& [key, inner] : json) {
    const Value* mine = table != nullptr ? table->find(key) : &(*array)[i];
    ++i;
    const std::string place = at + "." + (array != nullptr ? std::to_string(i) : key);
    const std::string found =
        mine == nullptr ? place + " is missing" : difference(*mine, inner, place);
    if (!found.empty()) {
      return found;
    }
  }
  return "";
}

//! Says what is wrong with how a file is read; "" if nothing.
std::string fault_of(const std::string& file) {
  Diagnostics diagnostics;
  const auto value = read_toml(bytes_of(corpus() / file), 0, diagnostics);
  if (file.starts_with("invalid")) {
    const auto mistakes = diagnostics.sorted();
    return value                                                        ? "it is read"
           : mistakes.front().line == 0 || mistakes.front().column == 0 ? "it has no place"
                                                                        : "";
  }
  if (!value) {
    return diagnostics.sorted().front().text();
  }
  ptree json;
  read_json(fs::path(corpus() / file).replace_extension(".json").string(), json);
  return difference(*value, json, "");
}

void expect_read_as_told(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    const auto known = std::find_if(exceptions().begin(), exceptions().end(),
                                    [&](const Exception& each) { return each.file == file; });
    const std::string fault = fault_of(file);
    if (known == exceptions().end() || kParser >= known->before) {
      EXPECT_EQ(fault, "") << file;
    } else {
      EXPECT_NE(fault, "") << file << " is read right: take it from the list of exceptions";
    }
  }
}

TEST(TomlCorpus, is_whole) {
  EXPECT_EQ(files_of("invalid").size(), 371u);
  EXPECT_EQ(files_of("valid").size(), 185u);
}

TEST(TomlCorpus, is_refused_at_a_line_and_column_where_it_is_not_toml) {
  expect_read_as_told(files_of("invalid"));
}

TEST(TomlCorpus, is_read_as_its_json_says_where_it_is_toml) {
  expect_read_as_told(files_of("valid"));
}

} // namespace
} // namespace lantian
