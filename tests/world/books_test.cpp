// What is written down of a measure: its time by cause, its place on a list, a draw of its luck.

#include "world/books.hpp"

#include "world/draw.hpp"
#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(TimeSheet, books_one_cause_after_the_other) {
  TimeSheet sheet;
  sheet.enter(Cause::permits, day(0));
  sheet.enter(Cause::work, day(3)); // leaves what it was in
  sheet.leave(day(10));
  sheet.leave(day(12)); // it is left already
  EXPECT_EQ(sheet.spent(Cause::permits), days(3));
  EXPECT_EQ(sheet.spent(Cause::work), days(7));
  EXPECT_EQ(sheet.last(), day(10));
}

TEST(TimeSheet, counts_as_money_what_a_request_waited_for_money) {
  Simulation simulation(day(0));
  ResourcePool pool(simulation, {{.id = "crews", .capacity = 1.0}});
  const Request request = pool.request(Need{0, 1.0});
  TimeSheet sheet;
  sheet.enter_queue(request, 0, day(0));
  sheet.leave_queue(days(2), day(5));
  EXPECT_EQ(sheet.spent(Cause::money), days(2));
  EXPECT_EQ(sheet.spent(Cause::crews), days(3));
}

// Of the limbs, the second ends last: its 9 days of permits are on the critical path, the 4 days of
// work of the first are not.
TEST(AMeasuresTime, is_that_of_its_own_sheet_and_of_the_limb_that_ends_last) {
  MeasureRecord record;
  record.sheet.enter(Cause::season, day(0));
  record.sheet.leave(day(1));
  record.limbs.resize(3);
  record.limbs[0].enter(Cause::work, day(1));
  record.limbs[0].leave(day(5));
  record.limbs[1].enter(Cause::permits, day(1));
  record.limbs[1].leave(day(10));
  record.limbs[2].enter(Cause::work, day(1));
  record.limbs[2].leave(day(7));
  EXPECT_EQ(record.spent(Cause::season), days(1));
  EXPECT_EQ(record.spent(Cause::permits), days(9));
  EXPECT_EQ(record.spent(Cause::work), Duration{0});
}

TEST(AMeasure, that_is_listed_again_is_done_and_keeps_the_time_off_the_list) {
  Inventory town;
  town.source("kiln");
  town.measure("works");
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) { world.delist(0); });
  replay.at(day(30), [](World& world) { world.relist(0); });
  replay.at(day(360), [](World& world) { world.delist(0); });
  replay.world().simulation().run_until(day(40));
  EXPECT_EQ(replay.world().record(0).state, MeasureState::done);
  EXPECT_EQ(replay.world().record(0).off_list, days(20));
  EXPECT_EQ(replay.record("works").state, MeasureState::delisted);
  EXPECT_EQ(replay.record("works").off_list, days(20 + 5)); // and to the end of the horizon
}

TEST(ADraw, happens_with_its_probability) {
  Inventory town;
  const Scenario scenario = town.scenario();
  const Draw draw(scenario, {});
  const ChanceStream stream("kiln", "audit");
  int happened = 0;
  for (std::uint32_t k = 0; k < 10'000; ++k) {
    EXPECT_EQ(draw.happens(0.3, stream, k), draw.uniform(stream, k) < 0.3);
    happened += draw.happens(0.3, stream, k) ? 1 : 0;
  }
  EXPECT_NEAR(happened, 3000, 3.5 * 46); // sqrt(10,000 x 0.3 x 0.7) = 46
  EXPECT_TRUE(draw.happens(1, stream));
  EXPECT_FALSE(draw.happens(0, stream));
}

} // namespace
} // namespace lantian
