#pragma once

// What the outside world may know of a field: the part of a FieldTable that does not depend on the
// struct it fills. The JSON Schema, the reference, `explain` and the typing of CSV cells walk
// these.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/units.hpp"

namespace lantian {

enum class FieldType : std::uint8_t {
  text,      //!< "…"
  id,        //!< ASCII letters, digits, _ and -
  reference, //!< id of a row of another table
  integer,
  boolean,
  date,          //!< 2024-03-31, or 2024-03-31T12:00:00
  month_day,     //!< "10-15"
  windows,       //!< ["03-15 to 11-15"]
  duration,      //!< "2 h": fixed, in whole seconds
  fixed,         //!< a fixed quantity: no parameter, no distribution
  number,        //!< a Number
  choice,        //!< one of a few words
  table,         //!< a table with fields of its own
  tables,        //!< a list of such tables
  keyed_tables,  //!< tables keyed by id
  keyed_lists,   //!< lists of tables keyed by id
  keyed_numbers, //!< Numbers keyed by id
  texts,         //!< a list of texts
  references,    //!< a list of ids of rows of another table
  fixed_list,    //!< a list of fixed quantities
  choices,       //!< a list of a few words
  files,         //!< a file name or a list of them
  file_tables,   //!< such, keyed by table
  kinds,         //!< tables keyed by id, each read by the Kind named in its key `kind`
};

class TableInfo;
struct Kind;

//! What may be said of a field when it is declared. Bounds are in base units and inclusive.
struct FieldOptions {
  std::string doc{};                                     //!< one line
  bool required = false;                                 //!< must be given
  std::optional<Dimension> dimension{};                  //!< of a quantity; absent: any
  std::string unit{};                                    //!< to show as example: "t/year"
  double low = -std::numeric_limits<double>::infinity(); //!< least allowed
  double high = std::numeric_limits<double>::infinity(); //!< greatest allowed
  bool above_low = false;                                //!< `low` itself is not allowed
  std::string preset{};                                  //!< the default, as in the reference
  std::string table{};                                   //!< table that a reference points to
  bool chance = false;                                   //!< drawn at each use
  std::size_t count = 0;                                 //!< length of a list; 0 is any
  bool or_count = false; //!< instead of tables by id an integer may say how many there are
};

//! A field as declared.
struct FieldInfo {
  std::string name; //!< "*" stands for every other key of the table
  FieldType type = FieldType::text;
  FieldOptions options;
  std::vector<std::string> choices;
  const TableInfo* table = nullptr;         //!< of table, tables, keyed_tables, keyed_lists
  const std::vector<Kind>* kinds = nullptr; //!< of kinds
};

//! Fields of one table of the format, and the rules between them.
class TableInfo {
public:
  TableInfo(std::string name, std::string doc) : name_(std::move(name)), doc_(std::move(doc)) {}

  const std::string& name() const { return name_; }
  const std::string& doc() const { return doc_; }
  const std::vector<FieldInfo>& infos() const { return infos_; }
  //! The field of that name, else the one for every other key, else null.
  const FieldInfo* find(std::string_view name) const;
  //! Groups of which exactly one, or at most one, may be given; pairs of which the first needs the
  //! second.
  const std::vector<std::vector<std::string>>& exactly_one_groups() const { return exactly_one_; }
  const std::vector<std::vector<std::string>>& at_most_one_groups() const { return at_most_one_; }
  const std::vector<std::pair<std::string, std::string>>& needs() const { return needs_; }

protected:
  ~TableInfo() = default;
  TableInfo(const TableInfo&) = default;
  TableInfo& operator=(const TableInfo&) = default;

  //! Takes over the rules between fields of another table.
  void include_rules(const TableInfo& other);

  std::string name_;
  std::string doc_;
  std::vector<FieldInfo> infos_;
  std::vector<std::vector<std::string>> exactly_one_;
  std::vector<std::vector<std::string>> at_most_one_;
  std::vector<std::pair<std::string, std::string>> needs_;
};

} // namespace lantian
