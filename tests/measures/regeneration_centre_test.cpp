// Spray shops and the centre that regenerates their carbon, by hand.

#include "measures/regeneration_centre.hpp"

#include "measures/carbon_stories.hpp"
#include "world/carbon_bed.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian {
namespace {

TEST(RegenerationCentre, sends_carbon_and_gets_it_back_while_the_gas_goes_round) {
  // loaded to 9.6 kg by 11.88 kg of feed; 1 day to the shop and 1 back, 2 days in the kiln, 1 day
  // and the carbon is in again (1 more day for the truck): 4 days without; the second time likewise
  // with carbon for 90 %, loaded to 8.64 kg
  Inventory town;
  town.horizon(day(0), day(40));
  add_shop(town, "shop");
  add_centre(town, {"shop"}, [](RegenerationCentre& plan, const Scenario&) {
    plan.transport = fixed_days(1);
    plan.recovery = fixed(0.9);
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  const double first = std::ceil(kBedLaw.feed_between(0, 9.6) * 86400) / 86400;
  const Breakthrough worn = holding(10.8);
  const double second = std::ceil(worn.feed_between(0, 8.64) * 86400) / 86400;
  const double third = 40 - (first + 1 + 4 + second + 1 + 4);
  EXPECT_NEAR(
      replay.of("shop", "SO2"),
      through(first + 1) + 4 + through(second + 1, worn) + 4 + through(third, holding(9.72)), 2e-4);
  // both loads were driven off; 3 % of them is left, and 0.1 kg of NOx for each bed
  const double driven_off = first + 1 - through(first + 1) + second + 1 - through(second + 1, worn);
  EXPECT_NEAR(replay.of("oxidiser", "SO2"), 0.03 * driven_off, 1e-5);
  EXPECT_NEAR(replay.of("kilns", "NOx"), 0.2, 1e-9);
}

TEST(RegenerationCentre, exchanges_carbon_from_its_stock) {
  // the shop runs on with its own until the truck is there after a day; it never stands without
  Inventory town;
  town.horizon(day(0), day(30));
  add_shop(town, "shop");
  add_centre(town, {"shop"}, [](RegenerationCentre& plan, const Scenario&) {
    plan.transport = fixed_days(1);
    plan.spare_carbon = fixed(100);
    plan.recovery = fixed(0.9);
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  const double first = std::ceil(kBedLaw.feed_between(0, 9.6) * 86400) / 86400;
  // the second: fresh carbon from the stock, loaded after as long
  const double third = 30 - 2 * (first + 1);
  EXPECT_NEAR(replay.of("shop", "SO2"), 2 * through(first + 1) + through(third, holding(10.8)),
              2e-4);
}

TEST(RegenerationCentre, makes_up_with_fresh_carbon_and_throws_the_rest_away) {
  // each time 10 % of 100 kg; capacities 1, 0.9 x 0.9 + 0.1 = 0.91, 0.9 x 0.91 x 0.9 + 0.1 = 0.8371
  Inventory town;
  town.horizon(day(0), day(33));
  add_shop(town, "shop");
  add_centre(town, {"shop"}, [](RegenerationCentre& plan, const Scenario&) {
    plan.recovery = fixed(0.9);
    plan.make_up = fixed(0.1);
    plan.cost = fixed(2);
    plan.trip_cost = fixed(100);
  });
  town.interval(Interval::year);
  Replay replay(town.scenario(), {}, spawn_measures);
  const double a = kBedLaw.feed_between(0, 9.6);
  const Breakthrough worn = holding(12 * 0.91);
  const double b = worn.feed_between(0, 0.8 * worn.capacity);
  EXPECT_NEAR(replay.of("shop", "SO2"),
              through(a) + 2 + through(b, worn) + 2 + through(33 - a - b - 4, holding(12 * 0.8371)),
              3e-4);
  EXPECT_NEAR(replay.of("waste", "PM"), 20, 1e-9);
  // 2 x (100 + 100 x 2 + 10 x 10)
  EXPECT_NEAR(replay.operating("centre", 0), 800, 1e-9);
  EXPECT_EQ(replay.books().carbon_changes[*replay.scenario().controls.find("shop-bed")], 2);
}

TEST(RegenerationCentre, takes_the_carbon_over_from_the_calendar) {
  // changed on days 45 and 90, loaded again by day 120 when the centre opens: 30 kg have been fed;
  // there the carbon goes at once, for 2 days
  Inventory town;
  town.horizon(day(0), day(130));
  add_shop(town, "shop", 0, 45);
  add_centre(town, {"shop"}, [](RegenerationCentre& plan, const Scenario&) {
    plan.stages = {stage("works", 120)};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("shop", "SO2"), 2 * through(45) + through(30) + 2 + through(8), 1e-9);
}

TEST(RegenerationCentre, serves_shops_first_come_first_served) {
  // four shops, loaded on days 0, 0, 0, 0 (by half-seconds of id): each waits for the one before:
  // without for 2, 4, 6, 8 days, on their own carbon
  Inventory town;
  town.horizon(day(0), day(10));
  for (const std::string shop : {"a", "b", "c", "d"})
    add_shop(town, shop, 0.8);
  add_centre(town, {"a", "b", "c", "d"}, nullptr);
  Replay replay(town.scenario(), {}, spawn_measures);
  double expected = 0;
  for (const double away : {2, 4, 6, 8})
    expected += away + through(10 - away);
  EXPECT_NEAR(replay.total("SO2"), expected + 0.03 * 4 * 9.6, 1e-4);
}

TEST(RegenerationCentre, closes_its_books_with_carbon_on_the_way_and_in_the_kiln) {
  Inventory town;
  town.horizon(day(0), day(3));
  for (const std::string shop : {"a", "b", "c"})
    add_shop(town, shop, 0.8);
  add_centre(town, {"a", "b", "c"}, nullptr);
  Replay replay(town.scenario(), {}, spawn_measures);
  // one is done, one is half done, one waits
  const MassBalance& balance = replay.books().balances.back();
  EXPECT_EQ(balance.entity, "measures.centre");
  EXPECT_NEAR(balance.generated, 3 * 9.6, 1e-9);
  EXPECT_NEAR(balance.removed, 1.5 * 9.6, 1e-9);
  EXPECT_NEAR(balance.stored, 1.5 * 9.6, 1e-9);
  EXPECT_NEAR(replay.of("oxidiser", "SO2"), 0.03 * 1.5 * 9.6, 1e-9);
}

TEST(RegenerationCentre, is_checked) {
  Inventory town;
  add_shop(town, "shop");
  town.control("filter").removes("PM", 0.5);
  town.budget("fund", {{day(0), 1}});
  add_centre(town, {"shop"}, [](RegenerationCentre& plan, const Scenario& all) {
    plan.controls.push_back(*all.controls.find("filter"));
    plan.truck = *all.resources.find("fund");
    plan.oxidiser = source_of(all, "shop");
    plan.centre = source_of(all, "shop");
    plan.spare_carbon = fixed(50);
    plan.stages = {stage("works", 1, Effect::ramp)};
  });
  Scenario all = town.scenario();
  for (Source& source : all.sources)
    source.activity = Number::constant(1, kMassRate);
  EXPECT_EQ(mistakes_of(all, "regeneration_centre", "centre"),
            "measures.centre.centre: sources.shop already runs; what this measure does would be "
            "counted on top. Set idle = true there\n"
            "measures.centre.controls: controls.filter is no bed of carbon; give it an "
            "'adsorber'\n"
            "measures.centre.oxidiser: sources.shop already runs; what this measure does would "
            "be counted on top. Set idle = true there\n"
            "measures.centre.spare_carbon: may be 50 kg, and the largest bed needs 100 kg: it "
            "would wait for ever; give 0 or more than that\n"
            "measures.centre.stages[works].effect: a centre opens at once: say step\n"
            "measures.centre.truck: fund is a budget; name crews\n");
}

// ---- interaction 8: the queue for spent carbon and more collection

//! What four shops emit in a year, with the centre and its one truck that is bound for 6 days by
//! each round, and with two more trucks from day 60 on.
double emitted(bool with_centre, bool with_pilots) {
  Inventory town;
  for (const std::string shop : {"a", "b", "c", "d"})
    add_shop(town, shop, 0.2, 60);
  town.crews("trucks", 1);
  if (with_centre) {
    add_centre(town, {"a", "b", "c", "d"}, [](RegenerationCentre& plan, const Scenario& all) {
      plan.stages = {stage("works", 30)};
      plan.truck = *all.resources.find("trucks");
      plan.transport = fixed_days(3);
      plan.spare_carbon = fixed(400);
      plan.kilns = 2;
    });
  }
  Scenario all = town.scenario();
  if (with_pilots)
    all.resources[0].additions = {{day(60), 2}};
  Replay replay(std::move(all), {}, spawn_measures);
  return replay.total("SO2");
}

TEST(Interaction, of_the_queue_for_spent_carbon_and_more_collection_is_mutual) {
  // trucks alone collect nothing; for the centre they shorten the queue: together more than the sum
  const double nothing = emitted(false, false);
  const double centre = nothing - emitted(true, false);
  const double pilots = nothing - emitted(false, true);
  const double both = nothing - emitted(true, true);
  EXPECT_GT(centre, 0);
  EXPECT_EQ(pilots, 0);
  EXPECT_GT(both, centre + pilots + 0.1 * centre);
}

} // namespace
} // namespace lantian
