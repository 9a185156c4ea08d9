// All that the results of a scenario say before any number is there: names, units, words, axes and
// what goes with these. recorder_layout.txt has them for a town with one of everything;
// LANTIAN_UPDATE_GOLDEN=1 writes it anew.

#include "ensemble/recorded.hpp"
#include "ensemble/small_town.hpp"
#include "ensemble/two_plants.hpp"
#include "source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace lantian {
namespace {

std::string text_of(const std::vector<Time>& bounds) {
  std::vector<std::string> days;
  for (const Time bound : bounds)
    days.push_back(format_time(bound).substr(0, 10));
  return fmt::format("{}", fmt::join(days, " "));
}

std::string text_of(const Attribute& attribute) {
  return std::visit(
      [](const auto& value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::vector<std::string>>)
          return fmt::format("{}", fmt::join(value, "; "));
        else
          return fmt::format("{}", value);
      },
      attribute.value);
}

std::string text_of(const Coordinate& axis) {
  if (const auto* labels = std::get_if<Labels>(&axis.values))
    return fmt::format("{}", fmt::join(labels->ids, " "));
  if (const auto* years = std::get_if<Years>(&axis.values))
    return fmt::format("{}", fmt::join(years->years, " "));
  return text_of(std::get<Intervals>(axis.values).bounds);
}

std::string text_of(const Companion& companion) {
  std::vector<std::string> values;
  if (const auto* numbers = std::get_if<std::vector<double>>(&companion.values)) {
    for (const double number : *numbers)
      values.push_back(fmt::format("{:.12g}", number));
  } else {
    for (const std::string& text : std::get<std::vector<std::string>>(companion.values))
      values.push_back(text.empty() ? "-" : text);
  }
  return fmt::format("{}", fmt::join(values, " | "));
}

std::string text_of(const Variable& variable) {
  std::string text = fmt::format("{}({}) [{}]: {}\n", variable.name, fmt::join(variable.dims, ", "),
                                 variable.unit, variable.long_name);
  if (!variable.cell_methods.empty())
    text += "    " + variable.cell_methods + "\n";
  if (variable.type == ValueType::int8)
    text += "    int8\n";
  for (const Flag& flag : variable.flags)
    text += fmt::format("    {} {}\n", flag.value, flag.meaning);
  if (variable.with_statistics)
    text += "    with statistics\n";
  return text;
}

std::string text_of(const Layout& layout) {
  std::string text;
  for (const Attribute& attribute : layout.attributes)
    text += fmt::format("{} = {}\n", attribute.name, text_of(attribute));
  for (const Coordinate& axis : layout.coordinates()) {
    text += fmt::format("\naxis {}, {}: {}\n", axis.name, axis.long_name, text_of(axis));
    for (const Companion& each : axis.companions)
      text += fmt::format("    {}{}, {}: {}\n", each.name,
                          each.unit.empty() ? "" : fmt::format(" [{}]", each.unit), each.long_name,
                          text_of(each));
  }
  text += "\n";
  for (const Variable& variable : layout.variables())
    text += text_of(variable);
  return text;
}

Layout layout_of(const std::string& scenario) {
  const Scenario loaded = test::load_text("plan", scenario);
  return Model(loaded).layout();
}

TEST(RecorderLayout, is_as_written_down) {
  const std::string path = (source_folder() / "tests/ensemble/recorder_layout.txt").string();
  const std::string text = text_of(layout_of(test::kSmallTown));
  if (std::getenv("LANTIAN_UPDATE_GOLDEN"))
    std::ofstream(path) << text;
  std::ostringstream committed;
  committed << std::ifstream(path).rdbuf();
  EXPECT_EQ(committed.str(), text) << path << " is out of date; run with LANTIAN_UPDATE_GOLDEN=1";
}

//! Axes and companions, as names.
std::vector<std::string> axes_of(const Layout& layout) {
  std::vector<std::string> names;
  for (const Coordinate& axis : layout.coordinates()) {
    names.push_back(axis.name);
    for (const Companion& each : axis.companions)
      names.push_back(axis.name + "_" + each.name);
  }
  return names;
}

// Two plants without alerts, beds, deadlines, permits and receptors.
TEST(RecorderLayout, leaves_out_what_a_scenario_does_not_have) {
  const Layout layout = layout_of(test::kInventory);
  for (const char* axis : {"control", "window", "receptor", "path_cause", "target_due"})
    EXPECT_THAT(axes_of(layout), testing::Not(testing::Contains(axis)));
  for (const char* variable :
       {"alert_time", "PM_by_alert", "carbon_changes_by_control", "carbon_cost_by_control",
        "permit_worst", "target_date", "target_lateness", "concentration_PM"})
    EXPECT_EQ(layout.find(variable), std::nullopt) << variable;
  for (const Attribute& attribute : layout.attributes)
    EXPECT_NE(attribute.name, "dispersion_method");
}

TEST(RecorderLayout, breaks_emissions_down_as_asked_only) {
  const std::vector<std::string> all = {"PM",           "PM_by_zone",  "PM_by_district",
                                        "PM_by_sector", "PM_by_plant", "PM_by_source"};
  const std::vector<std::string> asked = {"total", "zone", "district", "sector", "plant", "source"};
  for (std::size_t k = 0; k < all.size(); ++k) {
    const Layout layout = layout_of(std::string(test::kInventory) + "[output]\ndimensions = [\"" +
                                    asked[k] + "\"]\n");
    for (std::size_t other = 0; other < all.size(); ++other)
      EXPECT_EQ(layout.find(all[other]).has_value(), other == k) << all[other];
  }
}

// A deadline that cannot be judged has a day on which it falls due, and no path.
TEST(RecorderLayout, has_no_path_of_a_deadline_that_cannot_be_judged) {
  const Layout layout = layout_of(std::string(test::kInventory) + test::kClosure +
                                  "[targets.closed]\nkind = \"deadline\"\n"
                                  "measures = [\"close-old\"]\ndate = 2025-03-31\n"
                                  "not_assessable = \"nobody looks\"\n");
  EXPECT_THAT(axes_of(layout), testing::Contains("target_due"));
  EXPECT_THAT(axes_of(layout), testing::Not(testing::Contains("path_cause")));
}

} // namespace
} // namespace lantian
