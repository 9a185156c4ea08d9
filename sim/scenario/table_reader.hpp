#pragma once

// A TableReader reads the fields of one table of the tree. Each `read_…` checks type, unit and
// range, reports every mistake with its position, and returns nothing when it found one, so that
// reading goes on and all mistakes come out at once.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kernel/calendar.hpp"
#include "kernel/time.hpp"
#include "scenario/field_info.hpp"
#include "scenario/number.hpp"
#include "scenario/table.hpp"
#include "scenario/value.hpp"

namespace lantian {

class ReadContext;

//! One value to be read as one field.
struct FieldInput {
  ReadContext& context;
  const FieldInfo& info;
  const Value& value;
  std::string path; //!< key path of the value

  //! Reports a mistake at the value.
  void error(std::string message) const;
  //! The same field for an item of a list or a value of a map.
  FieldInput item(const Value& of, std::string path_of) const;
};

std::optional<std::string> read_text(const FieldInput& input);
std::optional<std::string> read_id(const FieldInput& input);
std::optional<Index> read_reference(const FieldInput& input);
std::optional<std::int64_t> read_integer(const FieldInput& input);
std::optional<bool> read_boolean(const FieldInput& input);
std::optional<Time> read_date(const FieldInput& input);
std::optional<std::chrono::month_day> read_month_day(const FieldInput& input);
std::optional<std::vector<Season>> read_windows(const FieldInput& input);
std::optional<Duration> read_duration(const FieldInput& input);
std::optional<double> read_fixed(const FieldInput& input);
std::optional<Number> read_number(const FieldInput& input);
//! Index in info.choices.
std::optional<std::size_t> read_choice(const FieldInput& input);
std::optional<std::vector<std::size_t>> read_choices(const FieldInput& input);
std::optional<std::vector<std::string>> read_texts(const FieldInput& input);
std::optional<std::vector<Index>> read_references(const FieldInput& input);
std::optional<std::vector<double>> read_fixed_list(const FieldInput& input);
//! Keys are references to options.table; sorted by index.
std::optional<std::vector<std::pair<Index, Number>>> read_keyed_numbers(const FieldInput& input);

//! Reads one table.
class TableReader {
public:
  TableReader(ReadContext& context, const Value& table, std::string path)
      : context_(context), table_(table), path_(std::move(path)) {}

  ReadContext& context() const { return context_; }
  const std::string& path() const { return path_; }
  //! Value of a key, or null.
  const Value* find(std::string_view key) const;
  FieldInput input(const FieldInfo& info, const Value& value) const;
  FieldInput input(const FieldInfo& info, const Member& member) const;
  //! The table itself, as the value of a field.
  FieldInput whole(const FieldInfo& info) const { return {context_, info, table_, path_}; }
  //! Reports a mistake at a key of this table ("" is the table itself).
  void error(std::string_view key, std::string message) const;
  //! False when a value of this row could not be read: what it says is not the whole then.
  bool is_read(std::string_view key = "") const;
  //! Reports keys that no field knows, required fields that are absent, and the rules between
  //! fields.
  void check_keys(const TableInfo& info) const;
  //! Fields that check_keys() knows besides those of the table that is read.
  void allow_also(const TableInfo& info) { also_ = &info; }
  //! Values of the keys that have no field of their own (for the field "*"), sorted by key.
  std::vector<const Member*> others(const TableInfo& info) const;

private:
  void check_rules(const TableInfo& info) const;

  ReadContext& context_;
  const Value& table_;
  std::string path_;
  const TableInfo* also_ = nullptr;
};

//! The tables in a list, each with the path of its item; reports items that are not tables.
std::vector<TableReader> list_items(const FieldInput& input);
//! A table of tables: (key, reader) sorted by key; reports values that are not tables.
std::vector<std::pair<std::string, TableReader>> keyed_items(const FieldInput& input);
//! A table of anything: (key, input of its value) sorted by key.
std::vector<std::pair<std::string, FieldInput>> keyed_values(const FieldInput& input);
//! A single table; reports a value that is not one.
std::optional<TableReader> nested_table(const FieldInput& input);
//! Key of a map as reference to options.table; reports an unknown one.
std::optional<Index> read_key(const FieldInput& input, const std::string& key);

} // namespace lantian
