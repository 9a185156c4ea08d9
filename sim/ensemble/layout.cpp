#include "ensemble/layout.hpp"

#include "ensemble/require.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

namespace lantian {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

bool is_word(std::string_view text) {
  return !text.empty() && text.front() != '-' && std::ranges::all_of(text, is_name_character);
}

std::size_t length(const Companion& companion) {
  return std::visit([](const auto& values) { return values.size(); }, companion.values);
}

void check_values(const std::string& name, const Labels& labels) {
  const std::set<std::string> distinct(labels.ids.begin(), labels.ids.end());
  require(distinct.size() == labels.ids.size(), fmt::format("axis {}: labels repeat", name));
}

void check_values(const std::string& name, const Intervals& intervals) {
  const auto& bounds = intervals.bounds;
  require(bounds.size() >= 2, fmt::format("axis {}: needs at least two bounds", name));
  require(std::ranges::adjacent_find(bounds, std::greater_equal{}) == bounds.end(),
          fmt::format("axis {}: bounds must increase", name));
}

void check_values(const std::string& name, const Years& years) {
  require(std::ranges::adjacent_find(years.years, std::greater_equal{}) == years.years.end(),
          fmt::format("axis {}: years must increase", name));
}

void check_flags(const Variable& variable) {
  require(variable.flags.empty() || variable.type == ValueType::int8,
          fmt::format("variable {}: only an int8 variable has flags", variable.name));
  std::set<std::int8_t> values;
  for (const Flag& flag : variable.flags) {
    require(is_word(flag.meaning), fmt::format("variable {}: flag meaning '{}' is not one word",
                                               variable.name, flag.meaning));
    require(values.insert(flag.value).second,
            fmt::format("variable {}: flag {} stands twice", variable.name, flag.value));
  }
}

} // namespace

double days_since_epoch(Time time) {
  if (time == kNever) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return static_cast<double>(time.time_since_epoch().count()) / 86400.0;
}

double days_of(Duration duration) {
  return static_cast<double>(duration.count()) / 86400.0;
}

std::size_t Coordinate::size() const {
  if (const auto* labels = std::get_if<Labels>(&values)) {
    return labels->ids.size();
  }
  if (const auto* intervals = std::get_if<Intervals>(&values)) {
    return intervals->bounds.empty() ? 0 : intervals->bounds.size() - 1;
  }
  return std::get<Years>(values).years.size();
}

Layout::Layout(std::string scenario) : scenario_(std::move(scenario)) {
  require(is_word(scenario_), fmt::format("scenario '{}': not a valid id", scenario_));
  names_ = {"replication", "parameter_draw", "chance_draw", "quantile", "bnds", "log"};
}

void Layout::claim_name(const std::string& name) {
  require(is_word(name), fmt::format("'{}' is not a valid name: letters, digits, _ and -", name));
  require(std::ranges::find(names_, name) == names_.end(),
          fmt::format("the name {} is taken", name));
  names_.push_back(name);
}

void Layout::add(Coordinate coordinate) {
  std::visit([&](const auto& values) { check_values(coordinate.name, values); }, coordinate.values);
  claim_name(coordinate.name);
  if (std::holds_alternative<Intervals>(coordinate.values)) {
    claim_name(coordinate.name + "_bnds");
  }
  for (const Companion& companion : coordinate.companions) {
    claim_name(coordinate.name + "_" + companion.name);
    require(length(companion) == coordinate.size(),
            fmt::format("axis {}: {} values of {} for {} labels", coordinate.name,
                        length(companion), companion.name, coordinate.size()));
  }
  coordinates_.push_back(std::move(coordinate));
}

std::size_t Layout::add(Variable variable) {
  check_flags(variable);
  variable.shape.clear();
  variable.size = 1;
  for (const std::string& dim : variable.dims) {
    const Coordinate* axis = coordinate(dim);
    require(axis != nullptr, fmt::format("variable {}: no axis {}", variable.name, dim));
    variable.shape.push_back(axis->size());
    variable.size *= axis->size();
  }
  claim_name(variable.name);
  if (variable.with_statistics) {
    require(variable.type == ValueType::float64,
            fmt::format("variable {}: statistics are for float64 only", variable.name));
    for (const char* suffix : {"_mean", "_se", "_quantile"}) {
      claim_name(variable.name + suffix);
    }
  }
  variables_.push_back(std::move(variable));
  return variables_.size() - 1;
}

std::optional<std::size_t> Layout::find(std::string_view variable) const {
  const auto found = std::ranges::find(variables_, variable, &Variable::name);
  if (found == variables_.end()) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - variables_.begin());
}

const Coordinate* Layout::coordinate(std::string_view name) const {
  const auto found = std::ranges::find(coordinates_, name, &Coordinate::name);
  return found == coordinates_.end() ? nullptr : &*found;
}

std::size_t Layout::values_per_replication() const {
  std::size_t total = 0;
  for (const Variable& variable : variables_) {
    total += variable.size;
  }
  return total;
}

} // namespace lantian
