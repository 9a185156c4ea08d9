// Works under a calendar that alerts stop, day by day in 2025. The kiln emits 1 kg a day.

#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

//! Days on which an alert is in force, from one to the other.
void alert_on(Replay& replay, double from, double to, AlertLevel level = AlertLevel::orange) {
  replay.at(day(from), [=](World& world) { world.set_alert(level); });
  replay.at(day(to), [](World& world) { world.set_alert(AlertLevel::none); });
}

//! One crew; a is 60 days of outdoor work from day 95 on for 600, b has 10 days of work indoors.
Inventory outdoors_and_indoors() {
  Inventory town = kiln_town();
  town.crews("crew", 1).calendar("open", kOutdoorSeason, {AlertLevel::orange, AlertLevel::red});
  Stage works = crewed(60);
  works.cost = fixed(600);
  works.calendar = 0;
  add_retrofit(town, "a", 95, {works});
  Stage indoors = crewed(10);
  add_retrofit(town, "b", 96, {indoors});
  return town;
}

TEST(ProjectInAlerts, rests_in_an_alert_and_keeps_its_crews) {
  // a works days 95 to 100 and, after an orange alert of ten days, 110 to 165; yellow stops nobody.
  // b waits for the crew until then, works to 175.
  Replay replay(outdoors_and_indoors().scenario(), {}, spawn_measures);
  alert_on(replay, 100, 110);
  alert_on(replay, 120, 125, AlertLevel::yellow);
  EXPECT_EQ(replay.reached("a"), 165);
  EXPECT_EQ(replay.days_of("a", Cause::alerts), 10);
  EXPECT_EQ(replay.days_of("a", Cause::work), 60);
  EXPECT_EQ(replay.reached("b"), 175);
  EXPECT_EQ(replay.days_of("b", Cause::crews), 69);
  // paid as it works: 5 days to 10 April, none to 20 April, 10 to 1 May, 31 in May
  EXPECT_NEAR(replay.capital("a", 3), 150, 1e-9);
  EXPECT_NEAR(replay.capital("a", 4), 310, 1e-9);
}

TEST(ProjectInAlerts, does_not_begin_in_an_alert_that_stops_its_work) {
  // the alert of days 90 to 100 stops a before it asks for the crew: b has it first, 96 to 106
  Replay replay(outdoors_and_indoors().scenario(), {}, spawn_measures);
  alert_on(replay, 90, 100);
  EXPECT_EQ(replay.reached("b"), 106);
  EXPECT_EQ(replay.reached("a"), 166);
  EXPECT_EQ(replay.days_of("a", Cause::alerts), 5);
  EXPECT_EQ(replay.days_of("a", Cause::crews), 6);
}

TEST(ProjectInAlerts, gives_its_crews_back_when_the_season_closes_in_an_alert) {
  // 25 October (day 297) to day 310: a has had its crew since day 260, rests on days 297 to 304,
  // then the season closes; b, who waits since day 296, works to 314
  Inventory town = kiln_town();
  town.crews("crew", 1).calendar("open", kOutdoorSeason, {AlertLevel::red});
  Stage works = crewed(60);
  works.calendar = 0;
  add_retrofit(town, "a", 260, {works});
  works.calendar = kNone;
  works.duration = fixed_days(10);
  add_retrofit(town, "b", 296, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  alert_on(replay, 297, 310, AlertLevel::red);
  EXPECT_EQ(replay.days_of("a", Cause::alerts), 7);
  EXPECT_EQ(replay.days_of("a", Cause::work), 37);
  EXPECT_EQ(replay.days_of("a", Cause::season), 61);
  EXPECT_EQ(replay.reached("b"), 314);
}

TEST(ProjectInAlerts, pays_for_work_between_alerts_when_the_horizon_ends) {
  // 10 CNY a day: worked days 340 to 350 and 355 to 365
  Inventory town = kiln_town();
  town.calendar("open", {}, {AlertLevel::red});
  Stage works = stage("works", 60);
  works.cost = fixed(600);
  works.calendar = 0;
  add_retrofit(town, "a", 340, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  alert_on(replay, 350, 355, AlertLevel::red);
  EXPECT_NEAR(replay.capital("a", 11), 200, 1e-9);
  EXPECT_EQ(replay.days_of("a", Cause::work), 20);
  EXPECT_EQ(replay.days_of("a", Cause::alerts), 5);
}

} // namespace
} // namespace lantian
