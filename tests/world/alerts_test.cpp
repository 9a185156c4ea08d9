// Alerts: what is emitted while one lasts, with its orders, without exemptions, without orders.

#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

//! Direct PM under a level, in 2025, in the only zone [kg].
double under(Replay& replay, AlertLevel level, Orders orders) {
  const std::size_t pollutants = replay.scenario().pollutants.size();
  const std::size_t row = static_cast<std::size_t>(orders) * kAlertLevels + rank(level);
  return replay.books().by_alert[row * pollutants + replay.pollutant("PM")];
}

Inventory town_with_alerts() {
  Inventory town;
  town.source("kiln").makes(365).raw("PM", 1);   // 1 kg a day
  town.source("stoves").makes(730).raw("PM", 1); // 2 kg a day, never touched
  town.dimensions({"total", "alert"});
  return town;
}

TEST(Alerts, account_what_is_emitted_under_each_level) {
  Inventory town = town_with_alerts();
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) { world.set_alert(AlertLevel::yellow); });
  replay.at(day(12), [](World& world) { world.set_alert(AlertLevel::red); });
  replay.at(day(13), [](World& world) { world.set_alert(AlertLevel::none); });

  EXPECT_NEAR(under(replay, AlertLevel::yellow, Orders::in_force), 2 * 3, 1e-9);
  EXPECT_NEAR(under(replay, AlertLevel::orange, Orders::in_force), 0, 1e-9);
  EXPECT_NEAR(under(replay, AlertLevel::red, Orders::in_force), 3, 1e-9);
  EXPECT_NEAR(replay.total("PM"), 365 * 3, 1e-9);
}

// The kiln stays in steel; the battery emits 4 kg a day in coking, the furnace 8 kg in July alone.
TEST(Alerts, account_what_never_changes_in_every_sector_and_season) {
  Inventory town = town_with_alerts();
  town.source("battery").makes(4 * 365).raw("PM", 1).in("coking");
  town.profile("july").months = {0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0};
  town.source("furnace").makes(8 * 31).raw("PM", 1).profile("july");
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) { world.set_alert(AlertLevel::yellow); });
  replay.at(day(12), [](World& world) { world.set_alert(AlertLevel::none); });
  replay.at(day(190), [](World& world) { world.set_alert(AlertLevel::red); });
  replay.at(day(191), [](World& world) { world.set_alert(AlertLevel::none); });
  EXPECT_NEAR(under(replay, AlertLevel::yellow, Orders::in_force), 2 * (3 + 4), 1e-9);
  EXPECT_NEAR(under(replay, AlertLevel::red, Orders::none), 3 + 4 + 8, 1e-9);
}

TEST(Alerts, know_what_the_orders_save_and_what_the_exemptions_cost) {
  Inventory town = town_with_alerts();
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) {
    world.set_alert(AlertLevel::orange);
    // grade A need do nothing; anyone else would have to halve
    world.order(0, world.new_influence(), Ramp::constant(1), Ramp::constant(0.5));
  });
  replay.at(day(14), [](World& world) { world.set_alert(AlertLevel::none); });

  EXPECT_NEAR(under(replay, AlertLevel::orange, Orders::none), 4 * 3, 1e-9);
  EXPECT_NEAR(under(replay, AlertLevel::orange, Orders::in_force), 4 * 3, 1e-9);
  EXPECT_NEAR(under(replay, AlertLevel::orange, Orders::without_exemptions), 4 * 2.5, 1e-9);
  EXPECT_NEAR(replay.total("PM"), 365 * 3, 1e-9) << "the view changes nothing";
}

TEST(Alerts, cut_along_ramps_exactly) {
  Inventory town = town_with_alerts();
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) {
    world.set_alert(AlertLevel::red);
    // down to a fifth within two days: 0.6 on average, then 0.2 for two days
    const Ramp order = Ramp::linear(1, 0.2, world.now(), days(2));
    world.order(0, world.new_influence(), order, order);
  });
  replay.at(day(14), [](World& world) { world.set_alert(AlertLevel::none); });

  EXPECT_NEAR(under(replay, AlertLevel::red, Orders::in_force), 2 * 0.6 + 2 * 0.2 + 4 * 2, 1e-9);
  EXPECT_NEAR(under(replay, AlertLevel::red, Orders::none), 4 * 3, 1e-9);
}

TEST(Alerts, last_to_the_end_of_the_horizon) {
  Inventory town = town_with_alerts();
  Replay replay(town.scenario());
  replay.at(day(364), [](World& world) { world.set_alert(AlertLevel::red); });
  EXPECT_NEAR(under(replay, AlertLevel::red, Orders::none), 3, 1e-9);
  EXPECT_EQ(replay.books().alerts.back().to, day(365));
}

TEST(Grades, are_counted_in_time) {
  Inventory town;
  town.plant("works", 365).grade = Grade::C;
  Replay replay(town.scenario());
  replay.at(day(100), [](World& world) { world.set_grade(0, Grade::A); });
  const auto graded = [&](Grade grade) {
    return replay.books().graded[static_cast<std::size_t>(grade)];
  };
  EXPECT_EQ(graded(Grade::C), days(100));
  EXPECT_EQ(graded(Grade::A), days(265));
}

TEST(Grades, are_counted_for_each_plant) {
  Inventory town;
  town.plant("mill", 365).grade = Grade::B;
  town.plant("works", 365).grade = Grade::C;
  Replay replay(town.scenario());
  replay.at(day(100), [](World& world) { world.set_grade(1, Grade::A); });
  const auto graded = [&](std::size_t plant, Grade grade) {
    return replay.books().graded[plant * kGrades + static_cast<std::size_t>(grade)];
  };
  EXPECT_EQ(graded(0, Grade::B), days(365));
  EXPECT_EQ(graded(1, Grade::C), days(100));
  EXPECT_EQ(graded(1, Grade::A), days(265));
}

} // namespace
} // namespace lantian
