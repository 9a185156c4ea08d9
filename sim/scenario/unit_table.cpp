#include "scenario/units.hpp"

namespace lantian {

namespace {

constexpr Dimension kPower = kEnergy / kTime;

std::vector<UnitRow> make_table() {
  return {
      {"ug", kMass, 1, -9, "microgram"},
      {"mg", kMass, 1, -6, "milligram"},
      {"g", kMass, 1, -3, "gram"},
      {"kg", kMass, 1, 0, "kilogram"},
      {"t", kMass, 1, 3, "tonne, 1000 kg"},
      {"kt", kMass, 1, 6, "1000 t"},
      {"Mt", kMass, 1, 9, "1,000,000 t"},
      {"m", kLength, 1, 0, "metre"},
      {"km", kLength, 1, 3, "kilometre"},
      {"m2", kArea, 1, 0, "square metre"},
      {"ha", kArea, 1, 4, "hectare, 10,000 m2"},
      {"km2", kArea, 1, 6, "square kilometre"},
      {"L", kVolume, 1, -3, "litre"},
      {"m3", kVolume, 1, 0, "cubic metre"},
      {"Nm3", kVolume, 1, 0, "cubic metre of gas at 0 degrees C and 101.325 kPa; counts as m3"},
      {"J", kEnergy, 1, 0, "joule"},
      {"kJ", kEnergy, 1, 3, "1000 J"},
      {"MJ", kEnergy, 1, 6, "1,000,000 J"},
      {"GJ", kEnergy, 1, 9, "1000 MJ"},
      {"TJ", kEnergy, 1, 12, "1000 GJ"},
      {"PJ", kEnergy, 1, 15, "1000 TJ"},
      {"kWh", kEnergy, 36, 5, "3.6 MJ"},
      {"MWh", kEnergy, 36, 8, "1000 kWh"},
      {"GWh", kEnergy, 36, 11, "1000 MWh"},
      {"TWh", kEnergy, 36, 14, "1000 GWh"},
      {"tce", kEnergy, 293076, 5, "tonne of coal equivalent, 29.3076 GJ"},
      {"kW", kPower, 1, 3, "kilowatt"},
      {"MW", kPower, 1, 6, "megawatt"},
      {"GW", kPower, 1, 9, "gigawatt"},
      {"s", kTime, 1, 0, "second"},
      {"min", kTime, 60, 0, "minute"},
      {"h", kTime, 3600, 0, "hour"},
      {"d", kTime, 86400, 0, "day"},
      {"day", kTime, 86400, 0, "day"},
      {"week", kTime, 604800, 0, "7 days"},
      {"month", kTime, 2629746, 0, "30.436875 d; per month is 12 per calendar year"},
      {"year", kTime, 31556952, 0, "365.2425 d as a duration; in a rate, the calendar year"},
      {"CNY", kMoney, 1, 0, "yuan, of the scenario's price year"},
      {"kCNY", kMoney, 1, 3, "1000 CNY"},
      {"MCNY", kMoney, 1, 6, "1,000,000 CNY"},
      {"item", kCount, 1, 0, "anything that is counted"},
      {"vehicle", kCount, 1, 0, "a count"},
      {"household", kCount, 1, 0, "a count"},
      {"person", kCount, 1, 0, "a count"},
      {"boiler", kCount, 1, 0, "a count"},
      {"village", kCount, 1, 0, "a count"},
      {"outfall", kCount, 1, 0, "a count"},
      {"%", kDimensionless, 1, -2, "one hundredth"},
  };
}

} // namespace

const std::vector<UnitRow>& unit_table() {
  static const std::vector<UnitRow> table = make_table();
  return table;
}

} // namespace lantian
