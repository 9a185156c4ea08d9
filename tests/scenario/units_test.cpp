#include "scenario/units.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

double value_of(const char* text) {
  return parse_quantity(text).value;
}

std::string unit_mistake(const char* text) {
  try {
    parse_quantity(text);
  } catch (const UnitError& error) {
    return error.what();
  }
  return "";
}

// Scaling in the text: each of these would differ in the last bit if doubles were multiplied.
TEST(Units, give_one_double_for_every_spelling_of_an_amount) {
  EXPECT_EQ(value_of("1.2 Mt"), value_of("1200 kt"));
  EXPECT_EQ(value_of("1.1 t"), value_of("1100 kg"));
  EXPECT_EQ(value_of("0.3 Mt/year"), value_of("300000 t/year"));
  EXPECT_EQ(value_of("35 mg/m3"), value_of("0.035 g/m3"));
  EXPECT_EQ(value_of("0.1 GWh"), value_of("360 GJ"));
  EXPECT_EQ(value_of("70 %"), 0.7);
  EXPECT_EQ(value_of("1.2e3 t"), 1.2e6);
}

// A rate is counted per calendar year, so a year's total needs no conversion.
TEST(Units, keep_rates_per_calendar_year_exact) {
  EXPECT_EQ(value_of("1.2 Mt/year"), 1.2e9);
  EXPECT_EQ(value_of("0.1 Mt/month"), 1.2e9);
  EXPECT_EQ(value_of("3 /year"), 3);
  EXPECT_EQ(value_of("1 kg/h"), 8765.82);         // 365.2425 d x 24 h
  EXPECT_EQ(value_of("1 MW"), 1e6 * 31556952.0);  // J in 365.2425 d
  EXPECT_EQ(value_of("466 CNY/(t/year)"), 0.466); // CNY per (kg per year)
  EXPECT_EQ(value_of("5 t*km/year"), 5e6);
}

TEST(Units, give_durations_in_seconds) {
  EXPECT_EQ(value_of("2 h"), 7200);
  EXPECT_EQ(value_of("1 month"), 30.436875 * 86400);
  EXPECT_EQ(value_of("1 year"), 365.2425 * 86400);
  EXPECT_EQ(value_of("0.5 week"), 302400);
}

TEST(Units, know_products_quotients_and_parentheses) {
  EXPECT_EQ(parse_quantity("2 g/(t*km)").dimension, kDimensionless / kLength);
  EXPECT_EQ(value_of("2 g/(t*km)"), 2e-9);
  EXPECT_EQ(parse_quantity("1 g/t/km").dimension, kDimensionless / kLength);
  EXPECT_EQ(parse_quantity("1 mg/m3").dimension, kConcentration);
  EXPECT_EQ(parse_quantity("1 kWh / t").dimension, kEnergy / kMass);
  EXPECT_EQ(parse_quantity("1 household/village").dimension, kDimensionless);
}

TEST(Units, write_the_base_unit_of_a_dimension) {
  EXPECT_EQ(base_unit(kMassRate), "kg/year");
  EXPECT_EQ(base_unit(kTime), "s");
  EXPECT_EQ(base_unit(kConcentration), "kg/m3");
  EXPECT_EQ(base_unit(kMoney / kMassRate), "CNY*year/kg");
  EXPECT_EQ(base_unit(kDimensionless / kTime), "/year");
  EXPECT_EQ(base_unit(kMass / (kMass * kLength) / kTime), "/(m*year)");
  EXPECT_EQ(base_unit({}), "");
}

TEST(Units, refuse_what_others_would_read_as_something_else) {
  EXPECT_EQ(unit_mistake("5 tonnes"), "unknown unit 'tonnes': use 't'");
  EXPECT_EQ(unit_mistake("5 a"), "unknown unit 'a': use 'year'");
  EXPECT_EQ(unit_mistake("5 m³"), "unknown unit 'm³': use 'm3'");
  EXPECT_EQ(unit_mistake("5 KWH"), "unknown unit 'KWH': use 'kWh'");
  EXPECT_EQ(unit_mistake("5 vehicl"), "unknown unit 'vehicl'; did you mean 'vehicle'?");
  EXPECT_EQ(unit_mistake("t 5"), "'t 5' does not begin with a number");
  EXPECT_EQ(unit_mistake("5 t/"), "a unit is missing in 't/'");
  EXPECT_EQ(unit_mistake("5 (t"), "the unit '(t' lacks a ')'");
  EXPECT_EQ(unit_mistake("1e400 t"), "the number 1e400 is out of range");
  EXPECT_EQ(unit_mistake("1 t*t*t/s/s/s/s/s/s/s/s/s/s"),
            "the unit 't*t*t/s/s/s/s/s/s/s/s/s/s' is too complex");
}

TEST(Units, name_the_confusion_and_the_fix) {
  EXPECT_EQ(confusion_hint("m", kTime), "got 'm' which means metre; if you meant month, use "
                                        "'month', if minute, 'min'");
  EXPECT_EQ(confusion_hint("kW", kEnergy),
            "got 'kW' which is power; if you meant energy, use 'kWh'");
  EXPECT_EQ(confusion_hint("MWh", kEnergy / kTime),
            "got 'MWh' which is energy; if you meant power, use 'MW', if energy per year, "
            "'MWh/year'");
  EXPECT_EQ(confusion_hint("t", kMassRate), "");
}

TEST(Units, find_where_a_unit_ends_in_a_product) {
  const auto prefix = [](std::string_view text) {
    return std::string(text.substr(0, unit_prefix_length(text)));
  };
  EXPECT_EQ(prefix("mg/m3 * @ratio"), "mg/m3");
  EXPECT_EQ(prefix("t*km/year / @x"), "t*km/year");
  EXPECT_EQ(prefix("CNY/(t/year) * 2"), "CNY/(t/year)");
  EXPECT_EQ(prefix("/year * @x"), "/year");
  EXPECT_EQ(prefix("item/(/year) * @x"), "item/(/year)");
  EXPECT_EQ(prefix("* @x"), "");
  EXPECT_EQ(prefix(""), "");
}

TEST(Units, parse_every_row_of_the_table_as_itself) {
  for (const UnitRow& row : unit_table()) {
    EXPECT_EQ(parse_unit(row.name).dimension, row.dimension) << row.name;
  }
}

} // namespace
} // namespace lantian
