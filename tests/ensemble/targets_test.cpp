// The targets `cap`, `reduction`, `compliance` and `deadline`. An old works emits 200 t a year and
// closes on 1 January 2026. A mill has 200 kt a year x 50,000 m3/t x 8 mg/m3 = 80 t a year, and 20
// from day 181 (1 July 2025) on: in 2025 it emits (80 x 181 + 20 x 184) / 365 = 18160 / 365 t.

#include "ensemble/recorded.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace lantian {
namespace {

using test::kMet;
using test::kMissed;
using test::kNotAssessable;
using test::load_text;
using test::mistakes_in;
using test::Recorded;

constexpr const char* kTown = R"(
lantian = 1
horizon = { start = 2025-01-01, end = 2027-01-01 }
pollutants.PM = { unit = "t" }
zones = { city = {}, country = {}, desert = {} }
districts = { centre = { zone = "city" }, hills = { zone = "country" } }
sectors = { iron = {}, power = {} }
plants.old = { district = "centre", sector = "iron", production = "100 kt/year" }
plants.mill = { district = "hills", sector = "power", production = "200 kt/year" }
sources.old-stack = { plant = "old", activity = "100 kt/year", emits = { PM.raw = "2 kg/t" } }
[sources.mill-stack]
plant = "mill"
activity = "200 kt/year"
emits.PM = { concentration = "8 mg/m3", gas_volume = "50000 m3/t", limit = "10 mg/m3" }
[measures.close]
kind = "closure"
start = 2026-01-01
plants = ["old"]
lost_output = { fate = "lost" }
[measures.clean]
kind = "retrofit"
start = 2025-01-01
stages = [{ id = "works", duration = "181 d" }]
changes.mill-stack.emits.PM.concentration = "2 mg/m3"
[measures.slow]
kind = "retrofit"
start = 2025-01-01
stages = [{ id = "works", duration = "800 d" }]
changes.mill-stack.emits.PM.concentration = "1 mg/m3"
[targets.t]
)";

struct Judged {
  double outcome;
  double margin;
};

//! The verdict on the target, beside a base scenario without one.
Judged judged(const std::string& target) {
  const std::string town = kTown;
  const std::string before = town.substr(0, town.find("[measures"));
  const Recorded run(std::vector{load_text("base", before), load_text("plan", town + target)});
  return {run["target_met"], run["target_margin"]};
}

void expect(const Judged& verdict, double outcome, double margin) {
  EXPECT_EQ(verdict.outcome, outcome);
  EXPECT_NEAR(verdict.margin, margin, 1e-9);
}

std::string cap(const std::string& rest) {
  return "kind = \"cap\"\npollutant = \"PM\"\n" + rest;
}

TEST(Cap, is_judged_by_the_worst_of_its_years) {
  expect(judged(cap("in = \"zones.city\"\nfrom = 2025\nto = 2025\nlimit = \"250 t/year\"\n")), kMet,
         50);
  expect(judged(cap("in = \"zones.city\"\nfrom = 2025\nto = 2026\nlimit = \"150 t/year\"\n")),
         kMissed, -50);
  expect(judged(cap("from = 2025\nto = 2026\nlimit = \"300 t/year\"\n")), kMet,
         100 - 18160.0 / 365);
}

TEST(Cap, that_is_just_kept_is_met) {
  expect(judged(cap("in = \"plants.old\"\nfrom = 2026\nto = 2026\nlimit = \"0 t/year\"\n")), kMet,
         0);
}

TEST(Cap, holds_in_any_kind_of_place) {
  for (const char* place :
       {"zones.country", "districts.hills", "sectors.power", "plants.mill", "sources.mill-stack"}) {
    SCOPED_TRACE(place);
    expect(judged(cap(std::string("in = \"") + place + "\"\n" +
                      "from = 2026\nto = 2026\nlimit = \"25 t/year\"\n")),
           kMet, 5);
  }
}

std::string reduction(const std::string& rest) {
  return "kind = \"reduction\"\npollutant = \"PM\"\n" + rest;
}

// 20 of 250 t in 2026; in both years 200 + 18160/365 + 20 of 500 t.
TEST(Reduction, is_a_share_of_an_amount_in_each_of_its_years) {
  const std::string by = "by = 0.5\nbase_amount = \"250 t/year\"\n";
  expect(judged(reduction("from = 2026\nto = 2026\n" + by)), kMet, 1 - 20.0 / 250 - 0.5);
  expect(judged(reduction("from = 2025\nto = 2026\n" + by)), kMissed,
         1 - (220 + 18160.0 / 365) / 500 - 0.5);
}

// The base emits 80 t in each year.
TEST(Reduction, is_a_share_of_what_another_scenario_emits) {
  expect(judged(reduction("in = \"plants.mill\"\nfrom = 2026\nto = 2026\nby = 0.7\n"
                          "base = \"base\"\n")),
         kMet, 1 - 20.0 / 80 - 0.7);
}

TEST(Reduction, may_be_of_less_than_a_tonne) {
  expect(judged(reduction("in = \"zones.desert\"\nfrom = 2026\nto = 2026\nby = 0.7\n"
                          "base_amount = \"0.5 t/year\"\n")),
         kMet, 0.3);
}

TEST(Reduction, that_is_just_reached_is_met) {
  expect(judged(reduction("in = \"plants.old\"\nfrom = 2026\nto = 2026\nby = 1\n"
                          "base = \"base\"\n")),
         kMet, 0);
}

TEST(Reduction, of_nothing_cannot_be_assessed) {
  EXPECT_EQ(judged(reduction("in = \"zones.desert\"\nfrom = 2026\nto = 2026\nby = 0.7\n"
                             "base = \"base\"\n"))
                .outcome,
            kNotAssessable);
}

std::string compliance(const std::string& rest) {
  return "kind = \"compliance\"\n" + rest;
}

// At a mean of 8 and a coefficient of variation of 0.3, 18 % of the hours are above 10 mg/m3; at a
// mean of 2 practically none. So of the months of 2025 the first six keep less than 95 %.
TEST(Compliance, counts_the_months_that_keep_enough_hours) {
  const std::string year = "plant = \"mill\"\nfrom = 2025-01-01\nto = 2026-01-01\n";
  expect(judged(compliance(year)), kMissed, -0.5);
  expect(judged(compliance(year + "months = 0.5\n")), kMet, 0);
  expect(judged(compliance(year + "hours = 0.8\n")), kMet, 0);
  expect(judged(compliance(year + "hours = 0.83\nmonths = 0.75\n")), kMissed, -0.25);
}

TEST(Compliance, looks_at_its_own_months_only) {
  expect(judged(compliance("plant = \"mill\"\nfrom = 2025-06-01\nto = 2025-09-01\n")), kMissed,
         2.0 / 3 - 1);
  expect(judged(compliance("plant = \"mill\"\nfrom = 2025-07-01\nto = 2027-01-01\n")), kMet, 0);
}

// The annex comes before the mill in every table, and keeps its limit.
TEST(Compliance, looks_at_its_own_plant_only) {
  std::string town = kTown;
  town.insert(town.find("[sources.mill-stack]"), R"(
plants.annex = { district = "hills", sector = "power", production = "100 kt/year" }
[sources.annex-stack]
plant = "annex"
activity = "100 kt/year"
emits.PM = { concentration = "2 mg/m3", gas_volume = "50000 m3/t", limit = "10 mg/m3" }
)");
  const auto margin = [&](const char* plant) {
    const std::string year = "from = 2025-01-01\nto = 2026-01-01\n";
    return Recorded(town +
                    compliance(fmt::format("plant = \"{}\"\n", plant) + year))["target_margin"];
  };
  EXPECT_NEAR(margin("annex"), 0, 1e-9);
  EXPECT_NEAR(margin("mill"), -0.5, 1e-9);
}

TEST(Compliance, of_a_plant_without_limits_cannot_be_assessed) {
  EXPECT_EQ(judged(compliance("plant = \"old\"\nfrom = 2025-01-01\nto = 2026-01-01\n")).outcome,
            kNotAssessable);
}

std::string deadline(const std::string& rest) {
  return "kind = \"deadline\"\n" + rest;
}

TEST(Deadline, is_kept_to_the_end_of_its_day) {
  expect(judged(deadline("measures = [\"clean\"]\ndate = 2025-07-10\n")), kMet, 10);
  expect(judged(deadline("measures = [\"clean\"]\ndate = 2025-06-30\n")), kMissed, 0);
  expect(judged(deadline("measures = [\"clean\"]\nmilestone = \"begun\"\ndate = 2025-01-01\n")),
         kMet, 1);
}

TEST(Deadline, waits_for_the_last_of_its_measures) {
  expect(judged(deadline("measures = [\"close\", \"clean\"]\ndate = 2026-01-05\n")), kMet, 5);
  const Judged never = judged(deadline("measures = [\"clean\", \"slow\"]\ndate = 2026-01-05\n"));
  EXPECT_EQ(never.outcome, kMissed);
  EXPECT_TRUE(std::isnan(never.margin));
}

TEST(ATarget, that_says_that_it_cannot_be_assessed_is_not) {
  const std::string why = "not_assessable = \"the inventory lacks the stoves\"\n";
  for (const std::string& target :
       {cap("from = 2026\nto = 2026\nlimit = \"25 t/year\"\n"),
        reduction("from = 2026\nto = 2026\nby = 0.5\nbase_amount = \"250 t/year\"\n"),
        compliance("plant = \"mill\"\nfrom = 2025-01-01\nto = 2026-01-01\n"),
        deadline("measures = [\"clean\"]\ndate = 2025-07-10\n")}) {
    const Judged verdict = judged(target + why);
    EXPECT_EQ(verdict.outcome, kNotAssessable) << target;
    EXPECT_TRUE(std::isnan(verdict.margin)) << target;
  }
}

TEST(ATarget, lies_within_whole_years_of_the_horizon) {
  EXPECT_EQ(mistakes_in(kTown + cap("from = 2026\nto = 2025\nlimit = \"1 t/year\"\n")),
            "plan.toml:34:6: targets.t.to: 2025 lies before from (2026)");
  for (const auto& [from, to] : {std::pair("2024", "2026"), std::pair("2025", "2027")}) {
    EXPECT_EQ(mistakes_in(kTown +
                          cap(fmt::format("from = {}\nto = {}\nlimit = \"1 t/year\"\n", from, to))),
              fmt::format("plan.toml:33:8: targets.t.from: the years {} to {} are not all whole "
                          "years of the horizon (2025 to 2026)",
                          from, to));
  }
  for (const auto& [from, to] :
       {std::pair("2024-12-31", "2024-12-31"), std::pair("2027-01-01", "2027-01-02")}) {
    EXPECT_EQ(mistakes_in(kTown + compliance(fmt::format("plant = \"mill\"\nfrom = {}\nto = {}\n",
                                                         from, to))),
              "plan.toml:33:8: targets.t.from: lies outside the horizon\n"
              "plan.toml:34:6: targets.t.to: must lie after from and within the horizon");
  }
}

TEST(ATarget, names_a_place_and_a_fixed_amount) {
  for (const char* place : {"zones.moon", "city"}) {
    EXPECT_EQ(mistakes_in(kTown + cap(fmt::format(
                                      "in = \"{}\"\nfrom = 2025\nto = 2026\nlimit = \"1 t/year\"\n",
                                      place))),
              fmt::format("plan.toml:33:6: targets.t.in: '{}' is no place of this scenario; write "
                          "it like zones.key-area, districts.ID, sectors.ID, plants.ID or "
                          "sources.ID",
                          place));
  }
  const std::string unsure = "{ uniform = { low = \"1 t/year\", high = \"2 t/year\" } }\n";
  EXPECT_EQ(mistakes_in(kTown + cap("from = 2025\nto = 2026\nlimit = " + unsure)),
            "plan.toml:35:1: targets.t.limit: is uncertain; a cap is a fixed amount");
  EXPECT_EQ(
      mistakes_in(kTown + reduction("from = 2025\nto = 2026\nby = 0.5\nbase_amount = " + unsure)),
      "plan.toml:36:1: targets.t.base_amount: is uncertain; a base is a fixed amount");
}

} // namespace
} // namespace lantian
