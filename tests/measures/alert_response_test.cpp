// Alerts and their orders, by hand. Sources make one a day in 2025 and emit 1 kg of PM each.

#include "measures/alert_response.hpp"

#include "measures/alert_episodes.hpp"
#include "measures/alert_orders.hpp"
#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using Cuts = AlertResponse::LevelCuts;
using Plan = AlertResponse;

Cuts cut(double yellow, double orange = 0, double red = 0) {
  return {fixed(yellow), fixed(orange), fixed(red)};
}

AlertResponse::Order order_for(const Scenario& all, std::vector<std::string> sources, Cuts any) {
  AlertResponse::Order order;
  order.id = sources.front();
  for (const std::string& id : sources)
    order.sources.push_back(source_of(all, id));
  order.cuts.any = any;
  return order;
}

//! A works of a grade with a kiln, and lorries of nobody.
Inventory town_of(Grade grade) {
  Inventory town;
  town.follows_alerts();
  town.plant("works", 365).grade = grade;
  town.source("kiln").of("works").process("sinter").raw("PM", 1);
  town.source("lorries").raw("PM", 1).in("coking");
  return town;
}

//! The orders of one response, driven by hand.
class OrdersByHand {
public:
  OrdersByHand(Inventory town, std::function<void(Plan&, const Scenario&)> fill)
      : replay(with(std::move(town), std::move(fill))),
        orders(replay.world(), 0, static_cast<const Plan&>(*replay.scenario().measures[0].plan)) {}

  //! An alert on the days from `from` to `to`, announced so many days before.
  void alert(AlertLevel level, double from, double to, double notice = 0) {
    replay.at(day(from - notice), [=, this](World&) {
      orders.open(0);
      orders.prepare(level, day(from));
    });
    replay.at(day(from), [=, this](World& world) {
      orders.enforce(level);
      world.set_alert(level);
    });
    replay.at(day(to), [this](World& world) {
      orders.prepare(AlertLevel::none, world.now());
      orders.enforce(AlertLevel::none);
      world.set_alert(AlertLevel::none);
    });
  }

  Replay replay;
  AlertOrders orders;

private:
  static Scenario with(Inventory town, std::function<void(Plan&, const Scenario&)> fill) {
    return town.measure<Plan>("alerts", std::move(fill)).scenario();
  }
};

TEST(AlertOrders, cut_by_level_and_grade) {
  // ten days each of yellow, orange, red; a C kiln by 0.1, 0.2, 0.4; lorries have no grade: 0.5
  OrdersByHand story(town_of(Grade::C), [](Plan& plan, const Scenario& all) {
    plan.orders = {order_for(all, {"kiln", "lorries"}, cut(0.5, 0.5, 0.5))};
    plan.orders[0].cuts.C = cut(0.1, 0.2, 0.4);
    plan.orders[0].cuts.A = cut(0);
  });
  story.alert(AlertLevel::yellow, 100, 110);
  story.alert(AlertLevel::orange, 200, 210);
  story.alert(AlertLevel::red, 300, 310);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 1 - 2 - 4, 1e-10);
  EXPECT_NEAR(story.replay.of("lorries", "PM"), 365 - 15, 1e-10);
  EXPECT_NEAR(story.replay.under(AlertLevel::orange, "PM"), 8 + 5, 1e-10);
  EXPECT_NEAR(story.replay.under(AlertLevel::orange, "PM", Orders::none), 20, 1e-10);
}

TEST(AlertOrders, know_what_they_would_cut_if_grade_A_were_not_exempted) {
  // an A kiln is let off; as B it would be cut by 0.3; lorries are cut by 0.5 either way
  OrdersByHand story(town_of(Grade::A), [](Plan& plan, const Scenario& all) {
    plan.orders = {order_for(all, {"kiln", "lorries"}, cut(0.5))};
    plan.orders[0].cuts.A = cut(0);
    plan.orders[0].cuts.B = cut(0.3);
  });
  story.alert(AlertLevel::yellow, 100, 110);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365, 1e-10);
  EXPECT_NEAR(story.replay.under(AlertLevel::yellow, "PM"), 10 + 5, 1e-10);
  EXPECT_NEAR(story.replay.under(AlertLevel::yellow, "PM", Orders::without_exemptions), 7 + 5,
              1e-10);
}

TEST(AlertOrders, let_those_who_need_time_turn_down_before_the_order_holds) {
  // announced two days ahead, one day to turn down by 0.4: day 99 to 100; back on day 110 to 111:
  // 0.4 x (10 + 2 x 0.5). The lorries step on day 100, not before.
  OrdersByHand story(town_of(Grade::none), [](Plan& plan, const Scenario& all) {
    plan.orders = {order_for(all, {"kiln"}, cut(0.4)), order_for(all, {"lorries"}, cut(0.5))};
    plan.orders[0].ramp = fixed_days(1);
  });
  story.alert(AlertLevel::yellow, 100, 110, 2);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 0.4 * 11, 1e-10);
  EXPECT_NEAR(story.replay.of("lorries", "PM"), 365 - 5, 1e-10);
  EXPECT_NEAR(story.replay.under(AlertLevel::yellow, "PM"), 6 + 5, 1e-10);
}

TEST(AlertOrders, find_those_still_turning_down_who_were_told_too_late) {
  // four days to turn down, told two days ahead: from 1 on day 98 to 0.6 on day 102, so that two
  // days of the alert are spent between 0.8 and 0.6; back over 110 to 114
  OrdersByHand story(town_of(Grade::none), [](Plan& plan, const Scenario& all) {
    plan.orders = {order_for(all, {"kiln"}, cut(0.4))};
    plan.orders[0].ramp = fixed_days(4);
  });
  story.alert(AlertLevel::yellow, 100, 110, 2);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 0.2 * 4 - 0.4 * 8 - 0.2 * 4, 1e-10);
  EXPECT_NEAR(story.replay.under(AlertLevel::yellow, "PM"), 10 + 2 * 0.7 + 8 * 0.6, 1e-10);
}

TEST(AlertOrders, cannot_turn_a_coke_oven_down_below_its_least) {
  OrdersByHand story(town_of(Grade::D), [](Plan& plan, const Scenario& all) {
    plan.orders = {order_for(all, {"kiln"}, cut(0.2, 0.2, 1))};
    plan.orders[0].least = fixed(0.64);
  });
  story.alert(AlertLevel::red, 100, 110);
  story.alert(AlertLevel::yellow, 200, 210);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 3.6 - 2, 1e-10);
}

TEST(AlertOrders, follow_the_grade_during_an_alert) {
  // C cut by 0.4 on days 100 to 105, then A: free, but 0.1 in the view without exemptions
  OrdersByHand story(town_of(Grade::C), [](Plan& plan, const Scenario& all) {
    plan.orders = {order_for(all, {"kiln"}, cut(0))};
    plan.orders[0].cuts.B = cut(0.1);
    plan.orders[0].cuts.C = cut(0.4);
    plan.orders[0].cuts.A = cut(0);
  });
  story.alert(AlertLevel::yellow, 100, 110);
  story.replay.at(day(105), [&](World& world) {
    world.set_grade(0, Grade::A);
    story.orders.regrade(0);
  });
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 2, 1e-10);
  EXPECT_NEAR(story.replay.under(AlertLevel::yellow, "PM", Orders::without_exemptions),
              10 + 3 + 4.5, 1e-10);
}

TEST(AlertOrders, are_obeyed_by_a_share) {
  OrdersByHand story(town_of(Grade::none), [](Plan& plan, const Scenario& all) {
    plan.orders = {order_for(all, {"lorries"}, cut(0.5))};
    plan.orders[0].obeyed = fixed(0.8);
  });
  story.alert(AlertLevel::yellow, 100, 110);
  EXPECT_NEAR(story.replay.of("lorries", "PM"), 365 - 4, 1e-10);
}

//! What 50 sources emit that each obey with probability 0.8 in an alert of ten days.
std::vector<double> emitted_by_the_half_obedient() {
  Inventory town;
  town.follows_alerts();
  std::vector<std::string> ids;
  for (int i = 0; i < 50; ++i) {
    ids.push_back("kiln-" + std::to_string(i));
    town.source(ids.back()).raw("PM", 1);
  }
  OrdersByHand story(std::move(town), [=](Plan& plan, const Scenario& all) {
    plan.orders = {order_for(all, ids, cut(0.5))};
    plan.orders[0].obeyed = fixed(0.8);
    plan.orders[0].obedience = AlertResponse::Obedience::chance;
  });
  story.alert(AlertLevel::yellow, 100, 110);
  std::vector<double> emitted;
  for (const std::string& id : ids)
    emitted.push_back(story.replay.of(id, "PM"));
  return emitted;
}

TEST(AlertOrders, or_by_each_source_with_a_probability) {
  // each cuts all of its 5 or nothing; 40 of 50 in the mean, deviation 2.8: within 30 and 49
  int obedient = 0;
  for (const double emitted : emitted_by_the_half_obedient()) {
    EXPECT_TRUE(std::abs(emitted - 365) < 1e-10 || std::abs(emitted - 360) < 1e-10) << emitted;
    obedient += emitted < 362 ? 1 : 0;
  }
  EXPECT_GT(obedient, 30);
  EXPECT_LT(obedient, 49);
}

void with_rebound(Plan& plan, const Scenario& all) {
  plan.orders = {order_for(all, {"kiln"}, cut(0.5)), order_for(all, {"lorries"}, cut(0.5))};
  plan.orders[1].rebounds = false;
  plan.rebound = AlertResponse::Rebound{fixed(0.8), fixed(0.2)};
}

TEST(AlertOrders, are_made_up_for_in_part_above_nominal) {
  // cut: 5; 4 of them are made up at 0.2 a day in 20 days: day 110 to 130
  OrdersByHand story(town_of(Grade::none).interval(Interval::day), with_rebound);
  story.alert(AlertLevel::yellow, 100, 110);
  EXPECT_NEAR(story.replay.in(105, "PM"), 0.5 + 0.5, 1e-12);
  EXPECT_NEAR(story.replay.in(110, "PM"), 1.2 + 1, 1e-12);
  EXPECT_NEAR(story.replay.in(129, "PM"), 1.2 + 1, 1e-12);
  EXPECT_NEAR(story.replay.in(130, "PM"), 2, 1e-12);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 5 + 4, 1e-10);
  EXPECT_NEAR(story.replay.of("lorries", "PM"), 365 - 5, 1e-10);
}

TEST(AlertOrders, suspend_the_making_up_and_add_to_what_is_owed) {
  // 10 days cut by 0.5; on days 110 to 115 1 of 4 is made up. Again 10 days: 3 + 4 are owed, which
  // take 35 days from day 125
  OrdersByHand story(town_of(Grade::none).interval(Interval::day), with_rebound);
  story.alert(AlertLevel::yellow, 100, 110);
  story.alert(AlertLevel::yellow, 115, 125);
  EXPECT_NEAR(story.replay.in(120, "PM"), 0.5 + 0.5, 1e-12);
  EXPECT_NEAR(story.replay.in(159, "PM"), 1.2 + 1, 1e-12);
  EXPECT_NEAR(story.replay.in(160, "PM"), 2, 1e-12);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 10 + 8, 1e-10);
}

TEST(AlertOrders, count_what_is_lost_while_turning_down_and_up) {
  // 0.5 over ten days and two ramps of two days: 5 + 1; 4.8 are made up from day 112 on
  OrdersByHand story(town_of(Grade::none), [](Plan& plan, const Scenario& all) {
    with_rebound(plan, all);
    plan.orders[0].ramp = fixed_days(2);
  });
  story.alert(AlertLevel::yellow, 100, 110, 2);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 6 + 4.8, 1e-5); // it ends on a whole second
}

TEST(AlertOrders, are_made_up_for_in_the_time_of_the_profile) {
  // January and February weigh 3 and 1, then nothing till December (2): 365 in all. Ten days of
  // January cut by 0.5 cost 5 x r; what is made up runs into February, where a day is worth a
  // third, and leaves the year 0.2 of the cut below nominal.
  Inventory town;
  town.follows_alerts();
  town.profile("cold").months = {3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};
  town.source("kiln").profile("cold").raw("PM", 1);
  town.source("lorries").raw("PM", 1);
  OrdersByHand story(std::move(town), with_rebound);
  story.alert(AlertLevel::yellow, 10, 20);
  const double cut_of_kiln = 0.5 * 10 * 365 * 3 / (31 * 3 + 28 + 31 * 2);
  EXPECT_NEAR(story.replay.of("kiln", "PM"), 365 - 0.2 * cut_of_kiln, 1e-4);
}

//! Thirty spells a year, some mild, some yellow, some red, of 2 to 12 days.
Plan stormy() {
  Plan plan;
  plan.episodes.per_year = fixed(30);
  plan.episodes.peak = Number::chance(Distribution::uniform(100, 400), {});
  plan.episodes.lasts = Number::chance(Distribution::uniform(2 * 86400, 12 * 86400), kTime);
  plan.rules = {{Time::min(), AlertLevel::yellow, 200, {}, std::nullopt, {}},
                {Time::min(), AlertLevel::red, 350, {}, std::nullopt, {}}};
  plan.notice = days(1);
  plan.lifted_after = whole_seconds(1.5 * 86400);
  return plan;
}

TEST(AlertResponse, puts_the_highest_level_of_all_spells_that_overlap_in_force) {
  // hour by hour against all the spells of the same replication
  Inventory town = town_of(Grade::none);
  town.measure<Plan>("alerts", [](Plan& plan, const Scenario&) { plan = stormy(); });
  Replay replay(town.scenario(), {.seed = 7}, spawn_measures);
  const auto& plan = static_cast<const Plan&>(*replay.scenario().measures[0].plan);
  Episodes episodes(replay.world(), 0, plan);
  std::vector<Episode> all;
  for (auto episode = episodes.next(); episode; episode = episodes.next())
    all.push_back(*episode);
  int overlaps = 0;
  for (int hour = 0; hour < 365 * 24; ++hour) {
    const Time now = day(0) + std::chrono::hours(hour) + std::chrono::seconds(1);
    AlertLevel expected = AlertLevel::none;
    int holding = 0;
    for (const Episode& episode : all) {
      if (episode.begin > now || episode.end + plan.lifted_after <= now)
        continue;
      expected = std::max(expected, episode.level);
      overlaps += ++holding > 1 ? 1 : 0;
    }
    AlertLevel in_force = AlertLevel::none;
    for (const AlertPeriod& period : replay.books().alerts) {
      if (period.from <= now && now < period.to)
        in_force = period.level;
    }
    ASSERT_EQ(in_force, expected) << hour;
  }
  EXPECT_GT(overlaps, 100); // hours: the story is there
}

TEST(AlertResponse, comes_back_to_full_when_all_is_over) {
  // whatever the spells were: nothing is cut outside of alerts where nobody needs time
  Inventory town = town_of(Grade::none);
  town.measure<Plan>("alerts", [](Plan& plan, const Scenario& all) {
    plan = stormy();
    plan.orders = {order_for(all, {"kiln"}, cut(0.4, 0.4, 1))};
  });
  Replay replay(town.scenario(), {.seed = 7}, spawn_measures);
  const double cut_in_alerts =
      (replay.under(AlertLevel::yellow, "PM", Orders::none) -
       replay.under(AlertLevel::yellow, "PM")) +
      (replay.under(AlertLevel::red, "PM", Orders::none) - replay.under(AlertLevel::red, "PM"));
  EXPECT_GT(cut_in_alerts, 10);
  EXPECT_NEAR(replay.of("kiln", "PM"), 365 - cut_in_alerts, 1e-9);
}

TEST(AlertResponse, lets_a_plant_go_that_gets_grade_A_in_the_middle_of_an_alert) {
  // spells come every few hours and last on: one alert from the first of them to the end of the
  // year. C is cut by 0.4 until day 100, then nothing is cut any more.
  Inventory town = town_of(Grade::C);
  town.measure<Plan>("alerts", [](Plan& plan, const Scenario& all) {
    plan.episodes.per_year = fixed(1000);
    plan.episodes.peak = fixed(250);
    plan.episodes.lasts = fixed_days(400);
    plan.rules = {{Time::min(), AlertLevel::yellow, 200, {}, std::nullopt, {}}};
    plan.orders = {order_for(all, {"kiln"}, cut(0.4))};
    plan.orders[0].cuts.A = cut(0);
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  replay.at(day(100), [](World& world) { world.set_grade(0, Grade::A); });
  ASSERT_EQ(replay.books().alerts.size(), 1U);
  const double begin =
      static_cast<double>((replay.books().alerts[0].from - day(0)).count()) / 86400;
  EXPECT_LT(begin, 10);
  EXPECT_NEAR(replay.of("kiln", "PM"), 365 - 0.4 * (100 - begin), 1e-9);
}

//! Interaction 2: the more plants have grade A, the less an alert cuts. Three works, one kiln each.
double share_cut_with(int grade_a) {
  Inventory town;
  town.follows_alerts();
  for (int i = 0; i < 3; ++i) {
    const std::string id = std::to_string(i);
    town.plant("works-" + id, 365).grade = i < grade_a ? Grade::A : Grade::C;
    town.source("kiln-" + id).of("works-" + id).process("sinter").raw("PM", 1);
  }
  town.measure<Plan>("alerts", [](Plan& plan, const Scenario&) {
    plan = stormy();
    AlertResponse::Order order;
    order.id = "lines";
    order.processes = {"sinter"};
    order.cuts.C = cut(0.3, 0.3, 0.3);
    plan.orders = {order};
  });
  Replay replay(town.scenario(), {.seed = 3}, spawn_measures);
  return 1 - replay.under(AlertLevel::yellow, "PM") /
                 replay.under(AlertLevel::yellow, "PM", Orders::none);
}

TEST(AlertResponse, cuts_the_less_the_more_plants_have_grade_A) {
  EXPECT_NEAR(share_cut_with(0), 0.3, 1e-10);
  EXPECT_NEAR(share_cut_with(1), 0.2, 1e-10);
  EXPECT_NEAR(share_cut_with(3), 0, 1e-10);
}

//! Interaction 6: what alerts cut in a year comes back in part.
double emitted_with_rebound(double share) {
  Inventory town = town_of(Grade::none);
  town.measure<Plan>("alerts", [share](Plan& plan, const Scenario& all) {
    plan = stormy();
    plan.episodes.per_year = fixed(4);
    plan.orders = {order_for(all, {"kiln"}, cut(0.4, 0.4, 0.8))};
    if (share > 0)
      plan.rebound = AlertResponse::Rebound{fixed(share), fixed(0.3)};
  });
  Replay replay(town.scenario(), {.seed = 5}, spawn_measures);
  return replay.of("kiln", "PM");
}

TEST(AlertResponse, saves_less_in_a_year_when_output_is_made_up_afterwards) {
  const double without = emitted_with_rebound(0);
  ASSERT_LT(without, 363);
  EXPECT_NEAR(emitted_with_rebound(0.6), without + 0.6 * (365 - without), 1e-4);
}

} // namespace
} // namespace lantian
