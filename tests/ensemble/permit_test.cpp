// The target `permit`, on a works of two kilns of 1 t of SO2 a day each. A retrofit halves what the
// first emits from day 181 (1 July 2025) on.

#include "ensemble/recorded.hpp"
#include "ensemble/two_plants.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace lantian {
namespace {

using test::load_text;
using test::mistakes_in;

constexpr const char* kKilns = R"(
lantian = 1
horizon = { start = 2025-01-01, end = 2027-01-01 }
pollutants.PM = { unit = "t" }
pollutants.SO2 = { unit = "t" }
zones.city = {}
districts.centre = { zone = "city" }
sectors.steel = {}
plants.works = { district = "centre", sector = "steel", production = "730 kt/year" }
sources.a = { plant = "works", activity = "365 kt/year", emits = { SO2.raw = "1 kg/t" } }
sources.b = { plant = "works", activity = "365 kt/year", emits = { SO2.raw = "1 kg/t" } }
[measures.halved]
kind = "retrofit"
start = 2025-01-01
stages = [{ id = "works", duration = "181 d" }]
changes.a.emits.SO2.raw = "0.5 kg/t"
[targets.t]
kind = "permit"
)";

std::string works(const std::string& target) {
  return kKilns + target;
}

//! The permit's verdict, and all else that is recorded.
struct PermitRun : test::Recorded {
  using test::Recorded::Recorded;
  double margin() const { return (*this)["target_margin"]; }
  bool is_met() const { return (*this)["target_met"] == 1; }
};

//! A window exceeds the limit above 1e-9 of it: 5e-8 t, which passes in 1e-7 of the 700 days.
constexpr double kShareRounding = 2e-7 / 700;

constexpr const char* kMonth = R"(
in = "plants.works"
pollutant = "SO2"
window = "30 d"
limit = "50 t"
)";

TEST(Permit, is_judged_by_the_worst_window) {
  // 60 t in every 30 days at first: the window ends on 31 January, 20119 days after 1970. From day
  // 181 on they fall by 0.5 t a day, to 50 on day 201: 171 of the 700 days on which a window ends.
  const PermitRun run(works(kMonth));
  EXPECT_NEAR(run["permit_worst"], 60, 1e-10);
  EXPECT_NEAR(run["permit_worst_end"], 20119, 1e-9);
  EXPECT_NEAR(run["permit_exceeding"], 171.0 / 700, kShareRounding);
  EXPECT_FALSE(run.is_met());
  EXPECT_NEAR(run.margin(), 1 - 60.0 / 50, 1e-12);
}

TEST(Permit, may_allow_a_share_of_windows_to_exceed) {
  const PermitRun met(works(std::string(kMonth) + "allowed = 0.25\n"));
  EXPECT_TRUE(met.is_met());
  EXPECT_NEAR(met.margin(), 0.25 - 171.0 / 700, kShareRounding);
  EXPECT_FALSE(PermitRun(works(std::string(kMonth) + "allowed = 0.24\n")).is_met());
}

TEST(Permit, holds_in_its_years_only) {
  const PermitRun run(works(std::string(kMonth) + "from = 2026\n"));
  EXPECT_TRUE(run.is_met());
  EXPECT_NEAR(run.margin(), 1 - 45.0 / 50, 1e-10);
}

TEST(Permit, may_be_a_mean_rate_that_is_just_kept) {
  // 1 t a day is 1/24 t in every hour
  const PermitRun run(
      works("of = [\"a\"]\npollutant = \"SO2\"\nwindow = \"1 h\"\nlimit = \"1 t/d\"\n"));
  EXPECT_NEAR(run["permit_worst"], 1.0 / 24, 1e-11);
  EXPECT_EQ(run["permit_exceeding"], 0);
  EXPECT_TRUE(run.is_met());
}

TEST(Permit, of_a_whole_calendar_year_is_what_the_year_holds) {
  // of plants and of sources the file has the same year: 181 at 2 and 184 at 1.5
  const PermitRun run(works("of = [\"b\", \"a\"]\npollutant = \"SO2\"\nwindow = \"365 d\"\n"
                            "limit = \"640 t\"\nfrom = 2025\nto = 2025\n"));
  EXPECT_NEAR(run["permit_worst"], 362 + 276, 1e-9);
  EXPECT_NEAR(run["permit_worst"], run["SO2_by_plant"], 1e-9);
  EXPECT_NEAR(run.margin(), 2.0 / 640, 1e-12);
}

TEST(Permit, of_nothing_is_missed_without_a_margin) {
  const PermitRun run(works("in = \"plants.works\"\npollutant = \"SO2\"\nwindow = \"30 d\"\n"
                            "limit = \"0 t\"\n"));
  EXPECT_FALSE(run.is_met());
  EXPECT_TRUE(std::isnan(run.margin()));
  EXPECT_EQ(run["permit_exceeding"], 1);
}

TEST(Permit, does_not_depend_on_threads) {
  const std::string text = std::string(test::kInventory) + R"(
[targets.t]
kind = "permit"
of = ["mill-stack", "old-stack"]
pollutant = "PM"
window = "1 d"
limit = "1 t"
)";
  const PermitRun one(text, {.replications = 16, .threads = 1, .block = 16});
  const PermitRun four(text, {.replications = 16, .threads = 4, .block = 16});
  for (const char* variable : {"permit_worst", "permit_worst_end", "permit_exceeding"})
    EXPECT_EQ(one.all(variable), four.all(variable));
  EXPECT_NE(one.all("permit_worst")[0], one.all("permit_worst")[1]); // filters fail at random
}

TEST(Permit, adds_nothing_to_the_results_where_there_is_none) {
  const Scenario scenario = load_text("plan", test::kInventory);
  EXPECT_EQ(Model(scenario).layout().coordinate("window"), nullptr);
}

TEST(Permit, names_sources_or_a_place_that_emit_the_pollutant) {
  const std::string rest = "pollutant = \"SO2\"\nwindow = \"1 d\"\nlimit = \"1 t\"\n";
  EXPECT_EQ(mistakes_in(works(rest)),
            "plan.toml:17:1: targets.t: one of the keys 'of' or 'in' is missing");
  EXPECT_EQ(mistakes_in(works("of = [\"a\"]\nin = \"plants.works\"\n" + rest)),
            "plan.toml:20:6: targets.t.in: 'of' and 'in' exclude each other: give one of them");
  EXPECT_EQ(mistakes_in(works("of = []\n" + rest)),
            "plan.toml:19:1: targets.t.of: names no source");
  EXPECT_EQ(mistakes_in(works("of = [\"c\"]\n" + rest)),
            "plan.toml:19:7: targets.t.of[1]: there is no 'c' in [sources]");
  EXPECT_EQ(mistakes_in(works("in = \"plants.mill\"\n" + rest)),
            "plan.toml:19:6: targets.t.in: 'plants.mill' is no place of this scenario; write it "
            "like zones.key-area, districts.ID, sectors.ID, plants.ID or sources.ID");
  EXPECT_EQ(mistakes_in(works("in = \"\"\n" + rest)),
            "plan.toml:19:6: targets.t.in: names no place");
  EXPECT_EQ(
      mistakes_in(works("of = [\"a\"]\npollutant = \"NOx\"\nwindow = \"1 d\"\nlimit = \"1 t\"\n")),
      "plan.toml:20:13: targets.t.pollutant: there is no 'NOx' in [pollutants]");
  EXPECT_EQ(
      mistakes_in(works("of = [\"a\"]\npollutant = \"PM\"\nwindow = \"1 d\"\nlimit = \"1 t\"\n")),
      "plan.toml:19:1: targets.t.of: none of these sources emits PM");
}

TEST(Permit, has_a_window_that_lies_within_its_years) {
  const std::string rest = "of = [\"a\"]\npollutant = \"SO2\"\nlimit = \"1 t\"\n";
  EXPECT_EQ(mistakes_in(works(rest + "window = \"59 min\"\n")),
            "plan.toml:22:10: targets.t.window: must be from an hour to a year (366 days)");
  EXPECT_EQ(mistakes_in(works(rest + "window = \"2 year\"\n")),
            "plan.toml:22:10: targets.t.window: must be from an hour to a year (366 days)");
  EXPECT_EQ(mistakes_in(works(rest + "window = \"366 d\"\nfrom = 2026\nto = 2026\n")),
            "plan.toml:22:10: targets.t.window: is longer than the time in which the limit holds, "
            "2026-01-01 to 2027-01-01");
  EXPECT_EQ(mistakes_in(works(rest + "window = \"1 d\"\nto = 2027\n")),
            "plan.toml:17:10: targets.t.from: the years 2027 to 2027 are not all whole years of "
            "the horizon (2025 to 2026)");
  EXPECT_EQ(
      mistakes_in(works(rest + "window = \"1 t\"\n")),
      "plan.toml:22:10: targets.t.window: '1 t' is a mass; a duration is needed, such as in 'd'");
}

TEST(Permit, has_a_fixed_limit_of_an_amount_or_a_rate) {
  const std::string rest = "of = [\"a\"]\npollutant = \"SO2\"\nwindow = \"1 d\"\n";
  EXPECT_EQ(mistakes_in(works(rest + "limit = \"35 mg/m3\"\n")),
            "plan.toml:22:9: targets.t.limit: is a mass per volume; an amount in a window or a "
            "mean rate is needed, such as '40 t' or '40 t/d', because SO2 is counted in t");
  EXPECT_EQ(mistakes_in(works(rest + "limit = 40\n")),
            "plan.toml:22:9: targets.t.limit: is a plain number or ratio; an amount in a window or "
            "a mean rate is needed, such as '40 t' or '40 t/d', because SO2 is counted in t");
  EXPECT_EQ(mistakes_in(works(rest + "limit = \"-1 t\"\n")),
            "plan.toml:22:9: targets.t.limit: '-1 t' is out of range: must be at least 0");
  EXPECT_EQ(mistakes_in(works(rest + "limit = { uniform = { low = \"1 t\", high = \"2 t\" } }\n")),
            "plan.toml:22:1: targets.t.limit: is uncertain; a permit is a fixed amount");
}

} // namespace
} // namespace lantian
