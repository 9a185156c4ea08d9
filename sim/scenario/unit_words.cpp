#include "scenario/unit_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include <fmt/format.h>

#include "scenario/diagnostics.hpp"

namespace lantian {

namespace {

struct Synonym {
  std::string_view wrong;
  std::string_view right;
};

// Spellings that people use elsewhere; each is refused, because one of its readings would be wrong.
constexpr std::array<Synonym, 50> kSynonyms = {{
    {"ton", "t"},
    {"tons", "t"},
    {"tonne", "t"},
    {"tonnes", "t"},
    {"T", "t"},
    {"Gg", "kt"},
    {"Tg", "Mt"},
    {"kilogram", "kg"},
    {"KG", "kg"},
    {"Kg", "kg"},
    {"µg", "ug"},
    {"μg", "ug"},
    {"a", "year"},
    {"y", "year"},
    {"yr", "year"},
    {"yrs", "year"},
    {"years", "year"},
    {"mo", "month"},
    {"mon", "month"},
    {"months", "month"},
    {"weeks", "week"},
    {"days", "day"},
    {"hr", "h"},
    {"hrs", "h"},
    {"hour", "h"},
    {"hours", "h"},
    {"minute", "min"},
    {"minutes", "min"},
    {"mins", "min"},
    {"sec", "s"},
    {"second", "s"},
    {"seconds", "s"},
    {"RMB", "CNY"},
    {"yuan", "CNY"},
    {"¥", "CNY"},
    {"元", "CNY"},
    {"万元", "kCNY"},
    {"m³", "m3"},
    {"m^3", "m3"},
    {"Nm³", "Nm3"},
    {"Nm^3", "Nm3"},
    {"m²", "m2"},
    {"m^2", "m2"},
    {"km²", "km2"},
    {"l", "L"},
    {"liter", "L"},
    {"litre", "L"},
    {"percent", "%"},
    {"vehicles", "vehicle"},
    {"households", "household"},
}};

struct Description {
  Dimension dimension;
  std::string_view name;
  std::string_view example;
};

constexpr std::array<Description, 24> kDescriptions = {{
    {kDimensionless, "a plain number or ratio", ""},
    {kMass, "a mass", "t"},
    {kLength, "a length", "km"},
    {kArea, "an area", "km2"},
    {kVolume, "a volume", "m3"},
    {kTime, "a duration", "day"},
    {kEnergy, "an energy", "MWh"},
    {kMoney, "an amount of money", "CNY"},
    {kCount, "a count", "item"},
    {kMassRate, "a mass per time", "t/year"},
    {kVolume / kTime, "a volume per time", "m3/year"},
    {kEnergy / kTime, "an energy per time", "MWh/year"},
    {kMoneyRate, "money per time", "CNY/year"},
    {kCount / kTime, "a count per time", "item/year"},
    {kLength / kTime, "a length per time", "km/year"},
    {kMass * kLength / kTime, "a transport volume per time", "t*km/year"},
    {kDimensionless / kTime, "a rate", "/year"},
    {kConcentration, "a mass per volume", "mg/m3"},
    {kVolume / kMass, "a volume per mass", "m3/t"},
    {kEnergy / kMass, "an energy per mass", "kWh/t"},
    {kMass / kEnergy, "a mass per energy", "kg/kWh"},
    {kMoney / kMass, "money per mass", "CNY/t"},
    {kMoney / kMassRate, "money per capacity", "CNY/(t/year)"},
    {kMoney / kCount, "money per item", "CNY/item"},
}};

const Description* description_of(Dimension dimension) {
  const auto row = std::find_if(kDescriptions.begin(), kDescriptions.end(),
                                [&](const Description& d) { return d.dimension == dimension; });
  return row == kDescriptions.end() ? nullptr : &*row;
}

bool equal_but_for_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

void add_factor(std::vector<std::string>& over, std::vector<std::string>& under, int exponent,
                const std::string& unit) {
  for (int i = 0; i < std::abs(exponent); ++i) {
    (exponent > 0 ? over : under).push_back(unit);
  }
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, "*"));
}

void add_length(std::vector<std::string>& over, std::vector<std::string>& under, int exponent) {
  if (exponent != 0) {
    const int size = std::abs(exponent);
    (exponent > 0 ? over : under).push_back(size == 1 ? "m" : fmt::format("m{}", size));
  }
}

} // namespace

std::string base_unit(Dimension dimension) {
  std::vector<std::string> over;
  std::vector<std::string> under;
  add_factor(over, under, dimension.money, "CNY");
  add_factor(over, under, dimension.mass, "kg");
  add_factor(over, under, dimension.energy, "J");
  add_factor(over, under, dimension.count, "item");
  add_length(over, under, dimension.length);
  add_factor(over, under, dimension.time, is_duration(dimension) ? "s" : "year");
  if (under.empty()) {
    return joined(over);
  }
  const std::string divisor = under.size() == 1 ? under[0] : "(" + joined(under) + ")";
  return (over.empty() ? "" : joined(over)) + "/" + divisor;
}

std::string describe(Dimension dimension) {
  if (const Description* row = description_of(dimension)) {
    return std::string(row->name);
  }
  return "a quantity in " + base_unit(dimension);
}

std::string example_unit(Dimension dimension) {
  if (const Description* row = description_of(dimension)) {
    return std::string(row->example);
  }
  return base_unit(dimension);
}

std::string unknown_unit_message(std::string_view name) {
  for (const Synonym& synonym : kSynonyms) {
    if (synonym.wrong == name) {
      return fmt::format("unknown unit '{}': use '{}'", name, synonym.right);
    }
  }
  std::vector<std::string> names;
  for (const UnitRow& row : unit_table()) {
    if (equal_but_for_case(row.name, name)) {
      return fmt::format("unknown unit '{}': use '{}'", name, row.name);
    }
    names.emplace_back(row.name);
  }
  const std::string hint = name.size() > 2 ? did_you_mean(name, names) : "";
  return fmt::format("unknown unit '{}'{}{}", name, hint,
                     hint.empty() ? "; `lantian explain units` lists them" : "");
}

std::string confusion_hint(std::string_view unit, Dimension asked) {
  if (unit == "m" && asked.time != 0) {
    return "got 'm' which means metre; if you meant month, use 'month', if minute, 'min'";
  }
  if (asked == kEnergy && (unit == "kW" || unit == "MW" || unit == "GW")) {
    return fmt::format("got '{0}' which is power; if you meant energy, use '{0}h'", unit);
  }
  if (asked == kEnergy / kTime && (unit == "kWh" || unit == "MWh" || unit == "GWh")) {
    return fmt::format("got '{0}' which is energy; if you meant power, use '{1}', if energy per "
                       "year, '{0}/year'",
                       unit, unit.substr(0, unit.size() - 1));
  }
  if (asked == kVolume && unit == "m2") {
    return "got 'm2' which is an area; if you meant cubic metre, use 'm3'";
  }
  return "";
}

std::string wrong_dimension_message(std::string_view written, std::string_view unit,
                                    Dimension found, Dimension asked, std::string_view example) {
  const std::string needed = asked == kDimensionless ? "a plain number or %" : describe(asked);
  const std::string shown = example.empty() ? example_unit(asked) : std::string(example);
  std::string message;
  if (found == kDimensionless && unit.empty()) {
    message = fmt::format("{} has no unit; {} is needed", written, needed);
  } else {
    message = fmt::format("'{}' is {}; {} is needed", written, describe(found), needed);
  }
  const std::string hint = confusion_hint(unit, asked);
  if (!hint.empty()) {
    return message + ": " + hint;
  }
  if (asked == found / kTime && !unit.empty()) {
    return message + fmt::format(": if it is per year, write '{}/year'", written);
  }
  return shown.empty() ? message : message + fmt::format(", such as in '{}'", shown);
}

} // namespace lantian
