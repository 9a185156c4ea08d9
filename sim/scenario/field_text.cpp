#include "scenario/field_text.hpp"

#include <cmath>

#include <fmt/format.h>

#include "scenario/diagnostics.hpp"

namespace lantian {

namespace {

std::string in_table(const FieldInfo& field) {
  return field.options.table.empty() ? "" : fmt::format(" of [{}]", field.options.table);
}

std::string number_text(const FieldInfo& field) {
  return field.options.chance ? "number, drawn at each use" : "number";
}

} // namespace

bool is_quantity(const FieldInfo& field) {
  switch (field.type) {
  case FieldType::integer:
  case FieldType::duration:
  case FieldType::fixed:
  case FieldType::number:
  case FieldType::keyed_numbers:
  case FieldType::fixed_list:
    return true;
  default:
    return false;
  }
}

std::string type_text(const FieldInfo& field) {
  switch (field.type) {
  case FieldType::text:
    return "text";
  case FieldType::id:
    return "id";
  case FieldType::reference:
    return "id" + in_table(field);
  case FieldType::integer:
    return "integer";
  case FieldType::boolean:
    return "true or false";
  case FieldType::date:
    return "date";
  case FieldType::month_day:
    return "month and day, \"10-15\"";
  case FieldType::windows:
    return "list of windows, [\"03-15 to 11-15\"]";
  case FieldType::duration:
    return "fixed duration";
  case FieldType::fixed:
    return "fixed quantity";
  case FieldType::number:
    return number_text(field);
  case FieldType::choice:
    return one_of(field.choices);
  case FieldType::table:
    return "table";
  case FieldType::tables:
    return "list of tables";
  case FieldType::keyed_tables:
    if (field.options.or_count) {
      return "integer, or tables by id" + in_table(field);
    }
    [[fallthrough]];
  case FieldType::kinds:
    return field.options.table.empty() ? "tables by id" : "tables by id" + in_table(field);
  case FieldType::keyed_lists:
    return "lists of tables by id" + in_table(field);
  case FieldType::keyed_numbers:
    return number_text(field) + "s by id" + in_table(field);
  case FieldType::texts:
    return "list of texts";
  case FieldType::references:
    return "list of ids" + in_table(field);
  case FieldType::fixed_list:
    return field.options.count == 0 ? "list of fixed quantities"
                                    : fmt::format("list of {} numbers", field.options.count);
  case FieldType::choices:
    return "list of " + one_of(field.choices);
  case FieldType::files:
    return "file name or list of them";
  case FieldType::file_tables:
    return "file names by table";
  }
  return "";
}

std::string unit_text(const FieldInfo& field) {
  if (!is_quantity(field) || field.type == FieldType::integer) {
    return "";
  }
  const FieldOptions& options = field.options;
  const std::string example =
      options.unit.empty() && options.dimension ? example_unit(*options.dimension) : options.unit;
  if (options.dimension && *options.dimension == kDimensionless) {
    return "a plain number or %";
  }
  const std::string what = options.dimension ? describe(*options.dimension) : "a quantity";
  return example.empty() ? what : fmt::format("{}, such as in {}", what, example);
}

std::string amount_text(double value, const std::string& unit) {
  return unit.empty() || value == 0 ? fmt::format("{}", value) : fmt::format("{} {}", value, unit);
}

std::string range_text(const FieldOptions& options, Dimension dimension) {
  const std::string unit = base_unit(dimension);
  const bool has_low = std::isfinite(options.low);
  const bool has_high = std::isfinite(options.high);
  const std::string low = amount_text(options.low, unit);
  const std::string high = amount_text(options.high, unit);
  if (has_low && has_high) {
    return options.above_low ? fmt::format("above {} and at most {}", low, high)
                             : fmt::format("from {} to {}", low, high);
  }
  if (has_low) {
    return fmt::format("{} {}", options.above_low ? "above" : "at least", low);
  }
  return has_high ? fmt::format("at most {}", high) : "";
}

std::string presence_text(const FieldInfo& field) {
  if (field.options.required) {
    return "required";
  }
  return field.options.preset.empty() ? "optional"
                                      : fmt::format("default: {}", field.options.preset);
}

} // namespace lantian
