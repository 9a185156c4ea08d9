// Random occurrences against the theory of Poisson processes and of M/G/infinity.

#include "oracles/oracle.hpp"
#include "world/small_world.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace lantian::oracles {
namespace {

//! A field that emits 2 kg of PM for each kg burnt on it.
Inventory field() {
  Inventory town;
  town.source("field").makes(0).idle().raw("PM", 2);
  return town;
}

// M/G/infinity: whatever the law of the lives, the number open is Poisson with the rate times the
// mean life. Three lives of one mean; the rate is 5 a day, so the mean is 20, and so is the
// variance. Run in for 100 mean lives, so that the first day is stationary.
enum class Defect { none, life_once_for_all };

std::vector<double> open_fires(const Number& life, Defect defect,
                               std::uint32_t replications = 400) {
  std::vector<double> found;
  for (std::uint32_t r = 0; r < replications; ++r) {
    Inventory town = field();
    ArrivalsRow& row = town.arrivals("fires", "field", 5 * 365, 4).row;
    row.lasts = life;
    row.run_in = days(60);
    if (defect == Defect::life_once_for_all) { // the same draw for every fire of a replication
      const RandomSource luck(seed(), r);
      row.lasts = Number::constant(life.sample({}, luck.uniform(stream_id("life", ""), 0)), kTime);
    }
    town.horizon(day(0), day(10));
    Replay replay(town.scenario(), {.seed = seed(), .replication = r});
    double open = 0;
    replay.at(day(9), [&](World& world) { open = static_cast<double>(world.arrivals(0).open()); });
    replay.books();
    found.push_back(open);
  }
  return found;
}

TEST(OpenFires, are_poisson_with_rate_times_mean_life_whatever_the_law_of_the_lives) {
  const std::array<std::pair<std::string, Number>, 3> lives = {
      {{"exponential", exponential_days(4)},
       {"fixed", fixed_days(4)},
       {"lognormal", Number::chance(Distribution::lognormal(4 * 86400, 1.0), kTime)}}};
  for (const auto& [law, life] : lives) {
    const std::vector<double> found = open_fires(life, Defect::none);
    EXPECT_TRUE(agrees(law + " lives", found, 20));
    EXPECT_TRUE(agrees(law + " lives variance", squared_distances(found, 20), 20));
  }
}

TEST(OpenFires, whose_lives_are_drawn_once_for_all_are_caught_by_the_variance) {
  const std::vector<double> found =
      open_fires(exponential_days(4), Defect::life_once_for_all, 1000);
  EXPECT_TRUE(is_caught("their variance", squared_distances(found, 20), 20));
}

// Seasonal counts: by month as the profile's weights, which are 3 from June to August and 1 else,
// each times the days of the month. 1 kg in a minute: a month's PM is twice its count.
TEST(SeasonalArrivals, come_in_each_month_as_often_as_the_profile_says) {
  std::array<std::vector<double>, 12> counts;
  for (std::uint32_t r = 0; r < 300; ++r) {
    Inventory town = field();
    town.profile("summer").months = {1, 1, 1, 1, 1, 3, 3, 3, 1, 1, 1, 1};
    auto& draft = town.arrivals("fires", "field", 500, 1.0 / 1440);
    draft.links.push_back(
        [](ArrivalsRow& row, const Scenario& all) { row.profile = *all.profiles.find("summer"); });
    Replay replay(town.scenario(), {.seed = seed(), .replication = r});
    for (std::size_t month = 0; month < 12; ++month)
      counts[month].push_back(replay.in(month, "PM") / 2);
  }
  const std::array<double, 12> length = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (std::size_t month = 0; month < 12; ++month) {
    const double weight = month >= 5 && month < 8 ? 3 : 1;
    const double expected = 500 * weight * length[month] / (365 + 2 * 92);
    const std::string name = "month " + std::to_string(month + 1);
    EXPECT_TRUE(agrees(name, counts[month], expected));
    EXPECT_TRUE(agrees(name + " variance", squared_distances(counts[month], expected), expected));
  }
}

// Compound Poisson: 500 fires a year of lognormal amounts with mean 1 and cv 1.5 burn 500 on
// average, with variance 500 E X^2 = 500 (1 + 1.5^2). Each is over in a minute, and emits twice its
// amount.
TEST(WhatBurns, is_a_compound_poisson_sum) {
  Inventory town = field();
  town.arrivals("fires", "field", 500, 1.0 / 1440).row.amount =
      Number::chance(Distribution::lognormal(1, 1.5), {});
  town.interval(Interval::year);
  std::vector<double> burnt;
  for (std::uint32_t r = 0; r < 1000; ++r) {
    Replay replay(town.scenario(), {.seed = seed(), .replication = r});
    burnt.push_back(replay.total("PM") / 2);
  }
  EXPECT_TRUE(agrees("amount", burnt, 500));
  EXPECT_TRUE(agrees("its variance", squared_distances(burnt, 500), 500 * (1 + 1.5 * 1.5)));
}

} // namespace
} // namespace lantian::oracles
