#include <cmath>

#include <fmt/format.h>

#include "scenario/field_text.hpp"
#include "scenario/number_reader.hpp"

namespace lantian {

namespace {

std::string reach(const std::string& word, double value, const std::string& unit) {
  return std::isfinite(value) ? fmt::format("can be as {} as {}", word, amount_text(value, unit))
                              : fmt::format("has no {} bound", word == "low" ? "lower" : "upper");
}

} // namespace

bool check_range(const FieldInput& input, Bounds bounds, Dimension dimension, bool is_fixed) {
  const FieldOptions& options = input.info.options;
  // An uncertain number may touch an open end: a lognormal has its support from 0.
  const bool is_open = options.above_low && (is_fixed || bounds.low == bounds.high);
  const bool too_low = is_open ? bounds.low <= options.low : bounds.low < options.low;
  const bool too_high = bounds.high > options.high;
  if (!too_low && !too_high) {
    return true;
  }
  const std::string unit = base_unit(dimension);
  const std::string rule = "must be " + range_text(options, dimension);
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
