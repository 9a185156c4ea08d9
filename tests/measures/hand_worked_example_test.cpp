// One plant, one retrofit with one tie-in outage, one relocation, all durations fixed: every number
// of the output, derived on paper. The horizon is the common years 2025 and 2026, 730 days, by
// year.
//
//   old works   1,000 kg a day. Its strand makes 2 a day, 1 m3 of gas each with 0.3 kg/m3 of NOx:
//               0.6 kg a day. Hourly limit 0.2 kg/m3, no spread. It uses no power yet.
//   new works   idle; 2,000 kg and 4 strand a day, 0.05 kg each: 0.2 kg a day.
//   grid        2 kg of CO2 per J.
//
//   retrofit    permit days 10-30; works 30-90 for 600 CNY with the crew; tie-in 90-100, the strand
//               stands still and its output is lost. Then 0.1 kg/m3 (0.2 kg a day), 5 J each (10 J
//               a day), 1 CNY a day.
//   relocation  from day 365: construction to 565 with the crew, the old works winds down until
//   585,
//               gap until 595, the new one runs at 0.4 until 625 and rises to all by 665.

#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

Inventory example() {
  Inventory town;
  town.horizon(day(0), day(730)).interval(Interval::year).crews("crew", 1);
  town.carrier("grid", {{2020, 2}});
  town.plant("old", 365000);
  town.plant("new", 730000).idle = true;
  town.source("strand")
      .of("old")
      .makes(730)
      .stack("NOx", 0.3, 1)
      .uses("grid", 0)
      .emits("NOx", [](EmissionFactor& e) {
        e.limit = fixed(0.2);
        e.hourly_cv = 0;
      });
  town.source("new-strand").of("new").makes(1460).raw("NOx", 0.05);

  town.measure<Retrofit>("retrofit", [](Retrofit& plan, const Scenario& all) {
    plan.start = day(10);
    Stage permit = stage("permit", 20);
    permit.is_permit = true;
    Stage works = stage("works", 60);
    works.cost = fixed(600);
    works.crews = {{0, fixed(1)}};
    Stage tie_in = stage("tie-in", 10);
    tie_in.units_down = {source_of(all, "strand")};
    plan.stages = {permit, works, tie_in};
    plan.lost_output = output_is(LostOutput::Fate::lost);
    plan.operating_cost = fixed(365);
    SourceChange change;
    change.source = source_of(all, "strand");
    OutletChange outlet;
    outlet.pollutant = pollutant_of(all, "NOx");
    outlet.concentration = fixed(0.1);
    change.emits = {outlet};
    change.energy = {{0, fixed(5)}};
    plan.changes = {change};
  });

  town.measure<Relocation>("relocation", [](Relocation& plan, const Scenario& all) {
    plan.start = day(365);
    plan.old_plant = plant_of(all, "old");
    plan.new_plant = plant_of(all, "new");
    plan.lost_output = output_is(LostOutput::Fate::lost);
    Stage construction = stage("construction", 200);
    construction.crews = {{0, fixed(1)}};
    plan.stages = {construction};
    plan.wind_down = fixed_days(20);
    plan.gap = fixed_days(10);
    plan.commissioning = fixed_days(30);
    plan.starting_share = fixed(0.4);
    plan.ramp_up = fixed_days(40);
  });
  return town;
}

TEST(HandWorkedExample, emits_what_paper_says) {
  Replay replay(example().scenario(), {}, spawn_measures);
  // 2025: 90 days x 0.6, 10 days still, 265 days x 0.2
  EXPECT_NEAR(replay.in(0, "NOx"), 54 + 53, 1e-10);
  // 2026: the old strand 200 days and 20 x 1/2; the new one 30 x 0.4 + 40 x 0.7 + 65 = 105 days
  EXPECT_NEAR(replay.of("strand", "NOx", 1), 210 * 0.2, 1e-10);
  EXPECT_NEAR(replay.of("new-strand", "NOx", 1), 105 * 0.2, 1e-10);
  EXPECT_NEAR(replay.in(1, "NOx"), 42 + 21, 1e-10);
  EXPECT_EQ(replay.in(0, "NOx", Account::fugitive), 0);
  EXPECT_EQ(replay.in(1, "NOx", Account::fugitive), 0);
  EXPECT_EQ(replay.of("new-strand", "NOx", 0), 0);
}

TEST(HandWorkedExample, uses_the_power_that_paper_says) {
  Replay replay(example().scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.in(0, "electricity", Account::indirect), 265 * 10, 1e-9);
  EXPECT_NEAR(replay.in(1, "electricity", Account::indirect), 210 * 10, 1e-9);
  EXPECT_NEAR(replay.in(0, "CO2", Account::indirect), 5300, 1e-9);
  EXPECT_NEAR(replay.in(1, "CO2", Account::indirect), 4200, 1e-9);
  EXPECT_EQ(replay.total("CO2", Account::avoided), 0);
}

TEST(HandWorkedExample, makes_what_paper_says) {
  // the tie-in stops the strand, not the works, which lives on its stock
  Replay replay(example().scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.production("old", 0), 365000, 1e-7);
  EXPECT_NEAR(replay.production("old", 1), 210000, 1e-7);
  EXPECT_EQ(replay.production("new", 0), 0);
  EXPECT_NEAR(replay.production("new", 1), 210000, 1e-7);
}

TEST(HandWorkedExample, costs_what_paper_says) {
  Replay replay(example().scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.capital("retrofit", 0), 600, 1e-10);
  EXPECT_EQ(replay.capital("retrofit", 1), 0);
  EXPECT_NEAR(replay.operating("retrofit", 0), 265, 1e-10);
  EXPECT_NEAR(replay.operating("retrofit", 1), 365, 1e-10);
  EXPECT_EQ(replay.capital("relocation", 1), 0);
}

TEST(HandWorkedExample, is_dated_as_on_paper) {
  Replay replay(example().scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("retrofit", Milestone::begun), 10);
  EXPECT_EQ(replay.reached("retrofit", Milestone::works), 100);
  EXPECT_EQ(replay.reached("retrofit", Milestone::assessed), 100);
  EXPECT_EQ(replay.reached("retrofit", Milestone::published), 100);
  EXPECT_EQ(replay.reached("relocation", Milestone::begun), 365);
  EXPECT_EQ(replay.reached("relocation", Milestone::works), 665);
  EXPECT_EQ(replay.record("retrofit").state, MeasureState::done);
  EXPECT_EQ(replay.record("relocation").state, MeasureState::done);
}

TEST(HandWorkedExample, spends_its_time_as_on_paper) {
  Replay replay(example().scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.days_of("retrofit", Cause::permits), 20);
  EXPECT_EQ(replay.days_of("retrofit", Cause::work), 70);
  EXPECT_EQ(replay.days_of("relocation", Cause::work), 200 + 20 + 10 + 30 + 40);
  for (const Cause none :
       {Cause::predecessors, Cause::crews, Cause::money, Cause::season, Cause::alerts}) {
    EXPECT_EQ(replay.days_of("retrofit", none), 0);
    EXPECT_EQ(replay.days_of("relocation", none), 0);
  }
}

TEST(HandWorkedExample, complies_as_on_paper) {
  // 0.3 > 0.2 until the tie-in; from day 100 (11 April) on 0.1 < 0.2. It closes on day 585, which
  // is 9 August 2026 (day 220 of that year; August begins on day 212).
  Replay replay(example().scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.valid(0, 0), 31, 1e-9);
  EXPECT_NEAR(replay.above(0, 0), 31, 1e-9);
  EXPECT_NEAR(replay.valid(0, 3), 20, 1e-9);
  EXPECT_NEAR(replay.above(0, 3), 0, 1e-9);
  EXPECT_NEAR(replay.valid(0, 19), 8, 1e-9);
  EXPECT_EQ(replay.valid(0, 20), 0);
  EXPECT_EQ(replay.above(0, 20), 0);
}

} // namespace
} // namespace lantian
