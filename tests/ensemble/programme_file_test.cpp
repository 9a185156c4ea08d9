// Programmes read from files: items from a CSV file with types and positions, or a number of them.

#include "ensemble/scenario_text.hpp"
#include "measures/programme.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lantian {
namespace {

constexpr const char* kHeating = R"(
lantian = 1
horizon = { start = 2025-01-01, end = 2027-01-01 }
pollutants.NOx = { unit = "t" }
zones.city = {}
districts.centre = { zone = "city" }
sectors.heat = {}
[resources.crews]
kind = "crews"
capacity = 2
[sources.old]
district = "centre"
sector = "heat"
activity = "1e6 m3/year"
emits.NOx.raw = "1 g/m3"
[sources.new]
district = "centre"
sector = "heat"
activity = "1e6 m3/year"
idle = true
emits.NOx.raw = "0.3 g/m3"
[measures.p]
kind = "programme"
start = 2025-01-01
from = "old"
to = "new"
crews = { crews = 1 }
)";

Scenario load(const std::string& more, const std::string& csv = "") {
  return test::load_text("plan", kHeating + more, {{"data/b.csv", csv}});
}

std::string mistakes(const std::string& more, const std::string& csv = "") {
  return test::mistakes_in(kHeating + more, {{"data/b.csv", csv}});
}

constexpr const char* kFromFile = R"([tables]
"measures.p.items" = "data/b.csv"
)";

TEST(ProgrammeFile, takes_items_from_a_csv_file_and_lets_the_scenario_change_one) {
  const Scenario town = load("items.b.turn = 7\n" + std::string(kFromFile),
                             "id,size,duration,name\nb,20 t/h,3 d,Big\na,2 t/h,12 h,\n");
  const auto& plan = static_cast<const Programme&>(*town.measures[0].plan);
  ASSERT_EQ(plan.items.size(), 2u);
  EXPECT_EQ(plan.items[0].id, "a");
  EXPECT_EQ(plan.items[0].duration->value({}), 43200);
  EXPECT_EQ(plan.items[1].name, "Big");
  EXPECT_EQ(plan.items[1].turn, 7);
  EXPECT_NEAR(plan.items[1].size.value({}) / plan.items[0].size.value({}), 10, 1e-12);
}

TEST(ProgrammeFile, says_in_which_cell_a_mistake_stands) {
  EXPECT_EQ(
      mistakes(kFromFile, "id,size,duration\na,2 t/h,3 d\nb,-1 t/h,3 dy\nc,,1 d\nd,5 t,1 d\n"),
      "data/b.csv:3:3: measures.p.items.b.size: '-1 t/h' is out of range: must be above 0\n"
      "data/b.csv:3:10: measures.p.items.b.duration: unknown unit 'dy'; `lantian explain "
      "units` lists them\n"
      "data/b.csv:4:1: measures.p.items.c: the key 'size' is missing");
  EXPECT_EQ(
      mistakes(kFromFile, "id,size,duration\na,2 t/h,3 d\nd,5 t,1 d\n"),
      "data/b.csv:3:3: measures.p.items.d.size: is a mass where that of a is a mass per time");
}

TEST(ProgrammeFile, takes_a_number_of_items_with_a_size_of_their_own) {
  const Scenario town = load("items = 400\nsize = { lognormal = { mean = \"4 t/h\", cv = 1 } }\n"
                             "work_per_size = \"1 h/(t/h)\"\n");
  EXPECT_EQ(static_cast<const Programme&>(*town.measures[0].plan).item_count(), 400u);
  EXPECT_EQ(mistakes("items = 400\nwork = \"1 d\"\n"),
            "plan.toml:28:9: measures.p.items: are not told apart: give the key 'size', which they "
            "all have");
  EXPECT_EQ(mistakes("items = 0\nsize = 1\nwork = \"1 d\"\n"),
            "plan.toml:28:9: measures.p.items: 0 is out of range: must be from 1 to 1000000");
  EXPECT_EQ(mistakes("items = \"many\"\nsize = 1\nwork = \"1 d\"\n"),
            "plan.toml:28:9: measures.p.items: must be an integer, not 'many'");
}

} // namespace
} // namespace lantian
