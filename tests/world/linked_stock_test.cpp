// A strand feeds a furnace: worked by hand.

#include "world/linked_stock.hpp"

#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

//! So many days of the year 2025, whose draw is above that of a mean year of 365.2425 days.
double mean_days(double count) {
  return count * 365.2425 / 365;
}

//! A strand that makes 1.3 a day, a furnace that takes 1.3 for each of the one a day that it makes
//! and emits 1 kg of PM each; a stock for so many days in between.
Inventory works(double stock) {
  Inventory town;
  town.source("furnace").raw("PM", 1);
  town.source("strand").makes(1.3 * 365).raw("SO2", 1);
  town.feeds("strand", "furnace", mean_days(stock), 1.3);
  return town;
}

constexpr Influence kStop{1000};

void stop(Replay& replay, const std::string& source, double from, double to) {
  const Index s = replay.source(source);
  replay.at(day(from), [s](World& world) { world.scale_source(s, kStop, Ramp::constant(0)); });
  replay.at(day(to), [s](World& world) { world.lift_source(s, kStop); });
}

TEST(LinkedStock, stops_the_furnace_only_when_it_is_used_up) {
  // the strand stands for 8 days; 5 days of stock: the furnace stands for 3
  Replay replay(works(5).scenario());
  stop(replay, "strand", 100, 108);
  EXPECT_NEAR(replay.of("furnace", "PM"), 365 - 3, 1e-4);
  EXPECT_NEAR(replay.of("strand", "SO2"), 1.3 * 357, 1e-9);
}

TEST(LinkedStock, lets_a_short_stop_pass) {
  Replay replay(works(5).scenario());
  stop(replay, "strand", 100, 105);
  EXPECT_NEAR(replay.of("furnace", "PM"), 365, 1e-9);
}

TEST(LinkedStock, does_not_fill_again_by_itself) {
  // both make what they made: after the first stop (4 days) one day is left for the second
  Replay replay(works(5).scenario());
  stop(replay, "strand", 100, 104);
  stop(replay, "strand", 200, 204);
  EXPECT_NEAR(replay.of("furnace", "PM"), 365 - 3, 1e-4);
}

TEST(LinkedStock, fills_again_while_more_is_made_than_drawn) {
  // as before, but the furnace stands by itself for 2 days in between: 3 days are there then
  Replay replay(works(5).scenario());
  stop(replay, "strand", 100, 104);
  stop(replay, "furnace", 150, 152);
  stop(replay, "strand", 200, 204);
  EXPECT_NEAR(replay.of("furnace", "PM"), 365 - 2 - 1, 1e-4);
}

TEST(LinkedStock, is_never_more_than_full) {
  // 20 days of the furnace's stop fill it to 5 days, no more
  Replay replay(works(5).scenario());
  stop(replay, "furnace", 50, 70);
  stop(replay, "strand", 100, 108);
  EXPECT_NEAR(replay.of("furnace", "PM"), 365 - 20 - 3, 1e-4);
}

TEST(LinkedStock, holds_the_furnace_to_what_a_slow_strand_makes) {
  // at 60 % a stock of 5 days lasts 12.5 days; of 30 days 17.5 are at 60 %
  Replay replay(works(5).scenario());
  replay.at(day(100), [](World& world) { world.scale_source(1, kStop, Ramp::constant(0.6)); });
  replay.at(day(130), [](World& world) { world.lift_source(1, kStop); });
  EXPECT_NEAR(replay.of("furnace", "PM"), 365 - 17.5 * 0.4, 1e-4);
}

TEST(LinkedStock, follows_a_strand_that_winds_down) {
  // without stock the furnace winds down with it: 20 days from 1 to 0, then nothing
  Replay replay(works(0).scenario());
  replay.at(day(100), [](World& world) {
    world.scale_source(1, kStop, Ramp::linear(1, 0, day(100), days(20)));
  });
  EXPECT_NEAR(replay.of("furnace", "PM"), 110, 1e-4);
  EXPECT_NEAR(replay.of("strand", "SO2"), 1.3 * 110, 1e-9);
}

TEST(LinkedStock, is_drawn_on_along_a_ramp) {
  // 1 to 0 over 20 days: short by t^2/40, so that 5 days last for 14.1421 days; then what is made
  Replay replay(works(5).scenario());
  replay.at(day(100), [](World& world) {
    world.scale_source(1, kStop, Ramp::linear(1, 0, day(100), days(20)));
  });
  EXPECT_NEAR(replay.of("furnace", "PM"), 100 + 10 + 5, 1e-4);
}

TEST(LinkedStock, follows_two_ramps_at_once_without_losing_any) {
  // what is made is a parabola, which the ceiling follows within 1e-6; nothing else is used
  Replay replay(works(0).scenario());
  replay.at(day(100), [](World& world) {
    world.scale_source(1, kStop, Ramp::linear(1, 0.5, day(100), days(20)));
    world.scale_source(1, Influence{1001}, Ramp::linear(1, 0.5, day(100), days(20)));
  });
  // the mean of (1 - u/2)^2 is 7/12, then 0.25
  EXPECT_NEAR(replay.of("furnace", "PM"), 100 + 20 * 7 / 12.0 + 245 * 0.25, 1e-4);
}

TEST(LinkedStock, works_through_a_chain) {
  // strand -> furnace (5 days) -> caster (2 days): 10 days of stop are 5 of the furnace, 3 of the
  // caster
  Inventory town = works(5);
  town.source("caster").makes(730).raw("NOx", 1);
  town.feeds("furnace", "caster", mean_days(2));
  Replay replay(town.scenario());
  stop(replay, "strand", 100, 110);
  EXPECT_NEAR(replay.of("furnace", "PM"), 360, 1e-4);
  EXPECT_NEAR(replay.of("caster", "NOx"), 730 - 2 * 3, 1e-3);
}

TEST(LinkedStock, holds_a_unit_to_the_least_of_two_feeds) {
  // coke has 2 days, sinter 5: both stand from day 100, coke to 106, sinter to 110. The furnace
  // stands on days 102 to 106; the sinter that it did not take then (0, for the strand stands too)
  // leaves 3 days from 106: it stands on day 109 to 110 as well
  Inventory town = works(5);
  town.source("battery").makes(0.4 * 365).raw("NOx", 1);
  town.feeds("battery", "furnace", mean_days(2), 0.4);
  Replay replay(town.scenario());
  stop(replay, "strand", 100, 110);
  stop(replay, "battery", 100, 106);
  EXPECT_NEAR(replay.of("furnace", "PM"), 365 - 4 - 1, 1e-4);
}

TEST(LinkedStock, buys_what_the_strand_lacks_in_proportion) {
  // the strand makes 0.65 of the 1.3 that the furnace takes: the rest is bought, and with it stops
  Inventory town = works(5);
  town.source("half").makes(0.65 * 365).raw("SO2", 1);
  town.feeds("half", "furnace", mean_days(5), 1.3);
  Replay replay(town.scenario());
  stop(replay, "half", 100, 108);
  EXPECT_NEAR(replay.of("furnace", "PM"), 362, 1e-4);
}

TEST(LinkedStock, does_not_care_for_the_season_that_both_share) {
  Inventory town = works(5);
  town.profile("season").months = {1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1};
  Scenario all = town.scenario();
  for (Source& source : all.sources)
    source.profile = 0;
  Replay replay(std::move(all));
  EXPECT_NEAR(replay.of("furnace", "PM"), 365, 1e-9);
}

} // namespace
} // namespace lantian
