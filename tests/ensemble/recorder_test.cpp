// What is copied from the books into results, and in which units, in a town in which nothing is
// random (small_town.hpp). Days are counted from 1970: 1 January 2025 is day 20089.

#include "ensemble/recorded.hpp"
#include "ensemble/small_town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

using test::Recorded;
using testing::Each;
using testing::ElementsAre;
using testing::IsNan;
using testing::Pointwise;

using Values = std::vector<double>;

MATCHER_P(AreNear, expected, "") {
  return testing::ExplainMatchResult(Pointwise(testing::NanSensitiveDoubleNear(1e-9), expected),
                                     arg, result_listener);
}

//! The town, run once.
class Town : public testing::Test {
protected:
  static const Values& of(const std::string& variable) { return run().all(variable); }
  static const Recorded& run() {
    static const Recorded run{std::string(test::kSmallTown)};
    return run;
  }
};

// From the stack 0.8 t a day for 181 days, then 0.4 for 184: 218.4 t, and 146 in 2026; past it half
// as much.
TEST_F(Town, has_its_dust_by_account_and_place) {
  EXPECT_THAT(of("PM"), AreNear(Values{218.4, 146, 109.2, 73, 0, 0, 0, 0}));
  EXPECT_THAT(of("PM_by_zone"),
              AreNear(Values{218.4, 146, 109.2, 73, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(of("PM_by_district"), AreNear(Values{327.6, 219, 0, 0}));
  EXPECT_THAT(of("PM_by_sector"), AreNear(Values{0, 0, 327.6, 219}));
  EXPECT_THAT(of("PM_by_plant"), AreNear(Values{0, 0, 327.6, 219}));
  EXPECT_THAT(of("PM_by_source"), AreNear(Values{0, 0, 327.6, 219, 0, 0}));
}

// 100 kg a day, in 2025 on 215 days. The kiln's power causes 1 kg a day and saves 0.5 kg: that is
// told by account alone.
TEST_F(Town, keeps_what_its_power_causes_out_of_direct_emission) {
  EXPECT_THAT(of("SO2"), AreNear(Values{21500, 36500, 0, 0, 365, 365, 182.5, 182.5}));
  EXPECT_THAT(of("SO2_by_zone"), AreNear(Values{0, 0, 0, 0, 365, 365, 182.5, 182.5, //
                                                21500, 36500, 0, 0, 0, 0, 0, 0}));
  EXPECT_THAT(of("SO2_by_district"), AreNear(Values{0, 0, 21500, 36500}));
  EXPECT_THAT(of("SO2_by_sector"), AreNear(Values{0, 0, 21500, 36500}));
  EXPECT_THAT(of("SO2_by_plant"), AreNear(Values{0, 0, 0, 0})); // the boiler is of no plant
  EXPECT_THAT(of("SO2_by_source"), AreNear(Values{21500, 36500, 0, 0, 0, 0}));
}

TEST_F(Town, makes_tonnes_and_is_active_in_the_unit_of_each_source) {
  EXPECT_THAT(of("production_by_plant"), AreNear(Values{73000, 73000, 365000, 365000}));
  EXPECT_THAT(of("activity_by_source"), AreNear(Values{43000, 73000, 365, 365, 365, 365}));
}

// The bed is changed on the days 100, 200, 300, 400, 500, 600, 700: 100 kg at 20 CNY.
TEST_F(Town, changes_carbon_in_each_year) {
  EXPECT_THAT(of("carbon_changes_by_control"), AreNear(Values{3, 4, 0, 0}));
  EXPECT_THAT(of("carbon_cost_by_control"), AreNear(Values{6000, 8000, 0, 0}));
}

// Clean is done on day 181, doomed given up on day 31; slow, which begins on day 699, has been at
// work for 31 days and is not there.
TEST_F(Town, tells_what_became_of_its_measures) {
  EXPECT_THAT(of("measure_state"), ElementsAre(2, 3, 1));
  EXPECT_THAT(of("measure_date"),
              AreNear(Values{20089, 20270, 20270, 20270, 20120, kMissing, kMissing, kMissing, 20788,
                             kMissing, kMissing, kMissing}));
  EXPECT_THAT(of("measure_time"), AreNear(Values{0, 31, 0, 0, 0, 0, 150, //
                                                 0, 0,  0, 0, 0, 0, 0,   //
                                                 0, 0,  0, 0, 0, 0, 31}));
  EXPECT_THAT(of("measure_progress"), AreNear(Values{1, 1, 0, 0, 0, 0}));
  EXPECT_THAT(of("delisted_by_measure"), Each(0));
}

// 0.73 MCNY a year in 184 days of 365.
TEST_F(Town, pays_for_its_measures) {
  EXPECT_THAT(of("capital_by_measure"), AreNear(Values{3e6, 0, 0, 0, 0, 0}));
  EXPECT_THAT(of("operating_by_measure"), AreNear(Values{368000, 730000, 0, 0, 0, 0}));
}

// Of hours whose mean is the limit 44.165 % lie above it: ln has the deviation s = sqrt(ln 1.09),
// and the limit lies s/2 above its mean. From February to June 2025 the boiler has no valid hour.
TEST_F(Town, exceeds_a_limit_in_a_share_of_valid_hours) {
  const Values& shares = of("exceedance");
  const double share = std::erfc(std::sqrt(std::log(1.09)) / 2 / std::sqrt(2)) / 2;
  EXPECT_NEAR(share, 0.44165, 1e-5);
  ASSERT_EQ(shares.size(), 24U);
  for (std::size_t month = 0; month < 24; ++month) {
    if (month >= 1 && month <= 5)
      EXPECT_THAT(shares[month], IsNan()) << month;
    else
      EXPECT_NEAR(shares[month], share, 1e-9) << month;
  }
}

// [plant][grade], grade none first: 730 days each.
TEST_F(Town, spends_its_time_in_grades) {
  const Coordinate& grades = *run().layout().coordinate("grade");
  EXPECT_THAT(std::get<Labels>(grades.values).ids, ElementsAre("none", "A", "B", "C", "D"));
  EXPECT_THAT(of("grade_time"), AreNear(Values{0, 0, 0, 730, 0, 0, 730, 0, 0, 0}));
}

// 219 of 300 t. The deadline fell due at the end of 15 June, day 166, 15 days before it was met.
// The shop's share is least in 2026, when the boiler runs all year.
TEST_F(Town, judges_its_targets) {
  EXPECT_THAT(of("target_met"), ElementsAre(1, 0, 1, 1));
  EXPECT_THAT(of("target_margin"), AreNear(Values{81, -15, 1 - 1.2 / 1.5, 365.0 / 73365}));
  EXPECT_THAT(of("target_date"), AreNear(Values{kMissing, 20270, kMissing, kMissing}));
  EXPECT_THAT(of("target_last_measure"), AreNear(Values{kMissing, 0, kMissing, kMissing}));
  const Values path = {31, 0, 0, 0, 0, 150, 0, 0}; // permits first, work sixth
  const Values& times = of("target_path_time");
  const Values& late = of("target_lateness_by_cause");
  for (std::size_t k = 0; k < times.size(); ++k) {
    const bool is_deadline = k / path.size() == 1;
    const double time = is_deadline ? path[k % path.size()] : kMissing;
    EXPECT_THAT(times[k], testing::NanSensitiveDoubleNear(time, 1e-9)) << k;
    EXPECT_THAT(late[k], testing::NanSensitiveDoubleNear(time * 15 / 181, 1e-9)) << k;
  }
  EXPECT_THAT(of("target_lateness"), AreNear(Values{kMissing, 15, kMissing, kMissing}));
}

TEST_F(Town, sees_what_is_added_to_its_air) {
  // 0.01 ug/m3 per t/year at the square; nobody knows at the school
  EXPECT_THAT(of("concentration_PM"), AreNear(Values{kMissing, kMissing, 3.276, 2.19}));
  EXPECT_THAT(of("exposure_PM"), AreNear(Values{3.276, 2.19}));
  EXPECT_THAT(of("parameter_value"), AreNear(Values{0.002, 730000}));
}

//! A row of the log as text.
std::vector<std::string> lines_of(const EventLog& log) {
  std::vector<std::string> lines;
  for (std::size_t k = 0; k < log.size(); ++k)
    lines.push_back(fmt::format("{} {} {}: {}{}{}", log.replication[k],
                                days_since_epoch(log.time[k]) - 20089, log.measure[k], log.event[k],
                                log.detail[k].empty() ? "" : " / ", log.detail[k]));
  return lines;
}

// One replication keeps a log, the other does not.
TEST(TownLog, tells_what_happened_to_which_measure_and_when) {
  const Recorded run(test::kSmallTown, {.replications = 2});
  EXPECT_THAT(lines_of(run.log()),
              ElementsAre("0 0 clean: begun", "0 0 clean: stage / permit begins",
                          "0 0 clean: waits / permits permit", "0 31 clean: stage / permit ends",
                          "0 31 clean: stage / works begins", "0 31 clean: at_work / works",
                          "0 31 doomed: begun", "0 31 doomed: cancelled",
                          "0 181 clean: stage / works ends", "0 181 clean: works",
                          "0 181 clean: assessed", "0 181 clean: published", "0 699 slow: begun",
                          "0 699 slow: stage / works begins", "0 699 slow: at_work / works"));
}

constexpr const char* kFires = R"(
lantian = 1
horizon = { start = 2025-01-01, end = 2026-01-01 }
pollutants.PM = { unit = "t" }
zones.city = {}
districts.centre = { zone = "city" }
sectors.waste = {}
profiles.june = { months = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0] }
sources.tip = { district = "centre", sector = "waste", activity = "0 t/year", emits = { PM.raw = "1 kg/t" } }
arrivals.fires = { source = "tip", per_year = "100 /year", profile = "june", flow = "1 t/d", lasts = "2 d" }
)";

constexpr const char* kWatch = R"(
[measures.watch]
kind = "patrol"
start = 2025-01-01
arrivals = ["fires"]
deterrence = 0.5
detections = [{ id = "camera", probability = 1, delay = "1 d" }]
)";

// Each fire burns 1 t a day for two days; a camera finds it after one, and half do not begin.
TEST(Fires, are_counted_with_what_became_of_them) {
  const Recorded alone{std::string(kFires)};
  const double all = alone["arrivals_number"];
  EXPECT_GT(all, 50);
  EXPECT_EQ(alone["arrivals_found"], 0);
  EXPECT_EQ(alone["arrivals_prevented"], 0);
  EXPECT_NEAR(alone["arrivals_time"], 2 * all, 1e-3); // whole seconds
  EXPECT_NEAR(alone["activity_by_source"], alone["arrivals_time"], 1e-9);

  const Recorded watched(std::string(kFires) + kWatch);
  const double begun = watched["arrivals_number"];
  EXPECT_GT(begun, 20);
  EXPECT_GT(watched["arrivals_prevented"], 20);
  EXPECT_EQ(begun + watched["arrivals_prevented"], all);
  EXPECT_EQ(watched["arrivals_found"], begun);
  EXPECT_NEAR(watched["arrivals_time"], begun, 1e-3);
}

} // namespace
} // namespace lantian
