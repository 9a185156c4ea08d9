#pragma once

// The tree that files are read into: TOML and CSV alike, with the position of every key and value,
// so that a mistake found later can still say where it stands. Merging works on this tree; nothing
// after loading sees it.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "kernel/time.hpp"

namespace lantian {

//! A place in an input file.
struct Position {
  std::uint32_t file = 0;   //!< index in Document::files
  std::uint32_t line = 0;   //!< from 1
  std::uint32_t column = 0; //!< from 1, in characters
};

//! What TOML can write as a date. Fields accept the first two.
enum class DateForm : std::uint8_t { date, date_time, with_offset, time_only };

//! A date, or a date with a time of day.
struct Date {
  Time time;
  DateForm form = DateForm::date;
};

struct Member;
struct Value;
using Array = std::vector<Value>;

//! A table in the order of its keys in the file. Finding a key is a hash lookup in large tables.
class TableValue {
public:
  const Value* find(std::string_view key) const;
  Value* find(std::string_view key);
  const Member* member(std::string_view key) const;
  //! Adds the key, or replaces its value; returns the value.
  Value& set(std::string key, Position key_position, Value value);
  void erase(std::string_view key);
  const std::vector<Member>& members() const { return members_; }
  std::vector<Member>& members() {
    return members_;
  } //!< keys and their order must stay as they are
  bool empty() const;

  bool is_inline = false; //!< written { in braces }, or in a CSV cell

private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>{}(key);
    }
  };
  std::size_t place_of(std::string_view key) const;
  void index_all();

  std::vector<Member> members_;
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> places_; //!< when large
};

struct Value {
  std::variant<std::string, bool, std::int64_t, double, Date, Array, TableValue> data;
  Position position;
  bool is_cell = false; //!< a CSV cell whose type the field is still to decide; data is its text

  const std::string* as_text() const { return std::get_if<std::string>(&data); }
  const bool* as_boolean() const { return std::get_if<bool>(&data); }
  const std::int64_t* as_integer() const { return std::get_if<std::int64_t>(&data); }
  const double* as_float() const { return std::get_if<double>(&data); }
  const Date* as_date() const { return std::get_if<Date>(&data); }
  const Array* as_array() const { return std::get_if<Array>(&data); }
  Array* as_array() { return std::get_if<Array>(&data); }
  const TableValue* as_table() const { return std::get_if<TableValue>(&data); }
  TableValue* as_table() { return std::get_if<TableValue>(&data); }
  //! "a text", "an integer", "a table", …
  std::string type_name() const;
};

struct Member {
  std::string key;
  Position key_position;
  Value value;
};

//! A file that was read.
struct SourceFile {
  std::string shown; //!< its path as the user sees it
  std::string path;  //!< relative to the scenario's folder
  std::string bytes;
};

//! The merged scenario and the files that it came from.
struct Document {
  std::string name; //!< stem of the top file
  std::vector<SourceFile> files;
  Value root;
  std::vector<Member> removed; //!< key path and position of each table with `enabled = false`

  //! Value at a key path such as "sources.sinter.emits.NOx" or "measures.a.stages[permit].cost"
  //! (list items by id, or by number from 1); null when there is none.
  const Value* find(std::string_view path) const;
  //! Position of the deepest existing part of the path.
  Position position_of(std::string_view path) const;
};

} // namespace lantian
