// The life of every project, day by day. The kiln emits 1 kg a day before a retrofit, 0.5 after it;
// the horizon is 2025 (365 days) unless said otherwise.

#include "measures/project.hpp"

#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(Project, works_its_stages_off_in_order) {
  // permit from day 10 to 40, works to 60, then the effect: 60 + 305/2
  Inventory town = kiln_town();
  Stage permit = stage("permit", 30);
  permit.is_permit = true;
  add_retrofit(town, "filter", 10, {permit, stage("works", 20)});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("filter", Milestone::begun), 10);
  EXPECT_EQ(replay.reached("filter", Milestone::works), 60);
  EXPECT_EQ(replay.reached("filter", Milestone::published), 60);
  EXPECT_EQ(replay.days_of("filter", Cause::permits), 30);
  EXPECT_EQ(replay.days_of("filter", Cause::work), 20);
  EXPECT_NEAR(replay.total("PM"), 60 + 305 * 0.5, 1e-10);
}

TEST(Project, lets_its_effect_come_in_a_straight_line_over_a_stage) {
  // 20 days from 1 to 0.5, then 20 days of nothing new, 325 more at 0.5
  Inventory town = kiln_town();
  add_retrofit(town, "filter", 0, {stage("works", 20, Effect::ramp), stage("papers", 20)});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.total("PM"), 20 * 0.75 + 345 * 0.5, 1e-10);
  EXPECT_EQ(replay.reached("filter"), 40);
}

TEST(Project, has_its_effect_at_once_without_stages) {
  Inventory town = kiln_town();
  add_retrofit(town, "filter", 100, {});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.total("PM"), 100 + 265 * 0.5, 1e-10);
}

TEST(Project, waits_for_crews_in_the_order_of_asking) {
  // one crew: a works on days 0 to 30, b to 60, c (who asks on day 5) to 90
  Inventory town = kiln_town();
  town.crews("crew", 1);
  Stage works = crewed(30);
  add_retrofit(town, "b", 0, {works});
  add_retrofit(town, "a", 0, {works});
  add_retrofit(town, "c", 5, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("a"), 30);
  EXPECT_EQ(replay.reached("b"), 60);
  EXPECT_EQ(replay.reached("c"), 90);
  EXPECT_EQ(replay.days_of("b", Cause::crews), 30);
  EXPECT_EQ(replay.days_of("c", Cause::crews), 55);
  EXPECT_EQ(replay.days_of("c", Cause::money), 0);
}

Stage paid_works(double length, double cost) {
  Stage works = stage("works", length);
  works.cost = fixed(cost);
  works.fund = 0;
  return works;
}

TEST(Project, waits_until_its_whole_cost_has_been_released) {
  // 60 on day 0 and 60 on day 50 for a cost of 100: works from 50 to 60, paid evenly
  Inventory town = kiln_town();
  town.budget("fund", {{day(0), 60}, {day(50), 60}});
  add_retrofit(town, "filter", 0, {paid_works(10, 100)});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("filter"), 60);
  EXPECT_EQ(replay.days_of("filter", Cause::money), 50);
  EXPECT_EQ(replay.days_of("filter", Cause::crews), 0);
  EXPECT_NEAR(replay.capital("filter", 1), 90, 1e-10); // 19 February to 1 March: 9 days of 10
  EXPECT_NEAR(replay.capital("filter", 2), 10, 1e-10);
}

TEST(Project, knows_to_the_end_what_it_was_waiting_for) {
  // b is short of the crew until day 30, then of money for ever
  Inventory town = kiln_town();
  town.budget("a-fund", {{day(0), 60}});
  town.crews("crew", 1);
  Stage works = stage("works", 30);
  works.crews = {{1, fixed(1)}};
  add_retrofit(town, "a", 0, {works});
  works.cost = fixed(100);
  works.fund = 0;
  add_retrofit(town, "b", 0, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.record("b").state, MeasureState::running);
  EXPECT_EQ(replay.days_of("b", Cause::crews), 30);
  EXPECT_EQ(replay.days_of("b", Cause::money), 335);
}

TEST(Project, gives_its_crew_back_for_the_winter_and_is_the_first_to_have_it_again) {
  // Open 1 March (day 59) to 31 October (until day 304), again from day 424. One crew.
  //   a: 300 days of outdoor work from day 0: 59 to 304, out to 424, waits for b, 504 to 559
  //   b: 200 days from day 100, indoors: has the crew at 304, until 504
  //   c: 10 days from day 200: behind b, and behind a, who resumes: 559 to 569
  Inventory town = kiln_town();
  town.horizon(day(0), day(730)).crews("crew", 1).calendar("open", kOutdoorSeason);
  Stage works = crewed(300);
  Stage outdoors = works;
  outdoors.calendar = 0;
  add_retrofit(town, "a", 0, {outdoors});
  works.duration = fixed_days(200);
  add_retrofit(town, "b", 100, {works});
  works.duration = fixed_days(10);
  add_retrofit(town, "c", 200, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("a"), 559);
  EXPECT_EQ(replay.reached("b"), 504);
  EXPECT_EQ(replay.reached("c"), 569);
  EXPECT_EQ(replay.days_of("a", Cause::season), 59 + 120);
  EXPECT_EQ(replay.days_of("a", Cause::crews), 80);
  EXPECT_EQ(replay.days_of("a", Cause::work), 300);
  EXPECT_EQ(replay.days_of("b", Cause::crews), 204);
  EXPECT_EQ(replay.days_of("c", Cause::crews), 359);
}

TEST(Project, waits_for_the_season_again_when_it_closed_in_the_queue) {
  // a has the crew until day 310; b, outdoors, gets it after the close on day 304: works 424 to 434
  Inventory town = kiln_town();
  town.horizon(day(0), day(730)).crews("crew", 1).calendar("open", kOutdoorSeason);
  Stage works = crewed(310);
  add_retrofit(town, "a", 0, {works});
  works.duration = fixed_days(10);
  works.calendar = 0;
  add_retrofit(town, "b", 100, {works});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("b"), 434);
  EXPECT_EQ(replay.days_of("b", Cause::crews), 210);
  EXPECT_EQ(replay.days_of("b", Cause::season), 114);
}

//! A tie-in on days 100 to 110 that stops the kiln and changes nothing else.
Inventory tie_in(LostOutput lost) {
  Inventory town = kiln_town();
  Stage works = stage("tie-in", 10);
  add_retrofit(town, "tie-in", 100, {works}, [lost](Retrofit& plan, const Scenario& all) {
    plan.stages[0].units_down = {source_of(all, "kiln")};
    plan.lost_output = lost;
    plan.changes.clear();
  });
  return town;
}

TEST(Project, stops_units_and_loses_their_output) {
  Replay replay(tie_in(output_is(LostOutput::Fate::lost)).scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.total("PM"), 355, 1e-10);
}

TEST(Project, makes_lost_output_up_above_nominal) {
  // 10 days lost are made up in 20 days at 1.5
  Inventory town = tie_in(output_is(LostOutput::Fate::made_up, 0.5));
  town.interval(Interval::day);
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.in(105, "PM"), 0);
  EXPECT_NEAR(replay.in(111, "PM"), 1.5, 1e-12);
  EXPECT_NEAR(replay.in(130, "PM"), 1, 1e-12);
  EXPECT_NEAR(replay.total("PM"), 365, 1e-10);
}

TEST(Project, hands_the_output_of_a_stopped_plant_to_others_as_far_as_they_can) {
  // old makes 1 a day, is down for 10 days; near takes a half (0.5 on 2 a day), far the other half
  // but can make only 0.2 more: 3 are lost
  Inventory town;
  town.plant("old", 365);
  town.plant("near", 730);
  town.plant("far", 365).capacity = fixed(365 * 1.2);
  town.source("kiln").of("old").raw("PM", 1);
  town.source("near-kiln").makes(730).of("near").raw("PM", 1);
  add_retrofit(town, "repair", 100, {stage("down", 10)}, [](Retrofit& plan, const Scenario& all) {
    plan.changes.clear();
    plan.stages[0].plants_down = {plant_of(all, "old")};
    plan.lost_output = output_is(LostOutput::Fate::taken_by);
    plan.lost_output->takers = {{plant_of(all, "near"), fixed(0.5)},
                                {plant_of(all, "far"), fixed(0.5)}};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.production("old"), 355, 1e-10);
  EXPECT_NEAR(replay.production("near"), 735, 1e-10);
  EXPECT_NEAR(replay.production("far"), 367, 1e-10);
  EXPECT_NEAR(replay.of("near-kiln", "PM"), 735, 1e-10);
}

TEST(Project, touches_nothing_where_a_stage_stops_nothing) {
  // lost output is stated, but no stage stops anything: the taker is left alone, to the bit
  const auto cells = [](bool with_measure) {
    Inventory town = kiln_town();
    town.plant("near", 730);
    town.source("near-kiln").makes(730).of("near").raw("PM", 1 / 3.0).in("coking");
    if (with_measure) {
      add_retrofit(town, "a", 33.3, {stage("w", 20.7)}, [](Retrofit& plan, const Scenario& all) {
        plan.lost_output = output_is(LostOutput::Fate::taken_by);
        plan.lost_output->takers = {{plant_of(all, "near"), fixed(1)}};
      });
    }
    Replay replay(town.scenario(), {}, spawn_measures);
    return replay.of("near-kiln", "PM");
  };
  EXPECT_EQ(cells(true), cells(false));
}

TEST(Project, waits_for_its_predecessors) {
  Inventory town = kiln_town();
  add_retrofit(town, "b-first", 0, {stage("works", 40)});
  add_retrofit(town, "a-second", 10, {stage("works", 5)},
               [](Retrofit& plan, const Scenario&) { plan.after = {"b-first"}; });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("a-second", Milestone::begun), 40);
  EXPECT_EQ(replay.reached("a-second"), 45);
  EXPECT_EQ(replay.days_of("a-second", Cause::predecessors), 30);
}

TEST(Project, is_cancelled_and_leaves_its_successors_to_their_own_rule) {
  Inventory town = kiln_town();
  add_retrofit(town, "first", 0, {stage("permit", 10), stage("works", 10)},
               [](Retrofit& plan, const Scenario&) {
                 plan.cancel_probability = fixed(1);
                 plan.cancelled_before = "works";
               });
  const auto after = [&](const char* id, IfAbsent if_absent) {
    add_retrofit(town, id, 0, {stage("works", 5)}, [=](Retrofit& plan, const Scenario&) {
      plan.after = {"first"};
      plan.if_absent = if_absent;
      plan.changes.clear();
    });
  };
  after("goes-on", IfAbsent::ignore);
  after("gives-up", IfAbsent::never);
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.record("first").state, MeasureState::cancelled);
  EXPECT_EQ(replay.reached("goes-on"), 15);
  EXPECT_EQ(replay.record("gives-up").state, MeasureState::cancelled);
  EXPECT_NEAR(replay.total("PM"), 365, 1e-10);
}

TEST(Project, may_be_cancelled_even_without_stages) {
  Inventory town = kiln_town();
  add_retrofit(town, "filter", 0, {},
               [](Retrofit& plan, const Scenario&) { plan.cancel_probability = fixed(1); });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.record("filter").state, MeasureState::cancelled);
  EXPECT_NEAR(replay.total("PM"), 365, 1e-10);
}

TEST(Project, goes_on_from_where_it_stood_before_the_horizon) {
  // 15 of the 30 days of works remain, with half their cost; then 10 days of tests
  Inventory town = kiln_town();
  Stage works = stage("works", 30);
  works.cost = fixed(100);
  add_retrofit(town, "filter", -200, {stage("permit", 99), works, stage("tests", 10)},
               [](Retrofit& plan, const Scenario&) {
                 plan.in_progress = InProgress{"works", fixed_days(15)};
               });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("filter", Milestone::begun), -200);
  EXPECT_EQ(replay.reached("filter"), 25);
  EXPECT_NEAR(replay.capital("filter", 0), 50, 1e-10);
  EXPECT_NEAR(replay.total("PM"), 25 + 340 * 0.5, 1e-10);
}

TEST(Project, is_cut_where_the_horizon_ends) {
  // 15 of 30 days of works, half the cost; the kiln stands still to the end
  Inventory town = kiln_town();
  Stage works = stage("works", 30);
  works.cost = fixed(100);
  add_retrofit(town, "filter", 350, {works}, [](Retrofit& plan, const Scenario& all) {
    plan.stages[0].units_down = {source_of(all, "kiln")};
    plan.lost_output = output_is(LostOutput::Fate::lost);
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_LT(replay.reached("filter"), 0);
  EXPECT_EQ(replay.record("filter").state, MeasureState::running);
  EXPECT_EQ(replay.days_of("filter", Cause::work), 15);
  EXPECT_NEAR(replay.capital("filter", 11), 50, 1e-10);
  EXPECT_NEAR(replay.total("PM"), 350, 1e-10);
}

TEST(Project, pays_its_running_cost_from_the_end_of_the_works_on) {
  Inventory town = kiln_town();
  add_retrofit(town, "filter", 0, {stage("works", 355)},
               [](Retrofit& plan, const Scenario&) { plan.operating_cost = fixed(365); });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.operating("filter", 11), 10, 1e-10);
  EXPECT_EQ(replay.operating("filter", 10), 0);
}

TEST(Project, draws_the_same_chances_whatever_other_measures_do) {
  const auto run = [](bool with_other, double other_length) {
    Inventory town;
    town.horizon(day(0), day(1095));
    town.control("filter")
        .removes("SO2", 0.9)
        .fails(exponential_days(40), Number::chance(Distribution::lognormal(86400, 1), kTime),
               OnFailure::stop, days(0.1));
    town.source("kiln").raw("PM", 1);
    town.source("oven").raw("SO2", 1).control("filter").in("coking");
    const auto uncertain = [](double mode) {
      Stage works = stage("works", 0);
      works.duration =
          Number::chance(Distribution::pert(mode * 43200, mode * 86400, 3 * mode * 86400), kTime);
      return works;
    };
    add_retrofit(town, "z-watched", 20, {uncertain(90), stage("x", 1)});
    if (with_other)
      add_retrofit(town, "a-other", 0, {uncertain(other_length)});
    Replay replay(town.scenario(), {.seed = 5, .replication = 9}, spawn_measures);
    const double so2 =
        replay.of("oven", "SO2", 0) + replay.of("oven", "SO2", 1) + replay.of("oven", "SO2", 2);
    return std::pair(replay.record("z-watched").dates, so2);
  };
  const auto alone = run(false, 0);
  EXPECT_EQ(alone, run(true, 30));
  EXPECT_EQ(alone, run(true, 77));
}

} // namespace
} // namespace lantian
