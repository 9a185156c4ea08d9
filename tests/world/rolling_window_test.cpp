// The worst window of what is emitted, worked out by hand: outages, ramps, profiles, random
// pulses, beds of carbon.

#include "world/rolling_window.hpp"

#include "world/small_world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace lantian {
namespace {

constexpr double kDay = 86400;

//! A window of so many days over what all sources emit of SO2 in the horizon.
RollingWindow window_of(const Scenario& scenario, double length, double limit) {
  RollingWindow window;
  for (Index s = 0; s < scenario.sources.size(); ++s)
    window.sources.push_back(s);
  window.pollutant = *scenario.pollutants.find("SO2");
  window.from = scenario.start;
  window.to = scenario.end;
  window.length = days(length);
  window.limit = limit;
  return window;
}

//! What was found, in days.
struct Found {
  double amount;
  double end;
  double exceeding;
};

Found found(Replay& replay, std::size_t window = 0) {
  const WorstWindow& worst = replay.books().windows[window];
  return {worst.amount, worst.end / kDay, worst.exceeding};
}

//! A source of 1 kg a day that stands still from day 100 to 110, and makes up for that at 1.5 kg a
//! day in the 20 days after.
Found worst_of_outage(double length, double limit) {
  Inventory town;
  town.source("kiln").makes(365).raw("SO2", 1);
  const Scenario scenario = town.scenario();
  Replay replay(scenario, {}, nullptr, {window_of(scenario, length, limit)});
  const Influence who = replay.world().new_influence();
  for (const auto& [on, factor] : {std::pair{100, 0.0}, {110, 1.5}, {130, 1.0}}) {
    replay.at(day(on), [who, factor = factor](World& world) {
      world.scale_source(0, who, Ramp::constant(factor));
    });
  }
  return found(replay);
}

TEST(RollingWindow, of_a_day_sees_the_days_on_which_output_is_made_up) {
  // The window fills from day 110 to 111: 1.5 (t - 110) is above 1.2 from 110.8 on. From 130 to
  // 131 it falls back to 1, below 1.2 from 130.6 on. 19.8 of the 364 days on which a window ends.
  const Found worst = worst_of_outage(1, 1.2);
  EXPECT_NEAR(worst.amount, 1.5, 1e-12);
  EXPECT_NEAR(worst.end, 111, 1e-9);
  EXPECT_NEAR(worst.exceeding, 19.8 / 364, 1e-9);
}

TEST(RollingWindow, of_a_week_is_worst_a_week_after_the_outage) {
  // 1.5 (t - 110) reaches 9 on day 116 and 10.5 on day 117; 10.5 - 0.5 (t - 130) is 9 on day 133
  const Found worst = worst_of_outage(7, 9);
  EXPECT_NEAR(worst.amount, 10.5, 1e-12);
  EXPECT_NEAR(worst.end, 117, 1e-9);
  EXPECT_NEAR(worst.exceeding, 17.0 / 358, 1e-9);
}

TEST(RollingWindow, of_a_month_is_worst_when_the_outage_has_left_it) {
  // Day 130 closes 10 days of 0 and 20 of 1.5: 30, as always. Then the outage leaves: + 1 a day
  // until day 140, 40. Then the days of 1.5 leave: - 0.5 a day. Above 36 from day 136 to day 148.
  const Found worst = worst_of_outage(30, 36);
  EXPECT_NEAR(worst.amount, 40, 1e-11);
  EXPECT_NEAR(worst.end, 140, 1e-9);
  EXPECT_NEAR(worst.exceeding, 12.0 / 335, 1e-9);
}

//! The kiln alone, with ramps that scale it, each by its own influence.
Found worst_of_ramps(double length, double limit, const std::function<void(Replay&)>& script) {
  Inventory town;
  town.source("kiln").makes(365).raw("SO2", 1);
  const Scenario scenario = town.scenario();
  Replay replay(scenario, {}, nullptr, {window_of(scenario, length, limit)});
  script(replay);
  return found(replay);
}

TEST(RollingWindow, lies_on_a_peak_so_that_both_its_ends_emit_alike) {
  // From 0 on day 100 up to 1 on day 200, down to 0 on day 250. A window that ends on 200 + x has
  // rate 1 - x/50 there and 1 - (30 - x)/100 at its beginning: alike, 0.8, at x = 10. It holds 30
  // days at 0.9 on average: 27. About it W = 27 - 0.015 (t - 210)^2: above 26.76 for 8 days.
  const Found worst = worst_of_ramps(30, 26.76, [](Replay& replay) {
    const Influence who = replay.world().new_influence();
    replay.at(day(0), [who](World& world) { world.scale_source(0, who, Ramp::constant(0)); });
    replay.at(day(100), [who](World& world) {
      world.scale_source(0, who, Ramp::linear(0, 1, world.now(), days(100)));
    });
    replay.at(day(200), [who](World& world) {
      world.scale_source(0, who, Ramp::linear(1, 0, world.now(), days(50)));
    });
  });
  EXPECT_NEAR(worst.amount, 27, 1e-12);
  EXPECT_NEAR(worst.end, 210, 1e-6);
  EXPECT_NEAR(worst.exceeding, 8.0 / 335, 1e-7);
}

TEST(RollingWindow, lies_amid_a_parabola) {
  // one ramp up and one down at the same time: 4 u (1 - u) with u = (t - 100)/100. Of 30 days the
  // middle ones, u from 0.35 to 0.65, hold most: 400 (u^2/2 - u^3/3) over them is 29.1.
  const Found worst = worst_of_ramps(30, 100, [](Replay& replay) {
    const Influence up = replay.world().new_influence();
    const Influence down = replay.world().new_influence();
    replay.at(day(0), [=](World& world) { world.scale_source(0, up, Ramp::constant(0)); });
    replay.at(day(100), [=](World& world) {
      world.scale_source(0, up, Ramp::linear(0, 4, world.now(), days(100)));
      world.scale_source(0, down, Ramp::linear(1, 0, world.now(), days(100)));
    });
  });
  EXPECT_NEAR(worst.amount, 29.1, 1e-11);
  EXPECT_NEAR(worst.end, 165, 1e-6);
  EXPECT_EQ(worst.exceeding, 0);
}

TEST(RollingWindow, holds_ramps_of_any_number) {
  // twelve ramps at once: u^12 over 100 days, and nothing before and after. The last 50 days are
  // worst: 100/13 (1 - 1/2^13).
  const Found worst = worst_of_ramps(50, 0, [](Replay& replay) {
    replay.at(day(0), [](World& world) {
      for (int ramp = 0; ramp < 12; ++ramp)
        world.scale_source(0, world.new_influence(), Ramp::linear(0, 1, day(100), days(100)));
    });
    replay.at(day(200), [](World& world) {
      world.scale_source(0, world.new_influence(), Ramp::constant(0));
    });
  });
  EXPECT_NEAR(worst.amount, 100.0 / 13 * (1 - 1 / 8192.0), 1e-9);
  EXPECT_NEAR(worst.end, 200, 1e-9);
}

//! A mill that works from Monday to Friday: 261 days of 2025, which begins on a Wednesday. So it
//! emits 365/261 kg on each.
Found worst_of_weekdays(double length, double limit) {
  Inventory town;
  town.profile("weekdays").weekdays = {1, 1, 1, 1, 1, 0, 0};
  town.source("mill").makes(365).raw("SO2", 1).profile("weekdays");
  const Scenario scenario = town.scenario();
  Replay replay(scenario, {}, nullptr, {window_of(scenario, length, limit)});
  return found(replay);
}

TEST(RollingWindow, of_seven_days_does_not_see_weekdays) {
  // all windows hold the same, so the first is the worst
  const double week = 5 * 365.0 / 261;
  for (const auto& [limit, exceeding] : {std::pair{week, 0.0}, {week * (1 - 1e-8), 1.0}}) {
    const Found worst = worst_of_weekdays(7, limit);
    EXPECT_NEAR(worst.amount, week, 1e-12);
    EXPECT_EQ(worst.end, 7);
    EXPECT_NEAR(worst.exceeding, exceeding, 1e-9);
  }
}

TEST(RollingWindow, of_one_day_sees_weekdays) {
  // above half a working day from Monday noon to Saturday noon: from day 1 to Friday's 3.5, in 51
  // whole weeks, and on the last 2.5 days: 260 of 364
  const Found worst = worst_of_weekdays(1, 0.5 * 365 / 261);
  EXPECT_NEAR(worst.amount, 365.0 / 261, 1e-12);
  EXPECT_EQ(worst.end, 1);
  EXPECT_NEAR(worst.exceeding, 260.0 / 364, 1e-9);
}

//! An idle yard with 3 kg a day from day 10 to 12 and 2 kg a day from day 11 to 14.
Found worst_of_pulses(double length, double limit) {
  Inventory town;
  town.source("yard").makes(1).raw("SO2", 1).idle();
  const Scenario scenario = town.scenario();
  Replay replay(scenario, {}, nullptr, {window_of(scenario, length, limit)});
  replay.at(day(10), [](World& world) {
    world.add_pulse(0, {1, day(10), day(12), 3 / kDay});
    world.add_pulse(0, {2, day(11), day(14), 2 / kDay});
  });
  return found(replay);
}

TEST(RollingWindow, sees_what_comes_at_random) {
  // 3 and 3 + 2 on the first two days, 2 on the next two: 8 by day 12, 7 by day 13
  const Found worst = worst_of_pulses(2, 7.5);
  EXPECT_NEAR(worst.amount, 8, 1e-12);
  EXPECT_NEAR(worst.end, 12, 1e-9);
  // W comes to 8 at 5 a day and leaves at 1 a day: 0.1 and 0.5 days
  EXPECT_NEAR(worst.exceeding, 0.6 / 363, 1e-9);
}

TEST(RollingWindow, with_limit_zero_exceeds_it_wherever_anything_is_emitted) {
  EXPECT_NEAR(worst_of_pulses(2, 0).exceeding, 6.0 / 363, 1e-9); // day 10 to day 14 + 2
  const Found nothing = worst_of_ramps(2, 0, [](Replay& replay) {
    replay.at(day(0), [](World& world) {
      world.scale_source(0, world.new_influence(), Ramp::constant(0));
    });
  });
  EXPECT_EQ(nothing.amount, 0);
  EXPECT_EQ(nothing.end, 2);
  EXPECT_EQ(nothing.exceeding, 0);
}

TEST(RollingWindow, as_long_as_the_year_holds_what_is_booked_for_it) {
  Inventory town;
  town.profile("winter").months = {2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2};
  town.control("scrubber").removes("SO2", 0.8);
  town.source("kiln").makes(700).raw("SO2", 1, 0.9).profile("winter").control("scrubber");
  town.source("mill").makes(800).stack("SO2", 2, 1);
  const Scenario scenario = town.scenario();
  Replay replay(scenario, {}, nullptr, {window_of(scenario, 365, 1)});
  replay.at(day(50), [](World& world) { world.fail(0); });
  replay.at(day(90), [](World& world) { world.repair(0); });
  const double booked = replay.of("kiln", "SO2") + replay.of("mill", "SO2");
  EXPECT_NEAR(found(replay).amount, booked, 1e-12 * booked);
  EXPECT_EQ(found(replay).end, 365);
  EXPECT_EQ(found(replay).exceeding, 1);
}

TEST(RollingWindow, sees_only_the_years_in_which_it_holds) {
  // 1 kg a day, 3 in December 2025, from 2026 on; windows that began in 2025 do not count
  Inventory town;
  town.horizon(date(2025, 1, 1), date(2027, 1, 1));
  town.source("kiln").makes(365).raw("SO2", 1);
  const Scenario scenario = town.scenario();
  RollingWindow later = window_of(scenario, 30, 35);
  later.from = date(2026, 1, 1);
  Replay replay(scenario, {}, nullptr, {window_of(scenario, 30, 35), later});
  const Influence who = replay.world().new_influence();
  for (const auto& [on, factor] : {std::pair{334, 3.0}, {365, 1.0}}) {
    replay.at(day(on), [who, factor = factor](World& world) {
      world.scale_source(0, who, Ramp::constant(factor));
    });
  }
  EXPECT_NEAR(found(replay, 0).amount, 90, 1e-10);
  EXPECT_NEAR(found(replay, 0).end, 364, 1e-9);
  EXPECT_NEAR(found(replay, 1).amount, 30, 1e-10);
  EXPECT_EQ(found(replay, 1).end, 30);
  EXPECT_EQ(found(replay, 1).exceeding, 0);
}

TEST(RollingWindow, sees_a_bed_of_carbon_break_through) {
  // 1 kg a day on a bed that is meant to hold 100 kg: worse every day, so the last days are worst
  Inventory town;
  auto& bed = town.control("bed").removes("SO2", 0.85);
  bed.row.adsorber = Adsorber{};
  bed.row.adsorber->bed = fixed(1000);
  bed.row.adsorber->capacity = fixed(0.1);
  town.source("shop").makes(365).raw("SO2", 1).control("bed");
  const Scenario scenario = town.scenario();
  Replay replay(scenario, {}, nullptr, {window_of(scenario, 20, 1)});
  const Breakthrough law{.efficiency = 0.85, .capacity = 100};
  const double most = AdsorberBed(law, 0).take(365) - AdsorberBed(law, 0).take(345);
  EXPECT_NEAR(found(replay).amount, most, 1e-9);
  EXPECT_NEAR(found(replay).end, 365, 1e-9);
}

TEST(RollingWindow, follows_a_bed_through_ramps_pulses_and_weekdays) {
  // that what is followed is what is booked, the ledger checks itself
  Inventory town;
  town.profile("weekdays").weekdays = {1, 1, 1, 1, 1, 0, 0};
  auto& bed = town.control("bed").removes("SO2", 0.85);
  bed.row.adsorber = Adsorber{};
  bed.row.adsorber->bed = fixed(1000);
  bed.row.adsorber->capacity = fixed(0.1);
  town.source("shop").makes(365).raw("SO2", 1, 0.9).control("bed").profile("weekdays");
  const Scenario scenario = town.scenario();
  Replay replay(scenario, {}, nullptr, {window_of(scenario, 365, 1)});
  replay.at(day(30), [](World& world) {
    world.scale_source(0, world.new_influence(), Ramp::linear(1, 0.5, world.now(), days(100)));
    world.add_pulse(0, {1, day(40), day(45), 2 / kDay});
    world.add_pulse(0, {2, day(43), day(200), 0.1 / kDay});
  });
  replay.at(day(150), [](World& world) { world.fail(0); });
  replay.at(day(160), [](World& world) { world.repair(0); });
  const double booked = replay.of("shop", "SO2");
  EXPECT_NEAR(found(replay).amount, booked, 1e-9 * booked);
}

TEST(RollingWindow, does_not_depend_on_the_order_of_sources) {
  Inventory town;
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    town.control(std::string("of-") + id)
        .removes("SO2", 0.9)
        .fails(Number::chance(Distribution::exponential(20 * kDay), kTime), fixed_days(1),
               OnFailure::bypass);
    town.source(id).makes(300).raw("SO2", 0.1).control(std::string("of-") + id);
  }
  const Scenario scenario = town.scenario();
  const RollingWindow forwards = window_of(scenario, 7, 5);
  RollingWindow backwards = forwards;
  std::reverse(backwards.sources.begin(), backwards.sources.end());
  Replay replay(scenario, {}, nullptr, {forwards, backwards});
  EXPECT_GT(found(replay, 0).amount, 0);
  EXPECT_EQ(found(replay, 0).amount, found(replay, 1).amount);
  EXPECT_EQ(found(replay, 0).end, found(replay, 1).end);
  EXPECT_EQ(found(replay, 0).exceeding, found(replay, 1).exceeding);
}

} // namespace
} // namespace lantian
