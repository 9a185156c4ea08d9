#include <cmath>

#include <fmt/format.h>

#include "scenario/number_reader.hpp"

namespace lantian {

namespace {

std::string with_unit(double value, const std::string& unit) {
  return unit.empty() || value == 0 ? fmt::format("{}", value) : fmt::format("{} {}", value, unit);
}

std::string allowed(const FieldOptions& options, const std::string& unit) {
  const bool has_low = std::isfinite(options.low);
  const bool has_high = std::isfinite(options.high);
  const std::string low = with_unit(options.low, unit);
  const std::string high = with_unit(options.high, unit);
  if (has_low && has_high) {
    return options.above_low ? fmt::format("above {} and at most {}", low, high)
                             : fmt::format("from {} to {}", low, high);
  }
  if (has_low) {
    return fmt::format("{} {}", options.above_low ? "above" : "at least", low);
  }
  return fmt::format("at most {}", high);
}

std::string reach(const std::string& word, double value, const std::string& unit) {
  return std::isfinite(value) ? fmt::format("can be as {} as {}", word, with_unit(value, unit))
                              : fmt::format("has no {} bound", word == "low" ? "lower" : "upper");
}

} // namespace

bool check_range(const FieldInput& input, Bounds bounds, Dimension dimension, bool is_fixed) {
  const FieldOptions& options = input.info.options;
  // An uncertain number may touch an open end: a lognormal has its support from 0.
  const bool is_open = options.above_low && is_fixed;
  const bool too_low = is_open ? bounds.low <= options.low : bounds.low < options.low;
  const bool too_high = bounds.high > options.high;
  if (!too_low && !too_high) {
    return true;
  }
  const std::string unit = base_unit(dimension);
  const std::string rule = "must be " + allowed(options, unit);
  if (is_fixed) {
    input.error(fmt::format("{} is out of range: {}", written(input.value), rule));
  } else {
    const std::string what =
        too_low ? reach("low", bounds.low, unit) : reach("high", bounds.high, unit);
    input.error(fmt::format("{} {}: {}", written(input.value), what, rule));
  }
  return false;
}

std::string written(const Value& value) {
  if (const std::string* text = value.as_text()) {
    return "'" + *text + "'";
  }
  if (const std::int64_t* integer = value.as_integer()) {
    return fmt::format("{}", *integer);
  }
  if (const double* number = value.as_float()) {
    return fmt::format("{}", *number);
  }
  if (const TableValue* table = value.as_table(); table != nullptr && !table->empty()) {
    return fmt::format("the {}", table->members().front().key);
  }
  return value.type_name();
}

} // namespace lantian
