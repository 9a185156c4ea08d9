#pragma once

// Units are a closed table of ours: what is not in it is refused with a hint, because general unit
// libraries read `kt` as knot and `a` as are. Base units: kg, m (m2, m3), J, CNY, item, and for
// time
//
//   - the CALENDAR YEAR in everything that is not a pure duration: an activity of "1.2 Mt/year" is
//     1.2e9 (kg per calendar year, exactly), "5 kg/h" is 5 x 8765.82, "20 MW" is J per year;
//   - the SECOND in a pure duration: "2 h" is 7200, "1 month" is 30.436875 d, "1 year" is 365.2425
//   d.
//
// Scaling happens in the decimal text, before conversion to double, with an exact ratio of
// integers: "1.2 Mt", "1200 kt" and "1.2e9 kg" are the same double. An item, a vehicle, a household
// and a person are one dimension, count. `%` and no unit at all are dimensionless. Nm3 is a m3 of
// gas at normal conditions (0 degrees C, 101.325 kPa): the same dimension, and no conversion is
// ever made.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/error.hpp"

namespace lantian {

//! Exponents of the base units, at most 127 up or down: a large inventory holds millions of them.
struct Dimension {
  std::int8_t mass = 0;
  std::int8_t length = 0;
  std::int8_t time = 0;
  std::int8_t energy = 0;
  std::int8_t money = 0;
  std::int8_t count = 0;

  friend constexpr bool operator==(const Dimension&, const Dimension&) = default;
};

//! An exponent; one that would be greater stays at the end of the range, which no field asks for.
constexpr std::int8_t exponent(int value) {
  return static_cast<std::int8_t>(std::clamp(value, -127, 127));
}

constexpr Dimension operator*(Dimension a, Dimension b) {
  return {exponent(a.mass + b.mass),   exponent(a.length + b.length),
          exponent(a.time + b.time),   exponent(a.energy + b.energy),
          exponent(a.money + b.money), exponent(a.count + b.count)};
}
constexpr Dimension operator/(Dimension a, Dimension b) {
  return {exponent(a.mass - b.mass),   exponent(a.length - b.length),
          exponent(a.time - b.time),   exponent(a.energy - b.energy),
          exponent(a.money - b.money), exponent(a.count - b.count)};
}

inline constexpr Dimension kDimensionless{};
inline constexpr Dimension kMass{.mass = 1};
inline constexpr Dimension kLength{.length = 1};
inline constexpr Dimension kArea{.length = 2};
inline constexpr Dimension kVolume{.length = 3};
inline constexpr Dimension kTime{.time = 1};
inline constexpr Dimension kEnergy{.energy = 1};
inline constexpr Dimension kMoney{.money = 1};
inline constexpr Dimension kCount{.count = 1};
inline constexpr Dimension kConcentration = kMass / kVolume;
inline constexpr Dimension kMassRate = kMass / kTime;
inline constexpr Dimension kMoneyRate = kMoney / kTime;

//! One mean Gregorian year, 365.2425 d [s].
inline constexpr double kSecondsPerYear = 31556952.0;

//! True for a time and nothing else: such a quantity is in seconds.
constexpr bool is_duration(Dimension dimension) {
  return dimension == kTime;
}

//! The base unit as text: "kg/year", "kg/m3", "s", and "" for a plain number.
std::string base_unit(Dimension dimension);
//! What to call it in a message: "a mass per time (such as t/year)", "a plain number", …
std::string describe(Dimension dimension);

//! A unit or quantity that cannot be read; what() is a sentence with the fix.
class UnitError : public Error {
public:
  using Error::Error;
};

//! A unit as parsed.
struct Unit {
  Dimension dimension;
  double in_base = 1; //!< how many base units it is
};

//! "t", "CNY/(t/year)", "g/(t*km)", "%". Throws UnitError.
Unit parse_unit(std::string_view text);

//! A number with its unit.
struct Quantity {
  double value = 0; //!< [base units]
  Dimension dimension;
  std::string unit; //!< as written
};

//! "1.2 Mt/year", "35 mg/m3", "12". Throws UnitError.
Quantity parse_quantity(std::string_view text);

//! More than anything is, in base units; so that products of a few quantities stay finite.
inline constexpr double kLargestQuantity = 1e60;

//! Length of the decimal number that `text` starts with; 0 when it starts with none.
std::size_t number_prefix_length(std::string_view text);

//! Length of the longest unit expression that `text` starts with: in "mg/m3 * @ratio" it is that of
//! "mg/m3". 0 when it starts with none.
std::size_t unit_prefix_length(std::string_view text);

//! Scales the decimal number `digits` ("1.2", "-3e-4") by `unit` in the text. Throws UnitError.
double scale_decimal(std::string_view digits, std::string_view unit);

//! One row of the closed table.
struct UnitRow {
  std::string_view name;
  Dimension dimension;
  std::uint64_t mantissa; //!< in base units with time in seconds: mantissa x 10^exponent
  int exponent;
  std::string_view doc;
};
//! The whole table, in the order of the reference.
const std::vector<UnitRow>& unit_table();

//! A usual unit of the dimension: "t/year".
std::string example_unit(Dimension dimension);

//! What to say to someone who wrote a unit of one dimension where another was asked for:
//! "got 'm' which means metre; if you meant month, use 'month'", or "".
std::string confusion_hint(std::string_view unit, Dimension asked);

} // namespace lantian
