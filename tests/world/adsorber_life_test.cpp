// Beds of carbon on sources: booked exactly, changed on the calendar or when they are loaded.

#include "world/adsorber_life.hpp"

#include "world/carbon_bed.hpp"
#include "world/small_world.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace lantian {
namespace {

//! A spray shop: 1 kg of VOC (here SO2) a day goes through 100 kg of carbon that hold 12 kg.
Inventory spray_shop(std::function<void(Adsorber&)> more = nullptr) {
  Inventory town;
  auto& bed = town.control("bed").removes("SO2", 0.85);
  bed.row.adsorber = Adsorber{};
  bed.row.adsorber->bed = fixed(100);
  bed.row.adsorber->capacity = fixed(0.12);
  if (more)
    more(*bed.row.adsorber);
  town.source("shop").raw("SO2", 1).control("bed");
  return town;
}

TEST(Bed, breaks_through_month_by_month) {
  Replay replay(spray_shop().scenario());
  AdsorberBed bed(kBedLaw, 0);
  for (std::size_t month = 0; month < 12; ++month) {
    const double days = std::vector<double>{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month];
    EXPECT_NEAR(replay.in(month, "SO2"), bed.take(days), 1e-12) << month;
  }
  EXPECT_NEAR(replay.of("shop", "SO2"), through(365), 1e-10);
}

TEST(Bed, does_not_care_by_which_intervals_it_is_booked) {
  for (const Interval interval : {Interval::day, Interval::year}) {
    Inventory town = spray_shop();
    town.interval(interval);
    Replay replay(town.scenario());
    EXPECT_NEAR(replay.total("SO2"), through(365), 1e-10);
  }
}

TEST(Bed, takes_only_what_is_captured_and_what_other_controls_leave) {
  // of 2 kg a day 20 % are fugitive; a filter takes half of the rest before the bed: 0.8 a day
  Inventory town = spray_shop();
  town.control("filter").removes("SO2", 0.5);
  town.source("booth").raw("SO2", 2, 0.8).control("filter").control("bed");
  Scenario all = town.scenario();
  all.sources[*all.sources.find("shop")].controls.clear();
  Replay replay(std::move(all));
  EXPECT_NEAR(replay.of("booth", "SO2"), 0.4 * 365 + through(0.8 * 365), 1e-10);
  EXPECT_NEAR(replay.total("SO2", Account::fugitive), 0.4 * 365, 1e-10);
}

TEST(Bed, is_accounted_under_an_alert_with_and_without_its_orders) {
  // 10 kg are in when the alert comes; of 2 kg in its two days the order lets 1 pass, and without
  // exemptions 0.5 would
  Inventory town = spray_shop();
  town.dimensions({"total", "alert"});
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) {
    world.set_alert(AlertLevel::red);
    world.order(0, world.new_influence(), Ramp::constant(0.5), Ramp::constant(0.25));
  });
  replay.at(day(12), [](World& world) { world.set_alert(AlertLevel::none); });
  const auto from_ten = [](double feed) { return through(10 + feed) - through(10); };
  EXPECT_NEAR(replay.under(AlertLevel::red, "SO2", Orders::in_force), from_ten(1), 1e-9);
  EXPECT_NEAR(replay.under(AlertLevel::red, "SO2", Orders::without_exemptions), from_ten(0.5),
              1e-9);
  EXPECT_NEAR(replay.under(AlertLevel::red, "SO2", Orders::none), from_ten(2), 1e-9);
  EXPECT_EQ(replay.under(AlertLevel::yellow, "SO2", Orders::none), 0);
}

TEST(Bed, is_fed_along_ramps_and_pulses) {
  // 100 days at 1; down to 0.5 over 20 days (15 kg); 100 days at 0.5; meanwhile a pulse of 30 kg
  // on days 150 to 160, of which the factor lets half through; then nothing
  Inventory town = spray_shop();
  Replay replay(town.scenario());
  replay.at(day(100), [](World& world) {
    world.scale_source(0, world.new_influence(), Ramp::linear(1, 0.5, day(100), days(20)));
  });
  replay.at(day(130),
            [](World& world) { world.add_pulse(0, {1, day(150), day(160), 3.0 / 86400}); });
  replay.at(day(220),
            [](World& world) { world.limit_source(0, world.new_influence(), Ramp::constant(0)); });
  EXPECT_NEAR(replay.total("SO2"), through(100 + 15 + 50 + 15), 1e-10);
}

TEST(Bed, lets_the_gas_go_round_it_while_its_control_is_out_of_service) {
  // 10 days at the bed, 5 days round it, 10 at the bed
  Inventory town = spray_shop();
  town.horizon(day(0), day(25));
  Replay replay(town.scenario());
  replay.at(day(10), [](World& world) { world.fail(0); });
  replay.at(day(15), [](World& world) { world.repair(0); });
  EXPECT_NEAR(replay.total("SO2"), through(20) + 5, 1e-12);
}

TEST(Bed, is_changed_on_the_calendar_at_a_cost) {
  // changed after 20 days, then every 45: on days 20, 65, …, 335: 8 times; 20 + 7 x 45 + 30 days
  Inventory town = spray_shop([](Adsorber& adsorber) {
    adsorber.load = fixed(0.25);
    adsorber.change_every = fixed_days(45);
    adsorber.first_change = fixed_days(20);
    adsorber.carbon_cost = fixed(10);
  });
  town.interval(Interval::year);
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("SO2"), through(20, kBedLaw, 3) + 7 * through(45) + through(30), 1e-10);
  EXPECT_EQ(replay.books().carbon_changes[0], 8);
  EXPECT_NEAR(replay.books().carbon_cost[0], 8 * 1000, 1e-9);
}

TEST(Bed, counts_spent_carbon_where_it_is_thrown_away) {
  Inventory town = spray_shop([](Adsorber& adsorber) { adsorber.change_every = fixed_days(100); });
  town.source("waste").makes(0).raw("PM", 1);
  Scenario all = town.scenario();
  all.controls[0].adsorber->waste = *all.sources.find("waste");
  Replay replay(std::move(all));
  EXPECT_NEAR(replay.of("waste", "PM"), 300, 1e-9);
}

TEST(Bed, removes_30_percent_when_it_is_changed_far_too_late) {
  // F225: 45 kg in 45 days on a bed for 12; in the year 8 whole cycles and 5 days
  Inventory town = spray_shop([](Adsorber& adsorber) { adsorber.change_every = fixed_days(45); });
  town.horizon(day(0), day(360));
  Replay replay(town.scenario());
  EXPECT_NEAR(1 - replay.total("SO2") / 360, 0.303, 1e-3);
}

Process change_when_loaded(World& world, std::vector<double>& log) {
  for (;;) {
    co_await until_loaded(world, 0, 0.8);
    log.push_back(seconds(world.now() - day(0)) / 86400);
    renew_carbon(world, 0);
  }
}

//! The days on which the bed is loaded to 80 %, each time changed at once.
std::vector<double> changes(Scenario scenario, std::function<void(Replay&)> story) {
  Replay replay(std::move(scenario));
  std::vector<double> found;
  replay.world().simulation().spawn("change", 0, change_when_loaded(replay.world(), found));
  story(replay);
  replay.books();
  return found;
}

TEST(Bed, is_loaded_on_the_second_at_which_the_feed_has_come) {
  // 11.88 kg are needed for 9.6: every 11.88 days
  const double feed = kBedLaw.feed_between(0, 9.6);
  Inventory town = spray_shop();
  town.horizon(day(0), day(40));
  const auto found = changes(town.scenario(), [](Replay&) {});
  ASSERT_EQ(found.size(), 3);
  for (std::size_t k = 0; k < 3; ++k) {
    const double expected = feed * static_cast<double>(k + 1);
    EXPECT_GE(found[k], expected - 1e-9);
    EXPECT_LT(found[k], expected + static_cast<double>(k + 1) / 86400);
  }
}

TEST(Bed, is_loaded_later_when_its_source_slows_down) {
  // from day 5 at a half, from day 7 on falling to nothing over 20 days:
  // 5 + 1 + 0.5 t - 0.5 t^2/40 for t days after day 7, which is at most 11: never the 11.88
  const double feed = kBedLaw.feed_between(0, 9.6);
  const auto slow = [](Replay& replay) {
    replay.at(day(5),
              [](World& world) { world.scale_source(0, Influence{77}, Ramp::constant(0.5)); });
  };
  Inventory town = spray_shop();
  town.horizon(day(0), day(40));
  const auto halved = changes(town.scenario(), slow);
  ASSERT_GE(halved.size(), 1);
  EXPECT_NEAR(halved[0], 5 + (feed - 5) * 2, 2.0 / 86400);
  const auto ended = changes(town.scenario(), [&](Replay& replay) {
    slow(replay);
    replay.at(day(7), [](World& world) {
      world.scale_source(0, Influence{77}, Ramp::linear(0.5, 0, day(7), days(20)));
    });
  });
  EXPECT_TRUE(ended.empty());
}

TEST(Bed, is_loaded_along_a_ramp) {
  // falling from 1 to 0.2 over 20 days: t - 0.02 t^2 = feed
  const double feed = kBedLaw.feed_between(0, 9.6);
  const double expected = (1 - std::sqrt(1 - 4 * 0.02 * feed)) / 0.04;
  Inventory town = spray_shop();
  town.horizon(day(0), day(40));
  const auto found = changes(town.scenario(), [](Replay& replay) {
    replay.world().scale_source(0, Influence{77}, Ramp::linear(1, 0.2, day(0), days(20)));
  });
  ASSERT_GE(found.size(), 1);
  EXPECT_GE(found[0], expected - 1e-9);
  EXPECT_LT(found[0], expected + 1.001 / 86400);
}

TEST(Bed, is_loaded_sooner_when_more_is_sprayed_with_the_same_activity) {
  // the raw factor doubles on day 4: nothing about the activity changes
  const double feed = kBedLaw.feed_between(0, 9.6);
  Inventory town = spray_shop();
  town.horizon(day(0), day(9));
  const auto found = changes(town.scenario(), [](Replay& replay) {
    replay.at(day(4),
              [](World& world) { world.changing(0).outlets[0].factor = Ramp::constant(2); });
  });
  ASSERT_EQ(found.size(), 1);
  EXPECT_NEAR(found[0], 4 + (feed - 4) / 2, 1.001 / 86400);
}

TEST(Bed, is_away_until_other_carbon_is_put_in) {
  // days 10 to 13 without, then carbon for 80 % of 12 kg
  Inventory town = spray_shop();
  town.horizon(day(0), day(30));
  Replay replay(town.scenario());
  double load = 0;
  replay.at(day(10), [&](World& world) { load = take_carbon_out(world, 0); });
  replay.at(day(13), [](World& world) { put_carbon_in(world, 0, 0.8); });
  const Breakthrough worn{.efficiency = 0.85, .capacity = 9.6};
  EXPECT_NEAR(replay.total("SO2"), through(10) + 3 + through(17, worn), 1e-10);
  EXPECT_NEAR(load, 10 - through(10), 1e-12);
}

} // namespace
} // namespace lantian
