// A pile of slag, by hand. Sources make 365 a year in 2025: one a day.

#include "measures/stockpile.hpp"

#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

//! A mill makes 10 a day and 0.2 kg of slag each: 2 a day. A line uses up to 5 a day, from day 100
//! on. What is made counts as NOx at "slag", what is used as SO2 at "line".
Inventory mill(double initial, std::function<void(Stockpile&, const Scenario&)> more = nullptr) {
  Inventory town;
  town.interval(Interval::year);
  town.source("mill").makes(3650).raw("PM", 1);
  town.source("line").idle().makes(5 * 365).raw("SO2", 1);
  town.source("slag").idle().makes(365).raw("NOx", 1);
  town.source("wind").idle().makes(365).raw("PM10", 1);
  town.measure<Stockpile>("pile", [=](Stockpile& plan, const Scenario& all) {
    plan.generation = {{source_of(all, "mill"), fixed(0.2)}};
    plan.initial = fixed(initial);
    plan.line = source_of(all, "line");
    plan.waste = source_of(all, "slag");
    plan.stages = {stage("works", 100)};
    if (more)
      more(plan, all);
  });
  return town;
}

TEST(Stockpile, grows_until_there_is_a_line_and_shrinks_then) {
  // 300 + 2 x 100 on day 100; then 3 a day less: after 166.67 days it is used up, on day 266.67;
  // then the line does what is made, 2 a day
  Replay replay(mill(300).scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("slag", "NOx"), 730, 1e-6);
  EXPECT_NEAR(replay.of("line", "SO2"), 300 + 730, 1e-3); // all of it
  EXPECT_EQ(replay.reached("pile"), 100);
}

TEST(Stockpile, is_used_as_fast_as_the_line_can) {
  // 1000 + 200 on day 100, 265 days at 5 use 1325, and 405 are left
  Replay replay(mill(1000).scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("line", "SO2"), 1325, 1e-9);
}

TEST(Stockpile, sees_its_line_ramp_up) {
  // over 50 days from day 100: 2.5 a day on average, then 5: 125 + 215 x 5
  Replay replay(mill(1000,
                     [](Stockpile& plan, const Scenario&) {
                       plan.stages.push_back(stage("commissioning", 50, Effect::ramp));
                     })
                    .scenario(),
                {}, spawn_measures);
  EXPECT_NEAR(replay.of("line", "SO2"), 125 + 1075, 1e-9);
}

TEST(Stockpile, makes_no_slag_while_the_mill_stands) {
  // days 200 to 230 and a slow end: 330 days of 2
  Inventory town = mill(1000);
  Replay replay(town.scenario(), {}, spawn_measures);
  const Index steel = replay.source("mill");
  replay.at(day(200),
            [=](World& world) { world.scale_source(steel, Influence{999}, Ramp::constant(0)); });
  replay.at(day(230), [=](World& world) { world.lift_source(steel, Influence{999}); });
  replay.at(day(345), [=](World& world) {
    world.scale_source(steel, Influence{999}, Ramp::linear(1, 0, day(345), days(20)));
  });
  EXPECT_NEAR(replay.of("slag", "NOx"), (200 + 115 + 10) * 2, 1e-9);
}

TEST(Stockpile, loses_dust_in_proportion_to_what_is_stored) {
  // nobody uses it: 1000 + 2 t; a share of 0.01 a (mean) year is blown away: 0.01/365.2425 x
  // (1000 x 365 + 365^2), less the little that what is gone does not lose again
  const auto without_line = [](Stockpile& plan, const Scenario& all) {
    plan.line = kNone;
    plan.dust = source_of(all, "wind");
    plan.wind_loss = fixed(0.01);
    plan.stages.clear();
  };
  Replay replay(mill(1000, without_line).scenario(), {}, spawn_measures);
  const double first_order = 0.01 / 365.2425 * (1000 * 365.0 + 365.0 * 365.0);
  EXPECT_NEAR(replay.of("wind", "PM10"), first_order, first_order * 1e-9);
}

TEST(Stockpile, books_dust_by_output_interval_exactly) {
  // the pile is straight in time: its mean over each month is that of its ends
  Inventory town = mill(1000, [](Stockpile& plan, const Scenario& all) {
    plan.line = kNone;
    plan.dust = source_of(all, "wind");
    plan.wind_loss = fixed(0.01);
    plan.stages.clear();
  });
  town.interval(Interval::month);
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.in(0, "PM10"), 0.01 / 365.2425 * 31 * (1000 + 31), 1e-10);
  EXPECT_NEAR(replay.in(1, "PM10"), 0.01 / 365.2425 * 28 * (1000 + 62 + 28), 1e-10);
}

TEST(Stockpile, goes_on_when_its_line_is_given_up) {
  Replay replay(
      mill(0, [](Stockpile& plan, const Scenario&) { plan.cancel_probability = fixed(1); })
          .scenario(),
      {}, spawn_measures);
  EXPECT_EQ(replay.total("SO2"), 0);
  EXPECT_NEAR(replay.of("slag", "NOx"), 730, 1e-9);
}

TEST(Stockpile, keeps_its_balance_whatever_happens) {
  // the line is stopped, slowed, ramped; the pile runs empty twice; the books close without error
  Inventory town = mill(20, [](Stockpile& plan, const Scenario& all) {
    plan.dust = source_of(all, "wind");
    plan.wind_loss = fixed(0.5);
    plan.stages = {stage("works", 10), stage("commissioning", 60, Effect::ramp)};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  const Index line = replay.source("line");
  const Index steel = replay.source("mill");
  replay.at(day(120), [=](World& world) {
    world.scale_source(line, Influence{998}, Ramp::linear(1, 0, day(120), days(10)));
  });
  replay.at(day(180), [=](World& world) { world.lift_source(line, Influence{998}); });
  replay.at(day(200), [=](World& world) {
    world.scale_source(steel, Influence{999}, Ramp::linear(1, 0.3, day(200), days(90)));
    world.scale_source(steel, Influence{997}, Ramp::linear(1, 0.5, day(210), days(40)));
  });
  const MassBalance& balance = replay.books().balances.front();
  EXPECT_EQ(balance.entity, "measures.pile");
  EXPECT_NEAR(balance.generated, balance.used + balance.stored + balance.emitted, 1e-7);
  EXPECT_NEAR(balance.emitted, replay.of("wind", "PM10"), 1e-9);
  EXPECT_GT(balance.emitted, 1);
  EXPECT_GE(balance.stored, -20 - 1e-3); // the ceiling follows two ramps within 1e-6
}

TEST(Stockpile, is_checked) {
  Inventory town =
      mill(0, [](Stockpile& plan, const Scenario& all) { plan.line = source_of(all, "mill"); });
  Scenario all = town.scenario();
  for (Source& source : all.sources) {
    source.activity = Number::constant(1, kMassRate);
    source.activity_unit = "t/year";
  }
  EXPECT_EQ(mistakes_of(all, "stockpile", "pile"),
            "measures.pile.line: sources.mill already runs; what this measure does would be "
            "counted on top. Set idle = true there\n");
}

} // namespace
} // namespace lantian
