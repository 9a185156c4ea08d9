// The target `rate`, on two sources of which one takes over from the other in the middle of 2025.

#include "ensemble/recorded.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

using test::kMet;
using test::kMissed;
using test::kNotAssessable;
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

Recorded beside(const std::string& base, const std::string& plan) {
  return Recorded(std::vector{load_text("base", base), load_text("plan", plan)});
}

//! Margin of the target in the plan, beside a base.
double margin(const std::string& plan, const std::string& base = kWaste) {
  return beside(base, plan)["target_margin"];
}

double verdict(const std::string& plan, const std::string& base = kWaste) {
  return beside(base, plan)["target_met"];
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

TEST(Rate, that_is_just_reached_is_met) {
  const std::string years = std::string(kUsed) + "from = 2026\nto = 2026\n";
  EXPECT_EQ(verdict(waste(years + "at_least = 0.6\n")), kMet);
  EXPECT_EQ(verdict(waste(years + "at_least = 0.601\n")), kMissed);
}

// The base counts in t what the plan counts in kt, from a year earlier on, when nothing was used;
// half is used there in 2026 only. The plan has 0.6 then, and 0.3 in 2025.
TEST(Rate, finds_its_sources_in_a_base_of_other_years_and_units) {
  std::string base = kWaste;
  base.replace(base.find("start = 2025"), 12, "start = 2024");
  base += "[measures.line]\nkind = \"substitution\"\nstart = 2026-01-01\nfrom = \"dumped\"\n"
          "to = \"used\"\nshare = 0.5\nstages = [{ id = \"works\", duration = \"0 d\" }]\n";
  std::string plan = kWaste;
  plan.replace(plan.find("idle = true"), 11, "idle = true\nactivity_unit = \"kt/year\"");
  plan += std::string(kLine) + kTarget + kUsed + "rise = 0\nbase = \"base\"\n";
  EXPECT_NEAR(margin(plan + "from = 2025\nto = 2025\n", base), 0.3, 1e-12);
  EXPECT_NEAR(margin(plan + "from = 2026\nto = 2026\n", base), 0.1, 1e-12);
}

TEST(Rate, cannot_be_assessed_where_there_is_nothing_to_compare) {
  const std::string years = "from = 2025\nto = 2026\n";
  const std::string rise = std::string(kUsed) + years + "rise = 0.1\nbase = \"base\"\n";
  // without a line nothing is used: of that nothing is a share
  const std::string of_used =
      std::string(kWaste) + kTarget + "of = [\"dumped\"]\nper = [\"used\"]\n";
  EXPECT_EQ(verdict(of_used + years + "at_least = 0.1\n"), kNotAssessable);
  // the base is not there, or not in 2026
  EXPECT_EQ(Recorded(waste(rise))["target_met"], kNotAssessable);
  std::string short_base = kWaste;
  short_base.replace(short_base.find("end = 2027"), 10, "end = 2026");
  EXPECT_EQ(verdict(waste(rise), short_base), kNotAssessable);
  EXPECT_EQ(verdict(waste(rise)), kMet);
  EXPECT_EQ(verdict(waste(rise + "not_assessable = \"nobody weighs\"\n")), kNotAssessable);
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
)" + kTarget + "measure = \"p\"\nby = 2025-06-30\n";
  EXPECT_NEAR(margin(programme + "at_least = 0.7\n"), 0.2, 1e-12);
  EXPECT_EQ(verdict(programme + "at_least = 0.7\n"), kMet);
  EXPECT_EQ(verdict(programme + "at_least = 0.95\n"), kMissed);
  EXPECT_EQ(verdict(programme + "at_least = 0.7\nnot_assessable = \"nobody counts\"\n"),
            kNotAssessable);
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

TEST(Rate, of_activity_needs_what_it_is_a_share_of_and_its_years) {
  EXPECT_EQ(mistakes_in(waste("of = [\"used\"]\nat_least = 0.5\nby = 2025-06-30\n")),
            "plan.toml:28:1: targets.t: the key 'from' is missing\n"
            "plan.toml:28:1: targets.t: the key 'per' is missing\n"
            "plan.toml:28:1: targets.t: the key 'to' is missing\n"
            "plan.toml:32:6: targets.t.by: is for the progress of a measure; years are given as "
            "from and to");
  const std::string years = std::string(kUsed) + "from = 2025\nto = 2026\n";
  EXPECT_EQ(mistakes_in(waste(years)),
            "plan.toml:28:1: targets.t: one of the keys 'at_least' or 'rise' is missing");
  EXPECT_EQ(mistakes_in(waste("measure = \"line\"\nat_least = 0.5\nby = 2025-06-30\n"
                              "of = [\"used\"]\n")),
            "plan.toml:30:11: targets.t.measure: 'of' and 'measure' exclude each other: give one "
            "of them");
}

TEST(Rate, of_a_measure_has_no_years_and_no_base) {
  EXPECT_EQ(mistakes_in(waste("measure = \"line\"\nper = [\"used\"]\nto = 2025\nrise = 0.1\n"
                              "base_rate = 0.5\n")),
            "plan.toml:28:1: targets.t: the key 'at_least' is missing\n"
            "plan.toml:28:1: targets.t: the key 'by' is missing\n"
            "plan.toml:31:7: targets.t.per: says nothing of the progress of a measure\n"
            "plan.toml:32:6: targets.t.to: says nothing of the progress of a measure\n"
            "plan.toml:33:8: targets.t.rise: says nothing of the progress of a measure\n"
            "plan.toml:34:13: targets.t.base_rate: says nothing of the progress of a measure");
  EXPECT_EQ(mistakes_in(waste("measure = \"line\"\nat_least = 0.5\nbase = \"base\"\n"
                              "by = 2025-06-30\n")),
            "plan.toml:32:8: targets.t.base: says nothing of the progress of a measure");
}

TEST(Rate, has_a_base_where_it_must_rise_and_nowhere_else) {
  const std::string years = std::string(kUsed) + "from = 2025\nto = 2026\n";
  EXPECT_EQ(mistakes_in(waste(years + "rise = 0.1\n")),
            "plan.toml:35:8: targets.t.rise: needs the key 'base' or 'base_rate' beside it");
  EXPECT_EQ(mistakes_in(waste(years + "at_least = 0.1\nbase_rate = 0.1\n")),
            "plan.toml:36:13: targets.t.base_rate: needs the key 'rise' beside it");
  EXPECT_EQ(mistakes_in(waste(years + "at_least = 0.1\nbase = \"base\"\n")),
            "plan.toml:36:8: targets.t.base: needs the key 'rise' beside it");
  EXPECT_EQ(mistakes_in(waste(years + "rise = 0.1\nbase_rate = 0.1\nbase = \"base\"\n")),
            "plan.toml:36:13: targets.t.base_rate: 'base' and 'base_rate' exclude each other: give "
            "at most one of them");
}

TEST(Rate, compares_sources_of_one_dimension_in_whole_years) {
  const std::string years = "from = 2025\nto = 2026\nat_least = 0.5\n";
  EXPECT_EQ(mistakes_in(waste("of = []\nper = [\"used\"]\n" + years)),
            "plan.toml:30:1: targets.t.of: names no source");
  EXPECT_EQ(mistakes_in(waste("of = [\"used\"]\nper = []\n" + years)),
            "plan.toml:31:1: targets.t.per: names no source");
  EXPECT_EQ(mistakes_in(waste(std::string(kUsed) + "from = 2024\nto = 2026\nat_least = 0.5\n")),
            "plan.toml:33:8: targets.t.from: the years 2024 to 2026 are not all whole years of the "
            "horizon (2025 to 2026)");
  const std::string trips = "[sources.trips]\ndistrict = \"centre\"\nsector = \"waste\"\n"
                            "activity = \"100 km/year\"\n";
  const std::string why = "the activities of sources.trips and sources.used are not of one "
                          "dimension, so that one is no share of the other";
  EXPECT_EQ(mistakes_in(waste("of = [\"trips\"]\nper = [\"used\"]\n" + years + trips)),
            "plan.toml:30:1: targets.t.of: " + why);
  EXPECT_EQ(mistakes_in(waste("of = [\"used\"]\nper = [\"used\", \"trips\"]\n" + years + trips)),
            "plan.toml:31:1: targets.t.per: " + why);
}

} // namespace
} // namespace lantian
