// Patrols: each visit, detection and yuan by hand.

#include "measures/patrol.hpp"

#include "measures/patrol_stories.hpp"
#include "measures/patrol_watch.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lantian {
namespace {

Patrol::Detection detection(std::string id, double probability, double delay, double response) {
  return {std::move(id), surely(probability), fixed_days(delay), fixed_days(response)};
}

// ---- one occurrence, by hand

constexpr double kNotFound = -1;

//! When, says a patrol in service since day 10, a fire on a site is over that begins and would end
//! by itself on these days.
double found_on(FillPatrol fill, std::uint32_t site, double begin, double end, double rate = 1) {
  Inventory town = town_of_fires(0, 1, fill);
  town.calendar("april", {{std::chrono::April / 1, std::chrono::April / 30}});
  const Scenario scenario = town.scenario();
  const auto& plan = static_cast<const Patrol&>(*scenario.measures[0].plan);
  Replay replay(scenario);
  Time over = kNever;
  replay.at(day(10), [&](World& world) {
    Project project(world, 0, plan);
    const PatrolWatch watch(project, plan, 0);
    over = watch.ends({0, site, day(begin), day(end), rate}, std::max(day(begin), day(10)));
  });
  replay.books();
  return over == kNever ? kNotFound : static_cast<double>((over - day(0)).count()) / 86400;
}

TEST(PatrolWatch, visits_the_sites_one_after_the_other_in_each_round) {
  // every 20 days from day 10 on: site 0 on 10, 30, ..., site 1 on 15, 35, ..., site 3 on 25, 45
  const FillPatrol plan = [](Patrol& p) { p.rounds = rounds(20, 1); };
  EXPECT_EQ(found_on(plan, 0, 2, 100), 10);
  EXPECT_EQ(found_on(plan, 0, 10, 100), 10);
  EXPECT_EQ(found_on(plan, 0, 10.5, 100), 30);
  EXPECT_EQ(found_on(plan, 1, 10.5, 100), 15);
  EXPECT_EQ(found_on(plan, 3, 26, 100), 45);
}

TEST(PatrolWatch, ends_what_it_finds_after_the_response_unless_it_has_ended_by_itself) {
  const FillPatrol plan = [](Patrol& p) { p.rounds = rounds(20, 1, 7); };
  EXPECT_EQ(found_on(plan, 1, 12, 100), 22);
  EXPECT_EQ(found_on(plan, 1, 12, 22), kNotFound); // found on 15, but over by itself on 22
  EXPECT_EQ(found_on(plan, 1, 12, 15), kNotFound); // over when they come
}

TEST(PatrolWatch, counts_the_period_in_open_time_of_its_calendar) {
  // April is day 90 to 120: site 1 is due after 5 open days, on day 95, and 25, on day 115
  const FillPatrol plan = [](Patrol& p) {
    p.rounds = rounds(20, 1);
    p.rounds->calendar = 0;
  };
  EXPECT_EQ(found_on(plan, 0, 12, 200), 90);
  EXPECT_EQ(found_on(plan, 1, 12, 200), 95);
  EXPECT_EQ(found_on(plan, 1, 96, 200), 115);
  EXPECT_EQ(found_on(plan, 2, 121, 2000), 365 + 90 + 20); // 30 days of April, then the next one
}

TEST(PatrolWatch, is_over_on_its_last_day) {
  const FillPatrol plan = [](Patrol& p) {
    p.rounds = rounds(20, 1, 7);
    p.until = day(40);
  };
  EXPECT_EQ(found_on(plan, 1, 32, 100), 42); // found on 35
  EXPECT_EQ(found_on(plan, 1, 36, 100), kNotFound);
}

TEST(PatrolWatch, takes_the_earliest_of_several_ways) {
  const FillPatrol plan = [](Patrol& p) {
    p.rounds = rounds(20, 1, 7);
    p.detections = {detection("camera", 1, 2, 1), detection("complaint", 1, 0.5, 4)};
  };
  EXPECT_EQ(found_on(plan, 1, 14, 100), 17); // by camera, on 16
  EXPECT_EQ(found_on(plan, 0, 2, 100), 13);  // began before the camera looked: 10 + 2 + 1
  EXPECT_EQ(found_on(plan, 1, 14, 15.8), kNotFound);
}

TEST(PatrolWatch, sees_nothing_with_probability_zero) {
  EXPECT_EQ(found_on([](Patrol& p) { p.rounds = rounds(20, 0); }, 0, 12, 1e5), kNotFound);
}

// ---- its life

TEST(Patrol, works_from_the_end_of_its_works_to_its_last_day) {
  // fires last 1,000 days; a camera sees all at once, in service on days 100 to 200
  Inventory town = town_of_fires(200, 1000, [](Patrol& p) {
    p.stages = {stage("training", 100)};
    p.detections = {detection("camera", 1, 0, 0)};
    p.until = day(200);
    p.operating_cost = fixed(365);
  });
  town.interval(Interval::day);
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("patrol"), 100);
  EXPECT_GT(replay.in(99, "PM"), 0.03);
  EXPECT_EQ(replay.in(100, "PM"), 0);
  EXPECT_EQ(replay.in(199, "PM"), 0);
  EXPECT_GT(replay.in(210, "PM"), 0);
  EXPECT_EQ(replay.operating("patrol", 99), 0);
  EXPECT_NEAR(replay.operating("patrol", 199), 1, 1e-9);
  EXPECT_EQ(replay.operating("patrol", 200), 0);
}

TEST(Patrol, pays_for_every_visit) {
  // 4 sites in 20 days: a visit every 5 days from day 0 on. January has those of days 0, 5, ...,
  // 30, February those of 35 and 40, before it is over on day 41
  Inventory town = town_of_fires(0, 1, [](Patrol& p) {
    p.rounds = rounds(20, 1);
    p.rounds->cost = fixed(3);
    p.until = day(41);
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.operating("patrol", 0), 7 * 3, 1e-9);
  EXPECT_NEAR(replay.operating("patrol", 1), 2 * 3, 1e-9);
  EXPECT_EQ(replay.operating("patrol", 2), 0);
}

TEST(Patrol, leaves_those_that_it_does_not_deter_as_they_were) {
  // each lasts a minute, so that those of a day are its PM
  const auto fires = [](double deterrence) {
    Inventory town =
        town_of_fires(300, 1.0 / 1440, [=](Patrol& p) { p.deterrence = fixed(deterrence); });
    town.interval(Interval::day);
    return town.scenario();
  };
  Replay all(fires(0), {}, spawn_measures);
  Replay some(fires(0.3), {}, spawn_measures);
  Replay none(fires(1), {}, spawn_measures);
  EXPECT_EQ(all.arrivals().number, some.arrivals().number + some.arrivals().prevented);
  EXPECT_GT(some.arrivals().prevented, 50);
  EXPECT_EQ(none.arrivals().number, 0);
  for (std::size_t i = 0; i < 365; ++i)
    EXPECT_LE(some.in(i, "PM"), all.in(i, "PM") + 1e-12);
}

// ---- what the kind says of plans that cannot be meant

std::string mistakes_of_patrol(FillPatrol fill) {
  return mistakes_of(town_of_fires(10, 1, fill).scenario(), "patrol", "patrol");
}

TEST(PatrolChecks, let_a_sound_patrol_pass) {
  EXPECT_EQ(mistakes_of_patrol([](Patrol& p) { p.rounds = rounds(20, 1); }), "");
}

TEST(PatrolChecks, refuse_one_that_does_nothing_or_looks_for_nothing) {
  EXPECT_EQ(mistakes_of_patrol([](Patrol& p) { p.arrivals.clear(); }),
            "measures.patrol: neither deters nor finds anything: give deterrence, rounds or "
            "detections\n"
            "measures.patrol.arrivals: names nothing to look for\n");
}

TEST(PatrolChecks, refuse_the_same_arrivals_or_detection_twice) {
  EXPECT_EQ(mistakes_of_patrol([](Patrol& p) {
              p.arrivals.push_back(p.arrivals[0]);
              p.detections = {detection("eye", 1, 0, 0), detection("eye", 1, 0, 0)};
            }),
            "measures.patrol.arrivals: fires is named twice\n"
            "measures.patrol.detections[eye].id: two ways of being found are called eye\n");
}

TEST(PatrolChecks, refuse_a_curve_of_another_flow) {
  EXPECT_EQ(mistakes_of_patrol([](Patrol& p) {
              p.rounds = rounds(20, 1);
              p.rounds->detects = {std::nullopt,
                                   Detectability::BySize{Number::constant(1, kEnergy), fixed(1)}};
            }),
            "measures.patrol.rounds.by_size.half: is an energy; arrivals.fires flows as a plain "
            "number or ratio\n");
}

TEST(PatrolChecks, refuse_a_calendar_that_rests_in_alerts) {
  Inventory town = town_of_fires(10, 1, [](Patrol& p) {
    p.rounds = rounds(20, 1);
    p.rounds->calendar = 0;
  });
  town.calendar("outdoors", {});
  Scenario scenario = town.scenario();
  scenario.calendars[0].stopped_by_alerts = {AlertLevel::red};
  EXPECT_EQ(mistakes_of(scenario, "patrol", "patrol"),
            "measures.patrol.rounds.calendar: outdoors rests in alerts, and rounds do not: name a "
            "calendar without stopped_by_alerts\n");
}

TEST(PatrolChecks, refuse_background_ramps_and_an_end_before_the_start) {
  Inventory town = town_of_fires(10, 1, [](Patrol& p) {
    p.deterrence = fixed(0.5);
    p.stages = {stage("training", 10, Effect::ramp)};
    p.until = p.start;
  });
  Scenario scenario = town.scenario();
  scenario.sources[0].background = true;
  EXPECT_EQ(mistakes_of(scenario, "patrol", "patrol"),
            "measures.patrol.arrivals: sources.field is background, which no measure may touch\n"
            "measures.patrol.stages[training].effect: a patrol goes into service at once: say "
            "step\n"
            "measures.patrol.until: 2025-01-01 does not lie after the start (2025-01-01)\n");
}

} // namespace
} // namespace lantian
