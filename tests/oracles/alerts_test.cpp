// Alerts against theory. Spells that come as a Poisson process and hold for a random time are the
// servers of an M/G/infinity queue: no alert is in force at t with probability exp(-m(t)), where
// m(t) is the mean number that hold, so that times with and without an alert alternate in known
// shares. Thinning: spells of a month, and of a month and a level, are Poisson with the rate of the
// month times the share of the level.

#include "measures/alert_episodes.hpp"
#include "measures/stories.hpp"
#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace lantian::oracles {
namespace {

using Plan = AlertResponse;

constexpr double kPerYear = 20;
constexpr double kMeanDays = 4;
constexpr double kLiftedDays = 1.5;
const std::array<double, 12> kMonths = {4, 3, 1, 0.5, 0, 0, 0, 0, 0.5, 1, 2, 4};

//! Spells of exponential length, a third of them red; seasonal where `months` are given.
Scenario spells(std::vector<double> months, double lifted_days) {
  Inventory town;
  town.profile("season").months = std::move(months);
  town.source("kiln").raw("PM", 1);
  town.measure<Plan>("alerts", [=](Plan& plan, const Scenario&) {
    plan.episodes.per_year = fixed(kPerYear);
    plan.episodes.profile = 0;
    plan.episodes.peak = Number::chance(Distribution::uniform(200, 350), {});
    plan.episodes.lasts = exponential_days(kMeanDays);
    plan.rules = {{Time::min(), AlertLevel::yellow, 200, {}, std::nullopt, {}},
                  {Time::min(), AlertLevel::red, 300, {}, std::nullopt, {}}};
    plan.notice = days(1);
    plan.lifted_after = days(lifted_days);
  });
  return town.scenario();
}

//! Share of the year under alert, one number a replication.
std::vector<double> shares_under_alert(const Scenario& scenario) {
  const Blueprint blueprint(scenario);
  const LedgerLayout layout(blueprint);
  std::vector<double> shares;
  for (std::uint32_t replication = 0; replication < 1000; ++replication) {
    World world(layout, {.seed = seed(), .replication = replication}, false);
    spawn_measures(world);
    world.run();
    Duration under{0};
    for (const AlertPeriod& period : world.close().alerts)
      under += period.to - period.from;
    shares.push_back(static_cast<double>(under.count()) / (365 * 86400));
  }
  return shares;
}

//! The mean of 1 - exp(-m(t)) over the year, which begins with no alert. m(t) is the integral over
//! past arrivals of rate(s) x P(it still holds): it holds for kLiftedDays and an exponential time.
double expected_share(const std::vector<double>& months) {
  const Scenario scenario = spells(months, kLiftedDays);
  const Blueprint blueprint(scenario);
  const ActivityClock& clock = blueprint.profile_clock(0);
  constexpr int kSteps =
      365 * 24; // the midpoint rule by the hour: its error is far below the noise
  std::vector<double> rate;
  for (int hour = 0; hour < kSteps; ++hour)
    rate.push_back(kPerYear * clock.elapsed(day(hour / 24.0), day((hour + 1) / 24.0)));
  double share = 0;
  for (int t = 0; t < kSteps; ++t) {
    double holding = 0;
    for (int s = std::max(0, t - 24 * 60); s <= t; ++s) { // none lasts 60 days
      const double age = s == t ? 0.25 : t - s; // of the arrivals in this hour half so far
      const double beyond = std::max(0.0, age - kLiftedDays * 24) / (kMeanDays * 24);
      const double came =
          s == t ? rate[static_cast<std::size_t>(s)] / 2 : rate[static_cast<std::size_t>(s)];
      holding += came * std::exp(-beyond);
    }
    share += (1 - std::exp(-holding)) / kSteps;
  }
  return share;
}

TEST(AlertShare, is_that_of_an_alternating_renewal_process) {
  // in the steady state 1 - exp(-20 x 5.5/365) = 0.26; a little less as the year begins without
  const std::vector<double> flat(12, 1);
  const double expected = expected_share(flat);
  EXPECT_NEAR(expected, 1 - std::exp(-kPerYear * (kMeanDays + kLiftedDays) / 365), 0.004);
  EXPECT_TRUE(agrees("share of the year", shares_under_alert(spells(flat, kLiftedDays)), expected));
}

TEST(AlertShare, follows_the_season) {
  const std::vector<double> months(kMonths.begin(), kMonths.end());
  EXPECT_TRUE(agrees("share of the year", shares_under_alert(spells(months, kLiftedDays)),
                     expected_share(months)));
}

TEST(AlertShare, of_alerts_that_are_lifted_with_the_spell_is_caught) {
  const std::vector<double> flat(12, 1);
  EXPECT_TRUE(
      is_caught("share of the year", shares_under_alert(spells(flat, 0)), expected_share(flat)));
}

//! How many spells of a level begin in a month, one number a replication.
std::vector<double> counts(const Scenario& scenario, unsigned month, AlertLevel level) {
  const Blueprint blueprint(scenario);
  const LedgerLayout layout(blueprint);
  const auto& plan = static_cast<const Plan&>(*scenario.measures[0].plan);
  std::vector<double> counted;
  for (std::uint32_t replication = 0; replication < 2000; ++replication) {
    const World world(layout, {.seed = seed(), .replication = replication}, false);
    Episodes episodes(world, 0, plan);
    double count = 0;
    for (auto episode = episodes.next(); episode; episode = episodes.next()) {
      const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(episode->begin)};
      count += static_cast<unsigned>(date.month()) == month && episode->level == level ? 1 : 0;
    }
    counted.push_back(count);
  }
  return counted;
}

//! Mean number of spells in a month: its weight by its days, of the year's.
double expected_count(unsigned month) {
  constexpr std::array<double, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  double sum = 0;
  for (std::size_t m = 0; m < 12; ++m)
    sum += kMonths[m] * kDays[m];
  return kPerYear * kMonths[month - 1] * kDays[month - 1] / sum;
}

TEST(SeasonalSpells, are_thinned_by_month_and_level) {
  const Scenario scenario = spells({kMonths.begin(), kMonths.end()}, kLiftedDays);
  for (const unsigned month : {1U, 2U, 4U, 10U, 12U}) {
    for (const auto& [level, share] :
         {std::pair{AlertLevel::yellow, 2 / 3.0}, std::pair{AlertLevel::red, 1 / 3.0}}) {
      const std::vector<double> counted = counts(scenario, month, level);
      const double expected = share * expected_count(month);
      const std::string name =
          "month " + std::to_string(month) + (level == AlertLevel::red ? " red" : " yellow");
      EXPECT_TRUE(agrees(name, counted, expected));
      EXPECT_TRUE(agrees(name + " variance", squared_distances(counted, expected), expected));
    }
  }
  for (const double count : counts(scenario, 7, AlertLevel::yellow))
    EXPECT_EQ(count, 0); // none in July
}

TEST(SeasonalSpells, become_fewer_by_their_trend) {
  // all of them, January to December, at half the rate
  Scenario scenario = spells({kMonths.begin(), kMonths.end()}, kLiftedDays);
  auto plan = std::make_shared<Plan>(static_cast<const Plan&>(*scenario.measures[0].plan));
  plan->episodes.trend = {0.5};
  scenario.measures[0].plan = plan;
  EXPECT_TRUE(
      agrees("red spells in January", counts(scenario, 1, AlertLevel::red), expected_count(1) / 6));
}

TEST(SeasonalSpells, without_a_season_are_caught) {
  const Scenario scenario = spells(std::vector<double>(12, 1), kLiftedDays);
  EXPECT_TRUE(is_caught("red spells in January", counts(scenario, 1, AlertLevel::red),
                        expected_count(1) / 3));
}

//! Whether one spell is red says nothing of the next: pairs of neighbours are red with 1/9.
TEST(SeasonalSpells, have_levels_of_their_own) {
  const Scenario scenario = spells(std::vector<double>(12, 1), kLiftedDays);
  const Blueprint blueprint(scenario);
  const LedgerLayout layout(blueprint);
  const auto& plan = static_cast<const Plan&>(*scenario.measures[0].plan);
  Count both_red{0, 0};
  for (std::uint32_t replication = 0; replication < 2000; ++replication) {
    const World world(layout, {.seed = seed(), .replication = replication}, false);
    Episodes episodes(world, 0, plan);
    const auto first = episodes.next();
    const auto second = episodes.next();
    if (!first || !second)
      continue;
    ++both_red.trials;
    both_red.successes += first->level == AlertLevel::red && second->level == AlertLevel::red;
  }
  EXPECT_TRUE(agrees("pairs of red spells", both_red, 1 / 9.0));
}

} // namespace
} // namespace lantian::oracles
