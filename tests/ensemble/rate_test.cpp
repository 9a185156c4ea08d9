// The target `rate`, on two sources of which one takes over from the other in the middle of 2025.

#include "ensemble/recorded.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

using test::load_text;
using test::mistakes_in;
using test::Recorded;

constexpr const char* kWaste = R"(
lantian = 1
horizon = { start = 2025-01-01, end = 2027-01-01 }
pollutants.PM = { unit = "t" }
zones.city = {}
districts.centre = { zone = "city" }
sectors.waste = {}
[sources.dumped]
district = "centre"
sector = "waste"
activity = "100 kt/year"
emits.PM.raw = "1 kg/t"
[sources.used]
district = "centre"
sector = "waste"
activity = "1 Mt/year"
idle = true
emits.PM.raw = "0.1 kg/t"
)";

//! 60 % is used from 2025-07-02 12:00, the middle of the year, on.
constexpr const char* kLine = R"(
[measures.line]
kind = "substitution"
start = 2025-01-01
from = "dumped"
to = "used"
share = 0.6
stages = [{ id = "works", duration = "182.5 d" }]
)";

constexpr const char* kTarget = R"(
[targets.t]
kind = "rate"
)";

constexpr const char* kUsed = R"(
of = ["used"]
per = ["used", "dumped"]
)";

//! Margin of the target in the plan, beside a base.
double margin(const std::string& plan, const std::string& base = kWaste) {
  return Recorded(std::vector{load_text("base", base), load_text("plan", plan)})["target_margin"];
}

std::string waste(const std::string& target) {
  return std::string(kWaste) + kLine + kTarget + target;
}

TEST(Rate, is_the_share_of_activity_in_the_worst_year) {
  // 2025: 0.3; 2026: 0.6
  EXPECT_NEAR(margin(waste(std::string(kUsed) + "from = 2026\nto = 2026\nat_least = 0.5\n")), 0.1,
              1e-12);
  EXPECT_NEAR(margin(waste(std::string(kUsed) + "from = 2025\nto = 2026\nat_least = 0.5\n")), -0.2,
              1e-12);
}

TEST(Rate, rises_above_a_number_or_above_a_base_scenario) {
  const std::string years = std::string(kUsed) + "from = 2026\nto = 2026\nrise = \"2 %\"\n";
  EXPECT_NEAR(margin(waste(years + "base_rate = 0.55\n")), 0.03, 1e-12);
  // in the base, which has one source more before those two, nothing is used
  EXPECT_NEAR(margin(waste(years + "base = \"base\"\n"),
                     std::string(kWaste) +
                         "[sources.a]\ndistrict = \"centre\"\nsector = \"waste\"\n"
                         "activity = \"5 t/year\"\nemits.PM.raw = 0\n"),
              0.58, 1e-12);
}

TEST(Rate, sees_the_progress_of_a_programme) {
  // 10 items of 20 days one after the other from 1 January: 9 by 30 June (day 181), by size alike
  const std::string programme = std::string(kWaste) + R"(
[measures.p]
kind = "programme"
start = 2025-01-01
from = "dumped"
to = "used"
items = 10
size = 1
work = "20 d"
at_once = 1
)" + kTarget + "measure = \"p\"\nby = 2025-06-30\nat_least = 0.7\n";
  EXPECT_NEAR(margin(programme), 0.2, 1e-12);
}

TEST(Rate, says_what_is_missing_and_what_does_not_belong) {
  EXPECT_EQ(mistakes_in(waste("measure = \"line\"\nat_least = 0.5\nfrom = 2025\n")),
            "plan.toml:28:1: targets.t: the key 'by' is missing\n"
            "plan.toml:32:8: targets.t.from: says nothing of the progress of a measure");
  EXPECT_EQ(mistakes_in(waste(std::string(kUsed) + "from = 2025\nto = 2026\nrise = 0.1\n")),
            "plan.toml:35:8: targets.t.rise: needs the key 'base' or 'base_rate' beside it");
  EXPECT_EQ(mistakes_in(waste("measure = \"line\"\nat_least = 0.5\nby = 2025-06-15\n")),
            "plan.toml:32:6: targets.t.by: is not the last day of an output interval, when "
            "progress is recorded; give such a day, or a finer output.interval");
}

} // namespace
} // namespace lantian
