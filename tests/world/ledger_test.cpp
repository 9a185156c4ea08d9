// The ledger is exact: every number here is an integral done by hand. A source makes 365 a year in
// the common year 2025 and emits 1 kg each unless said otherwise: 1 kg a day.

#include "world/ledger.hpp"

#include "world/small_world.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace lantian {
namespace {

Inventory one_kiln() {
  Inventory town;
  town.source("kiln").raw("PM", 1);
  return town;
}

TEST(Ledger, books_a_constant_source_by_calendar_months) {
  Inventory town = one_kiln();
  Replay replay(town.scenario());
  EXPECT_DOUBLE_EQ(replay.in(0, "PM"), 31);
  EXPECT_DOUBLE_EQ(replay.in(1, "PM"), 28);
  EXPECT_NEAR(replay.total("PM"), 365, 1e-12);
  EXPECT_NEAR(replay.of("kiln", "PM"), 365, 1e-12);
}

TEST(Ledger, integrates_three_ramps_at_once_as_the_polynomial_that_they_are) {
  // Over 10 days, x from 0 to 1: activity 1 - x, factor 1 + 2x, capture 1 - x/2.
  // (1 - x)(1 + 2x)(1 - x/2) = 1 + x/2 - 5x^2/2 + x^3; its integral is 1 + 1/4 - 5/6 + 1/4 = 2/3,
  // and of (1 - x)(1 + 2x) x/2 = x/2 + x^2/2 - x^3 it is 1/4 + 1/6 - 1/4 = 1/6.
  Inventory town = one_kiln();
  Replay replay(town.scenario());
  replay.at(day(0), [](World& world) {
    world.scale_source(0, world.new_influence(), Ramp::linear(1, 0, day(0), days(10)));
    Outlet& outlet = world.changing(0).outlets[0];
    outlet.factor = Ramp::linear(1, 3, day(0), days(10));
    outlet.capture = Ramp::linear(1, 0.5, day(0), days(10));
  });
  EXPECT_NEAR(replay.total("PM"), 20.0 / 3, 1e-12);
  EXPECT_NEAR(replay.total("PM", Account::fugitive), 10.0 / 6, 1e-12);
  EXPECT_EQ(replay.in(1, "PM"), 0); // nothing is left, exactly
}

TEST(Ledger, integrates_a_capture_that_moves_alone) {
  // from all to half over 10 days: 7.5 of 10 up the stack, then half of 355
  Inventory town = one_kiln();
  Replay replay(town.scenario());
  replay.at(day(0), [](World& world) {
    world.changing(0).outlets[0].capture = Ramp::linear(1, 0.5, day(0), days(10));
  });
  EXPECT_NEAR(replay.total("PM"), 7.5 + 177.5, 1e-10);
  EXPECT_NEAR(replay.total("PM", Account::fugitive), 2.5 + 177.5, 1e-10);
}

TEST(Ledger, lets_the_tightest_of_two_ceilings_hold_and_finds_where_they_cross) {
  // min(1/2, 1 - x) over 10 days: 5 x 1/2 + 10 x 1/8 = 3.75; then nothing
  Inventory town = one_kiln();
  Replay replay(town.scenario());
  replay.at(day(0), [](World& world) {
    Activity& activity = world.changing(0).activity;
    activity.limit(world.new_influence(), Ramp::constant(0.5));
    activity.limit(world.new_influence(), Ramp::linear(1, 0, day(0), days(10)));
  });
  EXPECT_NEAR(replay.total("PM"), 3.75, 1e-12);
}

TEST(Ledger, takes_a_ramp_across_a_boundary_of_the_profile) {
  // February is three times as busy: 31 + 28 x 3 + 306 = 421 day weights; 421 a year make 1 kg a
  // day in January and 3 in February. The kiln winds down from 27 January (day 26) to 6 February:
  // January 26 + (5 - 1.25) = 29.75, February 3 x 1.25 = 3.75.
  Inventory town;
  town.profile("february").months = {1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  town.source("kiln").makes(421).raw("PM", 1).profile("february");
  Replay replay(town.scenario());
  replay.at(day(26), [](World& world) {
    world.scale_source(0, world.new_influence(), Ramp::linear(1, 0, day(26), days(10)));
  });
  EXPECT_NEAR(replay.in(0, "PM"), 29.75, 1e-12);
  EXPECT_NEAR(replay.in(1, "PM"), 3.75, 1e-12);
  EXPECT_EQ(replay.in(2, "PM"), 0);
}

//! A year and a half with a profile, a leap day, ramps and steps; changes are at absolute dates, so
//! that parts of the horizon can be run alone.
Scenario busy_town(Time start, Time end, Interval interval) {
  Inventory town;
  town.horizon(start, end).interval(interval);
  town.profile("work").months = {1, 2, 1, 1, 3, 1, 1, 0, 1, 1, 1, 2};
  town.source("kiln").makes(1000).raw("PM", 0.7, 0.9).profile("work");
  town.source("oven").makes(300).raw("PM", 0.3);
  return town.scenario();
}

double emitted(Time start, Time end, Interval interval) {
  Replay replay(busy_town(start, end, interval));
  replay.at(start, [](World& world) {
    const Ramp slow{1, 0.2, date(2023, 11, 20), date(2024, 9, 3) + days(0.37)};
    world.scale_source(0, world.new_influence(), slow);
    world.changing(0).outlets[0].factor = {0.7, 0.1, date(2024, 1, 15), date(2024, 8, 8)};
    world.scale_source(1, world.new_influence(), {1, 0, date(2024, 5, 1), date(2024, 5, 2)});
  });
  return replay.total("PM") + replay.total("PM", Account::fugitive);
}

TEST(Ledger, does_not_mind_where_the_horizon_is_split) {
  const Time start = date(2023, 7, 1);
  const Time end = date(2025, 1, 1);
  const double whole = emitted(start, end, Interval::month);
  for (const Time split : {date(2023, 9, 9), date(2024, 2, 29) + days(0.4), date(2024, 5, 1),
                           date(2024, 8, 31) + Duration{86399}}) {
    const double parts =
        emitted(start, split, Interval::month) + emitted(split, end, Interval::month);
    EXPECT_NEAR(parts / whole, 1, 1e-12);
  }
}

TEST(Ledger, gives_the_same_total_by_day_by_month_and_by_year) {
  const Time start = date(2023, 7, 11);
  const Time end = date(2024, 12, 24) + days(0.3);
  const double yearly = emitted(start, end, Interval::year);
  EXPECT_NEAR(emitted(start, end, Interval::month) / yearly, 1, 1e-12);
  EXPECT_NEAR(emitted(start, end, Interval::day) / yearly, 1, 1e-12);
}

//! Forty sources that change at odd times by odd amounts; then all are closed.
Scenario forty_sources(Time start) {
  Inventory town;
  town.horizon(start, start + std::chrono::days{730});
  town.profile("week").weekdays = {1, 1, 1, 1, 1, 0.5, 0.3};
  for (int i = 10; i < 50; ++i) {
    town.source("s" + std::to_string(i)).makes(100.0 + i / 7.0).raw("PM", 1 / 3.0).profile("week");
  }
  return town.scenario();
}

void disturb(Replay& replay, Time start) {
  for (Index s = 0; s < 40; ++s) {
    replay.at(start + days(3 + 7.7 * s), [s](World& world) {
      const Influence who = world.new_influence();
      world.scale_source(s, who, Ramp::linear(1, 0.1 * (s % 9), world.now(), days(20 + s)));
    });
    replay.at(start + days(400 + s), [s](World& world) {
      world.scale_source(s, world.new_influence(), Ramp::linear(1, 0, world.now(), days(s % 5)));
    });
  }
}

TEST(Ledger, is_left_with_exactly_nothing_when_every_source_has_closed) {
  Replay replay(forty_sources(day(0)));
  disturb(replay, day(0));
  for (std::size_t month = 15; month < 24; ++month) { // closed by day 444, in the 15th month
    EXPECT_EQ(replay.in(month, "PM"), 0.0);
    EXPECT_EQ(std::signbit(replay.in(month, "PM")), false);
  }
  EXPECT_GT(replay.in(13, "PM"), 0);
}

TEST(Ledger, does_not_change_by_a_bit_when_all_dates_move_by_400_years) {
  Replay now(forty_sources(date(2023, 1, 1)));
  Replay later(forty_sources(date(2423, 1, 1)));
  Replay earlier(forty_sources(date(1623, 1, 1)));
  disturb(now, date(2023, 1, 1));
  disturb(later, date(2423, 1, 1));
  disturb(earlier, date(1623, 1, 1));
  EXPECT_EQ(now.books().cells, later.books().cells);
  EXPECT_EQ(now.books().cells, earlier.books().cells);
  EXPECT_EQ(now.books().sources, later.books().sources);
}

TEST(Ledger, books_an_unchanged_source_as_one_that_is_looked_at_every_day) {
  Replay left_alone(forty_sources(day(0)));
  Replay watched(forty_sources(day(0)));
  for (int d = 1; d < 700; d += 3) {
    watched.at(day(d), [](World& world) {
      for (Index s = 0; s < 40; ++s)
        world.changing(s);
    });
  }
  for (std::size_t month = 0; month < 24; ++month) {
    EXPECT_NEAR(watched.in(month, "PM") / left_alone.in(month, "PM"), 1, 1e-12);
  }
}

TEST(Ledger, does_not_mind_the_order_of_changes_at_one_instant) {
  const auto change = [](Index first, Index second) {
    Replay replay(forty_sources(day(0)));
    for (const Index s : {first, second}) {
      replay.at(day(33.3), [s](World& world) {
        world.scale_source(s, world.new_influence(), Ramp::linear(1, 0.3, day(33.3), days(9)));
      });
    }
    return replay.books().cells;
  };
  EXPECT_EQ(change(3, 17), change(17, 3));
}

TEST(Ledger, doubles_exactly_when_activity_doubles) {
  const auto cells = [](double activity) {
    Inventory town;
    town.source("kiln").makes(activity).raw("PM", 0.3, 0.7);
    Replay replay(town.scenario());
    replay.at(day(11.1), [](World& world) {
      world.scale_source(0, world.new_influence(), Ramp::linear(1, 0.3, day(11.1), days(99)));
    });
    return replay.books().cells;
  };
  const std::vector<double> once = cells(123.4);
  std::vector<double> twice = cells(246.8);
  for (double& amount : twice)
    amount /= 2;
  EXPECT_EQ(once, twice);
}

TEST(Ledger, counts_the_production_of_a_plant_through_a_stop) {
  // 365 t a year; 10 days at nothing, then 10 days rising in a straight line
  Inventory town;
  town.plant("works", 365000);
  town.source("kiln").raw("PM", 1).of("works");
  Replay replay(town.scenario());
  const auto who = std::make_shared<Influence>();
  replay.at(day(100), [who](World& world) {
    *who = world.new_influence();
    world.scale_plant(0, *who, Ramp::constant(0));
  });
  replay.at(day(110), [who](World& world) {
    world.scale_plant(0, *who, Ramp::linear(0, 1, world.now(), days(10)));
  });
  EXPECT_NEAR(replay.production("works"), 350000, 1e-6);
  EXPECT_NEAR(replay.total("PM"), 350, 1e-10);
}

TEST(Ledger, counts_the_production_of_each_plant_in_each_year) {
  // the second stands still in the first half of 2026 (181 of 365 days); the third makes nothing
  Inventory town;
  town.horizon(day(0), day(730));
  town.plant("a", 365);
  town.plant("b", 730);
  town.plant("c", 0).production.reset();
  Replay replay(town.scenario());
  const auto who = std::make_shared<Influence>();
  replay.at(day(365), [who](World& world) {
    *who = world.new_influence();
    world.scale_plant(1, *who, Ramp::constant(0));
  });
  replay.at(day(365 + 181), [who](World& world) { world.lift_plant(1, *who); });
  EXPECT_NEAR(replay.production("a", 0), 365, 1e-9);
  EXPECT_NEAR(replay.production("a", 1), 365, 1e-9);
  EXPECT_NEAR(replay.production("b", 0), 730, 1e-9);
  EXPECT_NEAR(replay.production("b", 1), 2 * 184, 1e-9);
  EXPECT_EQ(replay.production("c", 0), 0);
  EXPECT_EQ(replay.production("c", 1), 0);
}

TEST(Ledger, counts_what_a_plant_makes_more) {
  // half as much again from day 100 on, by sources in use and by one that was idle
  Inventory town;
  town.plant("works", 365000);
  town.source("kiln").raw("PM", 1).of("works");
  town.source("oven").idle().raw("SO2", 1).of("works");
  Replay replay(town.scenario());
  replay.at(day(100), [](World& world) {
    world.add_to_plant(0, world.new_influence(), Ramp::constant(0.5));
  });
  EXPECT_NEAR(replay.production("works"), 365000 + 0.5 * 265000, 1e-6);
  EXPECT_NEAR(replay.total("PM"), 365 + 0.5 * 265, 1e-10);
}

TEST(Ledger, holds_a_plant_to_its_permit) {
  Inventory town;
  Plant& works = town.plant("works", 1000);
  works.capacity = fixed(2000);
  works.permit = fixed(800);
  town.source("kiln").raw("PM", 1).of("works");
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.production("works"), 800, 1e-9);
  EXPECT_NEAR(replay.total("PM"), 0.8 * 365, 1e-10);
}

TEST(Ledger, spreads_capital_evenly_and_running_cost_by_the_calendar_year) {
  struct Nothing : Plan {
    Time start{};
  };
  Inventory town = one_kiln();
  town.measure<Nothing>("works", [](Nothing&, const Scenario&) {});
  Replay replay(town.scenario());
  replay.world().ledger().spend(0, 100, day(26), day(36));    // 5 days of 10 in January
  replay.world().ledger().spend(0, 7, day(40), day(40));      // at once, in February
  replay.world().ledger().spend(0, 30, day(360), day(370));   // half of it after the end
  replay.world().ledger().operate(0, 365, day(50), day(365)); // 1 a day from 20 February on
  EXPECT_NEAR(replay.capital("works", 0), 50, 1e-12);
  EXPECT_NEAR(replay.capital("works", 1), 57, 1e-12);
  EXPECT_NEAR(replay.capital("works", 11), 15, 1e-12);
  EXPECT_NEAR(replay.operating("works", 1), 9, 1e-12);
  EXPECT_NEAR(replay.operating("works", 2), 31, 1e-12);
}

} // namespace
} // namespace lantian
