// The target `alert_cut`: what a list of orders reaches, before and after the exemptions of grade
// A.

#include "ensemble/alert_cut.hpp"

#include "ensemble/recorded.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

using test::mistakes_in;

//! Two mills of equal emission; alerts all year, ten days each, yellow (peak 210) or red (310).
//! Grade C is cut by 0.2 and 0.4, grade B by 0.15 and 0.3, grade A not at all.
std::string two_mills(const std::string& grade_of_first, const std::string& per_year = "8 /year") {
  return R"(
lantian = 1
name = "Two mills"
as_of = 2024-01-01
horizon = { start = 2024-01-01, end = 2026-01-01 }
output = { dimensions = ["total", "alert"] }
pollutants.PM = { name = "PM", unit = "t" }
pollutants.SO2 = { name = "SO2", unit = "t" }
zones.city = { name = "City" }
zones.country = { name = "Country" }
districts.centre = { name = "Centre", zone = "city" }
districts.hills = { name = "Hills", zone = "country" }
sectors.steel = { name = "Steel" }
plants.first = { name = "First", district = "centre", sector = "steel", grade = ")" +
         grade_of_first + R"(" }
plants.second = { name = "Second", district = "hills", sector = "steel", grade = "C" }
sources.first = { plant = "first", process = "sinter", activity = "1 Mt/year", emits = { PM.raw = "1 kg/t" } }
sources.second = { plant = "second", process = "sinter", activity = "1 Mt/year", emits = { PM.raw = "1 kg/t", SO2.raw = "1 kg/t" } }
[measures.alerts]
kind = "alert_response"
rules = [ { level = "yellow", above = 200 }, { level = "red", above = 300 } ]
[measures.alerts.episodes]
per_year = ")" +
         per_year + R"("
lasts = "10 d"
peak = { discrete = { values = [210, 310], weights = [1, 1] } }
[[measures.alerts.orders]]
id = "lines"
processes = ["sinter"]
cuts.A = { yellow = 0, red = 0 }
cuts.B = { yellow = 0.15, red = 0.3 }
cuts.C = { yellow = 0.2, red = 0.4 }
[targets.suffice]
kind = "alert_cut"
pollutants = ["PM"]
from = 2024
to = 2025
yellow = 0.15
[targets.would-suffice]
kind = "alert_cut"
pollutants = ["PM"]
from = 2024
to = 2025
yellow = 0.15
orders = "without_exemptions"
[targets.suffice-in-country]
kind = "alert_cut"
pollutants = ["PM", "SO2"]
zone = "country"
from = 2024
to = 2025
)";
}

//! Outcomes and margins of 20 replications, by target (in id order).
class AlertCutTarget : public testing::Test {
protected:
  void run(const std::string& text) {
    const test::Recorded recorded(text, {.replications = 20, .seed = 11});
    met = recorded.all("target_met");
    margin = recorded.all("target_margin");
  }

  static constexpr std::size_t kTargets = 3;
  enum Target : std::size_t { suffice, suffice_in_country, would_suffice };
  double met_in(std::size_t replication, Target target) const {
    return met[replication * kTargets + target];
  }
  double margin_in(std::size_t replication, Target target) const {
    return margin[replication * kTargets + target];
  }

  std::vector<double> met;
  std::vector<double> margin;
};

TEST_F(AlertCutTarget, is_met_while_no_plant_is_exempted) {
  // both C: 0.2 - 0.15 at yellow, 0.4 - 0.3 at red; the smaller counts
  run(two_mills("C"));
  for (std::size_t r = 0; r < 20; ++r) {
    EXPECT_EQ(met_in(r, suffice), 1);
    EXPECT_NEAR(margin_in(r, suffice), 0.05, 1e-9);
    EXPECT_NEAR(margin_in(r, suffice_in_country), 0.1, 1e-9);
  }
}

TEST_F(AlertCutTarget, is_missed_when_grade_A_frees_a_plant_and_would_be_met_without_exemptions) {
  // first is A: half of 0.2 and of 0.4, so -0.05 and -0.1; as B it would be (0.15 + 0.2)/2 = 0.175
  // and 0.35: 0.025 and 0.05 to spare
  run(two_mills("A"));
  for (std::size_t r = 0; r < 20; ++r) {
    EXPECT_EQ(met_in(r, suffice), 0);
    EXPECT_NEAR(margin_in(r, suffice), -0.1, 1e-9);
    EXPECT_EQ(met_in(r, would_suffice), 1);
    EXPECT_NEAR(margin_in(r, would_suffice), 0.025, 1e-9);
    EXPECT_EQ(met_in(r, suffice_in_country), 1); // where the other plant is
  }
}

TEST_F(AlertCutTarget, cannot_be_judged_where_there_was_no_alert) {
  run(two_mills("C", "0 /year"));
  for (std::size_t r = 0; r < 20; ++r) {
    EXPECT_EQ(met_in(r, suffice), 2);
    EXPECT_TRUE(std::isnan(margin_in(r, suffice)));
  }
}

// All alerts are in June 2024: a target of 2025 has none, one of 2024 has all.
TEST_F(AlertCutTarget, looks_at_its_own_years_only) {
  for (const char* year : {"2024", "2025"}) {
    std::string text = two_mills("C");
    text += "[profiles.june]\nmonths = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]\n";
    text.replace(text.find("lasts = "), 0, "profile = \"june\"\ntrend = [1, 0]\n");
    const std::size_t years = text.find("from = 2024\nto = 2025\nyellow");
    text.replace(years, 21, std::string("from = ") + year + "\nto = " + year);
    run(text);
    for (std::size_t r = 0; r < 20; ++r)
      EXPECT_EQ(met_in(r, suffice), std::string(year) == "2024" ? 1 : 2) << year;
  }
}

// 1 kt a year is 1000/365 t a day in 2025, told apart by zone, orders and level.
TEST(AlertCut, is_judged_by_what_is_emitted_while_an_alert_lasts) {
  std::string text = two_mills("C");
  text.replace(text.find("start = 2024"), 12, "start = 2025");
  for (std::size_t at = 0; (at = text.find("from = 2024", at)) != std::string::npos;)
    text.replace(at, 11, "from = 2025");
  const test::Recorded run(text, {.replications = 1, .seed = 11});
  const auto& days = run.all("alert_time");       // [level]
  const auto& emitted = run.all("PM_by_alert");   // [zone][orders][level]
  const std::vector<double> cuts = {0.2, 0, 0.4}; // yellow, orange, red
  ASSERT_EQ(emitted.size(), 2U * kOrders * kAlertLevels);
  EXPECT_GT(days[0] + days[2], 10);
  EXPECT_EQ(days[1], 0);
  for (const std::size_t zone : {0U, 1U}) {
    for (std::size_t level = 0; level < kAlertLevels; ++level) {
      const double full = days[level] * 1000 / 365;
      const auto with = [&](Orders orders) {
        return emitted[(zone * kOrders + static_cast<std::size_t>(orders)) * kAlertLevels + level];
      };
      EXPECT_NEAR(with(Orders::none), full, 1e-9);
      EXPECT_NEAR(with(Orders::in_force), full * (1 - cuts[level]), 1e-9);
      EXPECT_NEAR(with(Orders::without_exemptions), full * (1 - cuts[level]), 1e-9);
    }
  }
}

TEST(AlertCutCheck, asks_for_the_breakdown_that_it_reads) {
  std::string text = two_mills("C");
  text.replace(text.find(", \"alert\"]"), 10, "]");
  EXPECT_NE(mistakes_in(text).find("targets.suffice: needs \"alert\" among output.dimensions"),
            std::string::npos)
      << mistakes_in(text);
}

TEST(AlertCutCheck, asks_for_whole_years_and_a_pollutant) {
  std::string text = two_mills("C");
  text.replace(text.find("pollutants = [\"PM\"]\nfrom = 2024"), 31, "pollutants = []\nfrom = 2020");
  const std::string mistakes = mistakes_in(text);
  EXPECT_NE(mistakes.find("targets.suffice.pollutants: is empty: name at least one"),
            std::string::npos)
      << mistakes;
  EXPECT_NE(mistakes.find("targets.suffice.from: the years 2020 to 2025 are not all whole years of "
                          "the horizon (2024 to 2025)"),
            std::string::npos)
      << mistakes;
}

} // namespace
} // namespace lantian
