#include "world/compliance.hpp"

#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(Compliance, knows_the_lognormal_tail) {
  // s^2 = ln 1.09, s = 0.293560. At the limit: P = Phi(-s/2) = Phi(-0.146780) = 0.441653.
  EXPECT_NEAR(exceedance_probability(1, 0.3, 1), 0.441653, 1e-6);
  // a mean of 70 % of the limit: Phi((ln 0.7 - s^2/2)/s) = Phi(-1.361778) = 0.086634
  EXPECT_NEAR(exceedance_probability(0.7, 0.3, 1), 0.086634, 1e-6);
  EXPECT_EQ(exceedance_probability(0, 0.3, 1), 0);
  EXPECT_EQ(exceedance_probability(0.9, 0, 1), 0);
  EXPECT_EQ(exceedance_probability(1.1, 0, 1), 1);
}

TEST(Compliance, averages_exactly_over_a_mean_that_moves_in_a_straight_line) {
  // Simpson's rule with 2,000 panels as the witness; both directions are the same
  constexpr int kPanels = 2000;
  double sum = 0;
  for (int i = 0; i < kPanels; ++i) {
    const double a = 0.5 + 1.0 * i / kPanels;
    const double h = 1.0 / kPanels;
    sum += h / 6 *
           (exceedance_probability(a, 0.3, 1) + 4 * exceedance_probability(a + h / 2, 0.3, 1) +
            exceedance_probability(a + h, 0.3, 1));
  }
  EXPECT_NEAR(mean_exceedance_probability(0.5, 1.5, 0.3, 1), sum, 1e-10);
  EXPECT_NEAR(mean_exceedance_probability(1.5, 0.5, 0.3, 1), sum, 1e-10);
  // without spread: above the limit in the second half
  EXPECT_DOUBLE_EQ(mean_exceedance_probability(0.5, 1.5, 0, 1), 0.5);
  // hardly moving is not moving
  EXPECT_NEAR(mean_exceedance_probability(0.8, 0.8 + 1e-9, 0.3, 1),
              exceedance_probability(0.8, 0.3, 1), 1e-9);
  EXPECT_NEAR(mean_exceedance_probability(0.8, 0.80001, 0.3, 1),
              exceedance_probability(0.800005, 0.3, 1), 1e-9);
}

//! An outlet at 70 % of its limit whose control is bypassed at four times the limit.
Inventory limited_kiln() {
  Inventory town;
  town.control("fgd");
  town.source("kiln").stack("SO2", 35e-6, 1000).control("fgd").emits("SO2", [](EmissionFactor& e) {
    e.limit = fixed(50e-6);
    e.bypass = fixed(200e-6);
  });
  return town;
}

TEST(Compliance, finds_no_hour_above_a_limit_where_nothing_is_emitted) {
  EXPECT_EQ(mean_exceedance_probability(0, 0, 0.3, 50e-6), 0);
  EXPECT_EQ(mean_exceedance_probability(0, 0, 0, 50e-6), 0);
}

TEST(Compliance, tells_the_outlets_of_a_source_apart) {
  // means of 0.7 and 1 times the limit: 8.66 and 44.16 % of the hours, on 31 days each
  Inventory town;
  auto& kiln = town.source("kiln");
  kiln.stack("SO2", 35e-6, 1000).emits("SO2", [](EmissionFactor& e) { e.limit = fixed(50e-6); });
  kiln.stack("NOx", 50e-6, 1000).emits("NOx", [](EmissionFactor& e) { e.limit = fixed(50e-6); });
  town.source("oven").stack("SO2", 35e-6, 1000).emits("SO2", [](EmissionFactor& e) {
    e.limit = fixed(50e-6);
  });
  Replay replay(town.scenario());
  for (const std::size_t outlet : {0U, 1U, 2U})
    EXPECT_NEAR(replay.valid(outlet, 0), 31, 1e-9);
  const Index nox = replay.pollutant("NOx");
  for (const std::size_t outlet : {0U, 1U, 2U}) {
    const double share = replay.layout().outlets()[outlet].pollutant == nox ? 0.441653 : 0.086634;
    EXPECT_NEAR(replay.above(outlet, 0), 31 * share, 1e-4) << outlet;
  }
}

TEST(Compliance, counts_hours_without_control_whole) {
  // January: 29 days in service at 0.086634 above the limit, 2 days out of service
  Inventory town = limited_kiln();
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) { world.fail(0); });
  replay.at(day(12), [](World& world) { world.repair(0); });
  EXPECT_NEAR(replay.valid(0, 0), 31, 1e-9);
  EXPECT_NEAR(replay.above(0, 0), 2 + 29 * 0.086634, 1e-4);
  EXPECT_NEAR(replay.above(0, 1), 28 * 0.086634, 1e-4);
}

TEST(Compliance, counts_only_hours_in_which_the_unit_runs) {
  // 4 of January's 31 days stand still, 1 to 10 February are commissioning
  Inventory town = limited_kiln();
  Replay replay(town.scenario());
  const auto who = std::make_shared<Influence>();
  replay.at(day(20), [who](World& world) {
    *who = world.new_influence();
    world.scale_source(0, *who, Ramp::constant(0));
  });
  replay.at(day(24), [who](World& world) { world.lift_source(0, *who); });
  replay.at(day(31), [](World& world) { ++world.changing(0).outlets[0].commissionings; });
  replay.at(day(41), [](World& world) { --world.changing(0).outlets[0].commissionings; });
  EXPECT_NEAR(replay.valid(0, 0), 27, 1e-9);
  EXPECT_NEAR(replay.valid(0, 1), 18, 1e-9);
}

TEST(Compliance, counts_no_hours_of_a_unit_that_is_not_there) {
  // whether a works has a pellet plant is a draw of 0 or 1, and its nominal activity follows
  Inventory town;
  town.source("pellets").makes(0).stack("SO2", 35e-6, 1000).emits("SO2", [](EmissionFactor& e) {
    e.limit = fixed(50e-6);
  });
  Replay replay(town.scenario());
  EXPECT_EQ(replay.valid(0, 0), 0);
  EXPECT_EQ(replay.above(0, 0), 0);
}

TEST(Compliance, counts_no_hours_out_of_season) {
  using namespace std::chrono;
  Inventory town;
  town.profile("heating").season = Calendar({{October / 15, April / 15}});
  town.source("boiler")
      .profile("heating")
      .stack("SO2", 35e-6, 1000)
      .emits("SO2", [](EmissionFactor& e) { e.limit = fixed(50e-6); });
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.valid(0, 3), 15, 1e-9);
  EXPECT_EQ(replay.valid(0, 6), 0);
  EXPECT_NEAR(replay.valid(0, 9), 17, 1e-9);
}

TEST(Compliance, follows_an_outlet_that_only_a_standard_limits) {
  // no limit holds yet: its hours do not count until a measure brings the standard into force
  Inventory town;
  town.limit("ultra-low", "sinter", "SO2", 35e-6);
  town.source("strand").process("sinter").stack("SO2", 20e-6, 1000);
  town.source("other").process("oven").stack("SO2", 20e-6, 1000);
  Replay replay(town.scenario());
  replay.at(day(31), [&](World& world) {
    world.changing(replay.source("strand")).outlets[0].limit = 35e-6;
  });
  ASSERT_EQ(replay.layout().outlets().size(), 1u);
  EXPECT_EQ(replay.valid(0, 0), 0);
  EXPECT_NEAR(replay.valid(0, 1), 28, 1e-9);
}

} // namespace
} // namespace lantian
