#pragma once
//! What one scenario's results look like before any number is there: its coordinates (the axes,
//! with their labels) and its variables (the arrays over them). The ensemble fills blocks of that
//! shape, the results floor writes them down; neither knows what the numbers mean.
//!
//! The rule: every variable has the replication as its first, unnamed axis; `dims` names the axes
//! after it, each the name of a coordinate of the same layout. A replication's values of a variable
//! are contiguous, the last axis running fastest. An axis of length zero is allowed (a scenario
//! without measures): its variables are there and empty, so that scenarios are alike to a reader.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/time.hpp"

namespace lantian {

//! Unit of a date held as a number: days since 1970-01-01, as `days_since_epoch` gives it.
inline constexpr char kDateUnit[] = "days since 1970-01-01";

//! A moment as a number in `kDateUnit` [d]; NaN for kNever.
double days_since_epoch(Time time);

//! A duration as a number [d].
double days_of(Duration duration);

//! A text or number attached to a scenario or a file; lists are for texts only.
struct Attribute {
  std::string name;
  std::variant<std::string, std::int64_t, std::uint64_t, double, std::vector<std::string>> value;
};

//! Axis of ids: measures, zones, milestones, ...
struct Labels {
  std::vector<std::string> ids;
};

//! Axis of intervals that touch: n + 1 bounds make n intervals [bounds[i], bounds[i + 1]).
struct Intervals {
  std::vector<Time> bounds;
};

//! Axis of calendar years.
struct Years {
  std::vector<std::int32_t> years;
};

//! One value for each label of an axis, such as a plant's name or latitude.
struct Companion {
  std::string name;        //!< written as `<coordinate>_<name>`, e.g. `plant_latitude`
  std::string long_name{}; //!< what it is, in words
  std::string unit{};      //!< for numbers; empty for texts
  std::variant<std::vector<std::string>, std::vector<double>> values;
};

//! A named axis. Its name is also the name of the dimension.
struct Coordinate {
  std::string name;
  std::string long_name{};
  std::variant<Labels, Intervals, Years> values;
  std::vector<Companion> companions{}; //!< usually `name` and `name_zh`

  //! Number of positions along the axis.
  std::size_t size() const;
};

//! One value of an int8 variable and its meaning (one word: letters, digits, `_`, `-`).
struct Flag {
  std::int8_t value;
  std::string meaning;
};

enum class ValueType {
  float64, //!< NaN is missing
  int8     //!< whole numbers from -128 to 127, never missing: give "unknown" a flag of its own
};

//! One array of the results, for every replication.
struct Variable {
  std::string name;
  std::vector<std::string> dims{}; //!< axes after the replication
  std::string unit{};              //!< UDUNITS spelling ("t", "kg", "d", "1"), `kDateUnit`, or CNY
  std::string long_name{};         //!< what it is, in words
  std::string cell_methods{};      //!< CF, e.g. "time: sum"; empty where none holds
  ValueType type = ValueType::float64;
  std::vector<Flag> flags{};        //!< for int8
  bool with_statistics = false;     //!< mean, standard error and quantiles over replications too
  std::vector<std::size_t> shape{}; //!< lengths of `dims`; filled in by Layout::add
  std::size_t size = 1;             //!< values a replication: the product of `shape`
};

//! The coordinates and variables of one scenario.
class Layout {
public:
  //! `scenario`: its id, the name of its group in the file. Throws std::invalid_argument if it
  //! is not made of letters, digits, `_` and `-`.
  explicit Layout(std::string scenario);

  const std::string& scenario() const { return scenario_; }

  //! Facts about the scenario for its readers (title, as_of, ...), in order of addition.
  std::vector<Attribute> attributes;

  //! Appends an axis. Throws std::invalid_argument on a bad or taken name, bounds out of order,
  //! repeated labels, or companions of another length.
  void add(Coordinate coordinate);

  //! Appends an array and returns its index: its place in Block::data. Throws
  //! std::invalid_argument on a bad or taken name, an unknown axis, or flags that do not fit.
  std::size_t add(Variable variable);

  std::span<const Coordinate> coordinates() const { return coordinates_; }
  std::span<const Variable> variables() const { return variables_; }

  //! Index of the variable of that name, if there is one.
  std::optional<std::size_t> find(std::string_view variable) const;

  //! The coordinate of that name, or null.
  const Coordinate* coordinate(std::string_view name) const;

  //! Values of all variables in one replication.
  std::size_t values_per_replication() const;

private:
  void claim_name(const std::string& name);

  std::string scenario_;
  std::vector<Coordinate> coordinates_;
  std::vector<Variable> variables_;
  std::vector<std::string> names_; // everything that becomes a dataset of the group
};

} // namespace lantian
