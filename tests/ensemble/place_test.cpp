// Which part of an inventory the text of a place names.

#include "ensemble/place.hpp"

#include "ensemble/scenario_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lantian {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Sources in id order: 0 kiln, 1 oven, 2 stove, 3 van.
constexpr const char* kPlaces = R"(
lantian = 1
horizon = { start = 2025-01-01, end = 2027-01-01 }
pollutants.PM = { unit = "t" }
zones = { city = {}, country = {} }
districts = { centre = { zone = "city" }, hills = { zone = "country" }, lakes = { zone = "city" } }
sectors = { homes = {}, steel = {} }
plants.forge = { district = "hills", sector = "steel" }
plants.mill = { district = "centre", sector = "steel" }
sources.kiln = { plant = "mill", activity = "1 t/year" }
sources.oven = { plant = "forge", activity = "1 t/year" }
sources.stove = { district = "lakes", sector = "homes", activity = "1 t/year" }
sources.van = { plant = "mill", district = "hills", activity = "1 t/year" }
)";

class APlace : public testing::Test {
protected:
  std::vector<Index> sources(const std::string& text) const {
    return sources_in(find_place(text, scenario_).value(), scenario_);
  }

  const Scenario scenario_ = test::load_text("plan", kPlaces);
};

TEST_F(APlace, has_the_sources_that_lie_in_it) {
  EXPECT_THAT(sources(""), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(sources("zones.city"), ElementsAre(0, 2));
  EXPECT_THAT(sources("zones.country"), ElementsAre(1, 3));
  EXPECT_THAT(sources("districts.centre"), ElementsAre(0));
  EXPECT_THAT(sources("districts.hills"), ElementsAre(1, 3));
  EXPECT_THAT(sources("sectors.homes"), ElementsAre(2));
  EXPECT_THAT(sources("sectors.steel"), ElementsAre(0, 1, 3));
  EXPECT_THAT(sources("plants.forge"), ElementsAre(1));
  EXPECT_THAT(sources("plants.mill"), ElementsAre(0, 3));
  EXPECT_THAT(sources("sources.stove"), ElementsAre(2));
}

TEST_F(APlace, is_a_row_of_a_table) {
  EXPECT_EQ(find_place("", scenario_)->breakdown, Breakdown::total);
  EXPECT_EQ(find_place("districts.lakes", scenario_)->breakdown, Breakdown::district);
  EXPECT_EQ(find_place("districts.lakes", scenario_)->index, 2U);
  for (const char* text : {"lakes", "districts", "districts.", "districts.moon", "zones.lakes",
                           "district.lakes", "totals.lakes", ".lakes"})
    EXPECT_FALSE(find_place(text, scenario_).has_value()) << text;
}

std::string mistake_about(const std::string& place, const std::string& output) {
  return test::mistakes_in(std::string(kPlaces) + output +
                           "[targets.t]\nkind = \"cap\"\npollutant = \"PM\"\nfrom = 2025\n"
                           "to = 2026\nlimit = \"1 t/year\"\nin = \"" +
                           place + "\"\n");
}

TEST_F(APlace, is_broken_down_in_the_output_where_a_target_speaks_of_it) {
  const std::string total = "[output]\ndimensions = [\"total\"]\n";
  EXPECT_EQ(mistake_about("plants.mill", ""), "");
  EXPECT_EQ(mistake_about("", total), "");
  EXPECT_EQ(mistake_about("plants.mill", total),
            "plan.toml:22:6: targets.t.in: needs \"plant\" among output.dimensions");
}

// 1 March 2025 cuts its year.
TEST(Years, are_whole_years_of_the_horizon) {
  std::string text = kPlaces;
  text.replace(text.find("2025-01-01"), 10, "2025-03-01");
  const auto of = [&](const std::string& years) {
    return test::mistakes_in(text +
                             "[targets.t]\nkind = \"cap\"\npollutant = \"PM\"\n"
                             "limit = \"1 t/year\"\n" +
                             years);
  };
  EXPECT_EQ(of("from = 2026\nto = 2026\n"), "");
  EXPECT_EQ(of("from = 2025\nto = 2026\n"),
            "plan.toml:18:8: targets.t.from: the years 2025 to 2026 are not all whole years of the "
            "horizon (2026 to 2026)");
}

} // namespace
} // namespace lantian
