// What a project tells the log, day by day in 2025: which stage, and what it waits for.

#include "measures/programme.hpp"
#include "measures/stories.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lantian {
namespace {

using Lines = std::vector<std::string>;

//! "day event" of one measure.
Lines told_of(Replay& replay, const std::string& measure) {
  const Index index = *replay.scenario().measures.find(measure);
  Lines lines;
  for (const LogEvent& row : replay.books().log) {
    if (row.measure == index)
      lines.push_back(fmt::format(
          "{:g} {}", static_cast<double>((row.time - day(0)).count()) / 86400, row.event));
  }
  return lines;
}

TEST(ProjectLog, tells_each_wait_when_it_begins) {
  // One crew, outdoor work from 1 March (day 59) to 31 October (until day 304), again from day 424.
  // a works 59 to 304; b, who asked meanwhile, has the crew then, until 504.
  Inventory town = kiln_town();
  town.horizon(day(0), day(730)).crews("crew", 1).calendar("open", kOutdoorSeason);
  Stage works = crewed(300);
  works.calendar = 0;
  add_retrofit(town, "a", 0, {works});
  works.duration = fixed_days(200);
  works.calendar = kNone;
  add_retrofit(town, "b", 100, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(told_of(replay, "a"),
            (Lines{"0 begun", "0 stage works begins", "0 waits season works",
                   "59 waits crews works", "59 at_work works", "304 waits season works",
                   "424 waits crews works", "504 at_work works", "559 stage works ends",
                   "559 works", "559 assessed", "559 published"}));
}

TEST(ProjectLog, tells_which_part_of_a_queue_was_for_money) {
  // b is short of the crew until day 30, then of money until day 50
  Inventory town = kiln_town();
  town.budget("a-fund", {{day(0), 60}, {day(50), 60}}).crews("crew", 1);
  Stage works = stage("works", 30);
  works.crews = {{1, fixed(1)}};
  add_retrofit(town, "a", 0, {works});
  works.cost = fixed(100);
  works.fund = 0;
  add_retrofit(town, "b", 0, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  const Lines lines = told_of(replay, "b");
  ASSERT_GE(lines.size(), 5U);
  EXPECT_EQ(Lines(lines.begin(), lines.begin() + 5),
            (Lines{"0 begun", "0 stage works begins", "0 waits crews works",
                   "50 granted works after 1728000 s for money", "50 at_work works"}));
}

TEST(ProjectLog, tells_a_queue_for_money_alone) {
  Inventory town = kiln_town();
  town.budget("fund", {{day(50), 100}});
  Stage works = stage("works", 10);
  works.cost = fixed(100);
  works.fund = 0;
  add_retrofit(town, "filter", 0, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(told_of(replay, "filter"),
            (Lines{"0 begun", "0 stage works begins", "0 waits money works", "50 at_work works",
                   "60 stage works ends", "60 works", "60 assessed", "60 published"}));
}

TEST(ProjectLog, tells_of_predecessors_and_permits) {
  Inventory town = kiln_town();
  Stage permit = stage("permit", 20);
  permit.is_permit = true;
  add_retrofit(town, "first", 0, {stage("works", 40)});
  add_retrofit(town, "second", 10, {permit},
               [](Retrofit& plan, const Scenario&) { plan.after = {"first"}; });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(told_of(replay, "second"),
            (Lines{"10 waits predecessors", "40 begun", "40 stage permit begins",
                   "40 waits permits permit", "60 stage permit ends", "60 works", "60 assessed",
                   "60 published"}));
}

TEST(ProjectLog, tells_of_rests_in_alerts) {
  // outdoors from day 95; orange from day 100 to 110
  Inventory town = kiln_town();
  town.calendar("open", kOutdoorSeason, {AlertLevel::orange});
  Stage works = stage("works", 60);
  works.calendar = 0;
  add_retrofit(town, "a", 95, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  replay.at(day(100), [](World& world) { world.set_alert(AlertLevel::orange); });
  replay.at(day(110), [](World& world) { world.set_alert(AlertLevel::none); });
  EXPECT_EQ(told_of(replay, "a"),
            (Lines{"95 begun", "95 stage works begins", "95 at_work works",
                   "100 waits alerts works", "110 at_work works", "165 stage works ends",
                   "165 works", "165 assessed", "165 published"}));
}

TEST(ProjectLog, is_silent_about_the_waits_of_a_programme_for_each_item) {
  Inventory town;
  town.crews("fitters", 1);
  town.source("stoves").raw("PM", 1);
  town.source("boilers").idle().raw("PM", 0.5);
  town.measure<Programme>("new", [](Programme& plan, const Scenario& all) {
    plan.from = source_of(all, "stoves");
    plan.to = source_of(all, "boilers");
    plan.items.resize(2);
    for (std::size_t k = 0; k < 2; ++k) {
      plan.items[k].id = k == 0 ? "a" : "b";
      plan.items[k].size = fixed(1);
      plan.items[k].duration = fixed_days(10);
    }
    plan.piece.crews = {{0, fixed(1)}};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(told_of(replay, "new"), (Lines{"0 begun", "10 item a ends", "20 item b ends",
                                           "20 works", "20 assessed", "20 published"}));
}

} // namespace
} // namespace lantian
