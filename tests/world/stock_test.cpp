// A heap: a kiln makes one a day, of which each gives two on the heap; an oven makes one a day, for
// each of which it takes three. The oven stands still where nothing else is said.

#include "world/stock.hpp"

#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

constexpr Index kKiln = 0;
constexpr Index kOven = 1;
constexpr Influence kStandstill{1000};

Process pile_up(World& world, StockPlan plan, Stock*& stock) {
  Stock heap(world, std::move(plan), "heap", 0);
  stock = &heap;
  co_await keep(world, heap);
}

class Heap {
public:
  explicit Heap(StockPlan plan) : replay_(town().scenario()) {
    plan.inflows = {{kKiln, 2}};
    World& world = replay_.world();
    world.scale_source(kOven, kStandstill, Ramp::constant(0));
    world.simulation().spawn("heap", 0, pile_up(world, std::move(plan), stock_));
  }

  //! What lies there after so many days.
  double content(double days) {
    World& world = replay_.world();
    world.simulation().run_until(day(days));
    stock_->look();
    return stock_->content();
  }
  void at(double days, const Ramp& oven) {
    replay_.at(day(days), [oven](World& world) { world.scale_source(kOven, kStandstill, oven); });
  }
  void hold_oven_to(double share) {
    replay_.world().limit_source(kOven, Influence{1001}, Ramp::constant(share));
  }
  //! What the oven emits in the year.
  double emitted() { return replay_.total("PM"); }
  const Stock& stock() const { return *stock_; }

private:
  static Inventory town() {
    Inventory town;
    town.source("kiln");
    town.source("oven").raw("PM", 1);
    return town;
  }

  Replay replay_;
  Stock* stock_ = nullptr;
};

StockPlan heap_of(double content, double most) {
  StockPlan plan;
  plan.outflow = {kOven, 3};
  plan.content = content;
  plan.most = most;
  return plan;
}

TEST(Stock, of_what_nobody_uses_grows) {
  StockPlan plan;
  plan.content = 10;
  Heap heap(plan);
  EXPECT_NEAR(heap.content(5), 10 + 2 * 5, 1e-9);
  EXPECT_NEAR(heap.stock().inflow().at(0.5) * 86400, 2, 1e-12);
  EXPECT_EQ(heap.stock().lost(), 0);
}

TEST(Stock, takes_no_more_than_it_can_hold) {
  Heap heap(heap_of(10, 14));
  EXPECT_NEAR(heap.content(1), 12, 1e-9);
  EXPECT_NEAR(heap.content(5), 14, 1e-9);
}

TEST(Stock, that_is_full_is_drawn_on_as_soon_as_more_is_used_than_made) {
  Heap heap(heap_of(10, 14));
  heap.at(10, Ramp::constant(1));
  EXPECT_NEAR(heap.content(12), 14 - 2 * (3 - 2), 1e-4);
  EXPECT_FALSE(heap.stock().is_used_up());
}

// The oven starts in a straight line from day 10 to 20: it takes 0.3 s after s days, more than the
// two that come in from s = 20/3 on. From there to s = 10 the heap loses 0.15 s^2 - 2 s = 5/3.
TEST(Stock, that_is_full_stays_so_until_a_rising_use_exceeds_what_is_made) {
  Heap heap(heap_of(10, 14));
  heap.at(10, Ramp::linear(0, 1, day(10), days(10)));
  EXPECT_NEAR(heap.content(16), 14, 1e-4);
  EXPECT_NEAR(heap.content(20), 14 - 5.0 / 3, 1e-4);
}

// From 10 the heap falls by one a day; from day 10 on the oven has what comes in.
TEST(Stock, that_is_used_up_holds_its_user_to_what_comes_in) {
  Heap heap(heap_of(10, 14));
  heap.at(0, Ramp::constant(1));
  EXPECT_NEAR(heap.content(4), 6, 1e-4);
  EXPECT_FALSE(heap.stock().is_used_up());
  EXPECT_NEAR(heap.content(11), 0, 1e-4);
  EXPECT_TRUE(heap.stock().is_used_up());
}

// An order holds the oven to 0.8 a day, which takes 2.4: the heap lasts for 3 / 0.4 = 7.5 days, and
// from then on the two that come in are enough for 2/3 a day.
TEST(Stock, holds_a_user_that_has_another_ceiling) {
  Heap heap(heap_of(3, 14));
  heap.hold_oven_to(0.8);
  heap.at(0, Ramp::constant(1));
  EXPECT_NEAR(heap.emitted(), 7.5 * 0.8 + 357.5 * 2 / 3, 1e-3);
}

TEST(Stock, fills_again_when_its_user_stops) {
  Heap heap(heap_of(3, 14));
  heap.at(0, Ramp::constant(1));
  heap.at(5, Ramp::constant(0));
  EXPECT_NEAR(heap.content(7), 4, 1e-4); // nothing on day 5, then two a day
  EXPECT_FALSE(heap.stock().is_used_up());
}

// 1 % a day, looked at every day: 0.01 (100 + 1) = 1.01 of 100 and what the first day adds, then
// 0.01 (100.99 + 1) = 1.0199.
TEST(Stock, loses_a_share_of_what_lies_there) {
  StockPlan plan;
  plan.content = 100;
  plan.loss = 0.01 / 86400;
  Heap heap(plan);
  EXPECT_NEAR(heap.content(1), 100 + 2 - 1.01, 1e-9);
  EXPECT_NEAR(heap.content(2), 100.99 + 2 - 1.0199, 1e-9);
  EXPECT_NEAR(heap.stock().lost(), 1.01 + 1.0199, 1e-9);
}

} // namespace
} // namespace lantian
