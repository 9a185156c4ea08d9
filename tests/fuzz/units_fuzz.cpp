// Units and quantities: what is read is finite, and reads the same when it is written again.

#include <cmath>

#include <fmt/format.h>

#include "fuzz/property.hpp"
#include "scenario/units.hpp"

namespace lantian::fuzz {
namespace {

//! Of the text of a unit with a dimension.
bool is_readable(const std::string& unit) {
  try {
    parse_unit(unit);
    return true;
  } catch (const UnitError&) {
    return false;
  }
}

void check_unit(std::string_view text) {
  try {
    const Unit unit = parse_unit(text);
    require(std::isfinite(unit.in_base) && unit.in_base > 0, "a unit is a positive number of base "
                                                             "units");
    describe(unit.dimension);
    confusion_hint(text, kMassRate);
    const std::string base = base_unit(unit.dimension);
    if (!base.empty() && is_readable(base)) {
      const Unit again = parse_unit(base);
      require(again.dimension == unit.dimension, "a base unit has its dimension", base);
      require(again.in_base == 1, "a base unit is one base unit", base);
    }
  } catch (const UnitError& error) {
    require(*error.what() != '\0', "a unit that is refused has a reason");
  }
}

void check_quantity(std::string_view text) {
  try {
    const Quantity quantity = parse_quantity(text);
    require(std::isfinite(quantity.value), "a quantity is finite");
    const Unit unit = parse_unit(quantity.unit);
    require(unit.dimension == quantity.dimension, "a quantity has the dimension of its unit");
    const std::string written = fmt::format("{} {}", quantity.value, base_unit(quantity.dimension));
    if (quantity.dimension != kDimensionless && is_readable(base_unit(quantity.dimension))) {
      const Quantity again = parse_quantity(written);
      require(again.value == quantity.value && again.dimension == quantity.dimension,
              "a quantity written in base units is the same", written);
    }
  } catch (const UnitError& error) {
    require(*error.what() != '\0', "a quantity that is refused has a reason");
  }
}

void check_prefixes(std::string_view text) {
  const std::size_t digits = number_prefix_length(text);
  const std::size_t unit = unit_prefix_length(text);
  require(digits <= text.size() && unit <= text.size(), "a prefix is part of the text");
  require(number_prefix_length(text.substr(0, digits)) == digits, "a prefix is its own prefix");
  require(unit_prefix_length(text.substr(0, unit)) == unit, "a prefix is its own prefix",
          std::string(text));
}

} // namespace
} // namespace lantian::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = lantian::fuzz::text_of(data, size);
  lantian::fuzz::check_unit(text);
  lantian::fuzz::check_quantity(text);
  lantian::fuzz::check_prefixes(text);
  return 0;
}
