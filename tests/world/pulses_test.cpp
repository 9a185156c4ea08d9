// Pulses: activity that comes at random beside the nominal one, passes through the factors and
// ceilings of its unit, and is booked exactly.

#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

constexpr double kPerDay = 1.0 / 86400;

TEST(Pulses, add_to_a_source_that_is_otherwise_idle) {
  Inventory town;
  town.source("fires").makes(1).raw("PM", 2).idle();
  Replay replay(town.scenario());
  // 5 t a day for three days, over the turn of the month: 30 and 31 January, 1 February
  replay.at(day(29), [](World& world) {
    world.add_pulse(0, {1, world.now(), world.now() + days(3), 5 * kPerDay});
  });
  EXPECT_NEAR(replay.in(0, "PM"), 2 * 2 * 5, 1e-9);
  EXPECT_NEAR(replay.in(1, "PM"), 2 * 5, 1e-9);
  EXPECT_NEAR(replay.total("PM"), 30, 1e-9);
}

TEST(Pulses, may_be_ended_early) {
  Inventory town;
  town.source("fires").makes(1).raw("PM", 1).idle();
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) {
    world.add_pulse(0, {7, world.now(), world.now() + days(30), 1 * kPerDay});
    world.add_pulse(0, {8, world.now(), world.now() + days(2), 1 * kPerDay});
  });
  replay.at(day(12), [](World& world) { world.end_pulse(0, 7, world.now() + days(1)); });
  EXPECT_NEAR(replay.total("PM"), 3 + 2, 1e-9);
}

TEST(Pulses, pass_through_what_holds_the_unit_back) {
  Inventory town;
  town.source("overflow").makes(1).raw("PM", 1).idle();
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) {
    world.add_pulse(0, {1, world.now(), world.now() + days(10), 1 * kPerDay});
  });
  // from day 15 on the sewers are being separated: down to nothing in a straight line over 10 days
  replay.at(day(15), [](World& world) {
    world.scale_source(0, world.new_influence(), Ramp::linear(1, 0, world.now(), days(10)));
  });
  EXPECT_NEAR(replay.total("PM"), 5 + 5 * 0.75, 1e-9);
}

TEST(Pulses, stand_beside_the_nominal_activity) {
  Inventory town;
  town.source("yard").makes(365).raw("PM", 1); // 1 a day
  Replay replay(town.scenario());
  replay.at(day(0), [](World& world) {
    for (std::uint64_t storm = 0; storm < 200; ++storm) // more than are kept open at once
      world.add_pulse(0, {storm, world.now(), world.now() + days(1), 1 * kPerDay});
  });
  EXPECT_NEAR(replay.total("PM"), 365 + 200, 1e-9);
  EXPECT_NEAR(replay.in(0, "PM"), 31 + 200, 1e-9);
}

TEST(Pulses, are_cut_at_the_end_of_the_horizon) {
  Inventory town;
  town.source("fires").makes(1).raw("PM", 1).idle();
  Replay replay(town.scenario());
  replay.at(day(364), [](World& world) {
    world.add_pulse(0, {1, world.now(), world.now() + days(10), 3 * kPerDay});
  });
  EXPECT_NEAR(replay.total("PM"), 3, 1e-9);
}

TEST(Pulses, are_cut_by_the_orders_of_an_alert) {
  // 1 kg a day for four days, halved by order; without exemptions three quarters would be left
  Inventory town;
  town.source("fires").makes(1).raw("PM", 1).idle();
  town.dimensions({"total", "alert"});
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) {
    world.set_alert(AlertLevel::orange);
    world.order(0, world.new_influence(), Ramp::constant(0.5), Ramp::constant(0.75));
    world.add_pulse(0, {1, world.now(), world.now() + days(4), 1 * kPerDay});
  });
  replay.at(day(20), [](World& world) { world.set_alert(AlertLevel::none); });
  EXPECT_NEAR(replay.under(AlertLevel::orange, "PM", Orders::in_force), 2, 1e-9);
  EXPECT_NEAR(replay.under(AlertLevel::orange, "PM", Orders::without_exemptions), 3, 1e-9);
  EXPECT_NEAR(replay.under(AlertLevel::orange, "PM", Orders::none), 4, 1e-9);
  EXPECT_NEAR(replay.total("PM"), 2, 1e-9);
}

TEST(Pulses, count_under_alerts) {
  Inventory town;
  town.source("fires").makes(1).raw("PM", 1).idle();
  town.dimensions({"total", "alert"});
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) {
    world.add_pulse(0, {1, world.now(), world.now() + days(4), 1 * kPerDay});
  });
  replay.at(day(12), [](World& world) { world.set_alert(AlertLevel::yellow); });
  EXPECT_NEAR(replay.books().by_alert[replay.pollutant("PM")], 2, 1e-9);
}

} // namespace
} // namespace lantian
