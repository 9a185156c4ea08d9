#include "world/control_life.hpp"

#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(ControlLife, stops_the_unit_when_the_grace_time_is_over) {
  // From the start: 10 days at 0.1, 1 day of grace at 1, 1 day still; 30 times in 360 days, then
  // 5 days at 0.1: 30 x 2 + 0.5.
  Inventory town;
  town.control("filter").removes("PM", 0.9).fails(fixed_days(10), fixed_days(2), OnFailure::stop,
                                                  days(1));
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("PM"), 60.5, 1e-10);
}

TEST(ControlLife, is_repaired_within_the_grace_time_without_a_stop) {
  // 12 days each: 10 at 0.1 and 2 at 1; 30 times and 5 days more: 90 + 0.5
  for (const Duration grace : {days(2), days(9)}) {
    Inventory town;
    town.control("filter").removes("PM", 0.9).fails(fixed_days(10), fixed_days(2), OnFailure::stop,
                                                    grace);
    town.source("kiln").raw("PM", 1).control("filter");
    Replay replay(town.scenario());
    EXPECT_NEAR(replay.total("PM"), 90.5, 1e-10);
  }
}

TEST(ControlLife, is_bypassed_where_the_scenario_says_so) {
  Inventory town;
  town.control("filter").removes("PM", 0.9).fails(fixed_days(10), fixed_days(2), OnFailure::bypass);
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("PM"), 90.5, 1e-10);
}

TEST(ControlLife, stops_every_unit_on_which_the_control_stands_and_no_other) {
  // without grace: 10 of every 12 days; 300 + 5 days at 0.1
  Inventory town;
  town.control("filter").removes("PM", 0.9).fails(fixed_days(10), fixed_days(2), OnFailure::stop);
  town.source("a").raw("PM", 1).control("filter");
  town.source("b").raw("PM", 2).control("filter");
  town.source("c").raw("PM", 1);
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.of("a", "PM"), 30.5, 1e-10);
  EXPECT_NEAR(replay.of("b", "PM"), 61, 1e-10);
  EXPECT_NEAR(replay.of("c", "PM"), 365, 1e-10);
}

TEST(ControlLife, ages_along_its_curve_and_is_renewed) {
  // The efficiency falls from 0.9 to 0.8 over 10 days, stays for 10, is renewed: 40 days are
  // 2 x (10 x 0.15 + 10 x 0.2) = 7.
  Inventory town;
  town.horizon(day(0), day(40));
  auto& filter = town.control("filter").removes("PM", 0.9).ages({{0, 0}, {240, 0.1}});
  filter.row.renewal = fixed_days(20);
  filter.row.age = fixed_days(0);
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("PM"), 7, 1e-11);
}

TEST(ControlLife, ages_from_corner_to_corner) {
  // 20 days old it is half way from 10 days, where 0.1 is lost, to 30, where 0.5 is: 10 days at 0.5
  // on the mean, and 10 at 0.1 + 0.5
  Inventory town;
  town.horizon(day(0), day(20));
  auto& filter = town.control("filter").removes("PM", 0.9).ages({{0, 0}, {240, 0.1}, {720, 0.5}});
  filter.row.age = fixed_days(20);
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("PM"), 5 + 6, 1e-10);
}

TEST(ControlLife, counts_an_age_beyond_the_renewal_from_the_last_one) {
  // 25 days old with a renewal every 20: 5 days of age. 5 days from 0.85 to 0.8: 0.175 x 5, then
  // 10 x 0.2, then as new: 15 days from 0.9 on: 10 x 0.15 + 5 x 0.2
  Inventory town;
  town.horizon(day(0), day(30));
  auto& filter = town.control("filter").removes("PM", 0.9).ages({{240, 0.1}});
  filter.row.renewal = fixed_days(20);
  filter.row.age = fixed_days(25);
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("PM"), 0.875 + 2 + 1.5 + 1, 1e-11);
}

TEST(ControlLife, ages_only_in_service) {
  // Fails after 5 days for 5 days (bypassed), then works on from where it was: 0.9 to 0.85 over the
  // first 5 days, 5 days at none, 0.85 to 0.8 over 5 days: 0.625 + 5 + 0.875
  Inventory town;
  town.horizon(day(0), day(15));
  town.control("filter")
      .removes("PM", 0.9)
      .ages({{240, 0.1}})
      .fails(fixed_days(5), fixed_days(5), OnFailure::bypass);
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("PM"), 6.5, 1e-11);
}

TEST(ControlLife, begins_when_it_is_commissioned) {
  // never on before day 100; then 10 days up and 2 down (bypassed): 265 days are 22 x 12 + 1
  Inventory town;
  town.control("filter")
      .removes("PM", 0.9)
      .fails(fixed_days(10), fixed_days(2), OnFailure::bypass)
      .row.in_service = false;
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  replay.at(day(100), [](World& world) { world.commission(0); });
  EXPECT_NEAR(replay.total("PM"), 100 + 22 * 3 + 0.1, 1e-10);
}

TEST(ControlLife, meets_the_same_failures_whatever_others_do) {
  const auto daily = [](bool with_neighbour) {
    Inventory town;
    town.interval(Interval::day);
    town.control("b-filter")
        .removes("PM", 1)
        .fails(exponential_days(10), exponential_days(2), OnFailure::bypass);
    town.source("b").raw("PM", 1).control("b-filter").in("coking");
    if (with_neighbour) {
      town.control("a-filter")
          .removes("PM", 1)
          .fails(exponential_days(3), exponential_days(1), OnFailure::stop);
      town.source("a").raw("SO2", 1).raw("PM", 1).control("a-filter").in("steel");
    }
    Replay replay(town.scenario());
    const std::size_t cell = replay.blueprint().cell(replay.source("b"));
    std::vector<double> amounts;
    for (std::size_t i = 0; i < 365; ++i) {
      const std::size_t row = cell * 365 + i;
      amounts.push_back(
          replay.books().cells[row * replay.blueprint().channels() +
                               replay.blueprint().channel(Account::stack, replay.pollutant("PM"))]);
    }
    return amounts;
  };
  EXPECT_EQ(daily(false), daily(true));
}

} // namespace
} // namespace lantian
