// Performance grades, day by day in 2025.

#include "measures/grading.hpp"

#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

//! A works of grade C with one stack: 0.1 kg/m3, limit 0.2, so that no hour is above it.
Inventory works_of(Grade grade, std::function<void(Grading&, const Scenario&)> fill) {
  Inventory town;
  town.plant("works", 365).grade = grade;
  town.source("stack").of("works").stack("SO2", 0.1, 1).emits("SO2", [](EmissionFactor& e) {
    e.limit = fixed(0.2);
    e.hourly_cv = 0;
  });
  town.measure<Grading>("grading", [fill](Grading& plan, const Scenario& all) {
    plan.plant = 0;
    plan.every = fixed_days(30);
    plan.pass.A = fixed(1);
    fill(plan, all);
  });
  return town;
}

double days_in(Replay& replay, Grade grade) {
  return static_cast<double>(replay.books().graded[static_cast<std::size_t>(grade)].count()) /
         86400;
}

//! The stack's concentration on the days from `from` to `to`.
void pollute(Replay& replay, double from, double to, double concentration) {
  const auto become = [](double value) {
    return [value](World& world) { world.changing(0).outlets[0].factor = Ramp::constant(value); };
  };
  replay.at(day(from), become(concentration));
  replay.at(day(to), become(0.1));
}

TEST(Grading, rises_with_an_audit_that_is_passed) {
  // C until the first audit on day 50, which is passed at once: A
  Replay replay(
      works_of(Grade::C, [](Grading& plan, const Scenario&) { plan.start = day(50); }).scenario(),
      {}, spawn_measures);
  EXPECT_EQ(replay.reached("grading"), 50);
  EXPECT_EQ(days_in(replay, Grade::C), 50);
  EXPECT_EQ(days_in(replay, Grade::A), 315);
}

TEST(Grading, waits_for_a_milestone_of_another_measure) {
  Inventory town = works_of(Grade::C, [](Grading& plan, const Scenario&) {
    plan.after = {"filter"};
    plan.after_milestone = Milestone::works;
  });
  add_retrofit(town, "filter", 0, {stage("works", 80)},
               [](Retrofit& plan, const Scenario&) { plan.changes.clear(); });
  town.source("kiln").raw("PM", 1);
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(days_in(replay, Grade::C), 80);
}

TEST(Grading, gives_the_best_grade_that_the_plant_is_good_enough_for) {
  // never A, always B: B at the first audit, and B for ever
  Replay replay(works_of(Grade::D,
                         [](Grading& plan, const Scenario&) {
                           plan.start = day(10);
                           plan.pass.A = fixed(0);
                           plan.pass.B = fixed(1);
                         })
                    .scenario(),
                {}, spawn_measures);
  EXPECT_EQ(days_in(replay, Grade::D), 10);
  EXPECT_EQ(days_in(replay, Grade::B), 355);
  EXPECT_LT(replay.reached("grading"), 0);
}

TEST(Grading, does_not_go_beyond_the_aim) {
  Replay replay(works_of(Grade::D,
                         [](Grading& plan, const Scenario&) {
                           plan.aim = Grade::B;
                           plan.pass.B = fixed(1);
                         })
                    .scenario(),
                {}, spawn_measures);
  EXPECT_EQ(days_in(replay, Grade::B), 365);
  EXPECT_EQ(replay.reached("grading"), 0);
}

TEST(Grading, falls_by_one_for_a_month_in_breach_and_waits_out_the_probation) {
  // above the limit on 2 of February's 28 days, 7 %: B from 1 March (day 59) on; audit 40 days
  // later
  Replay replay(works_of(Grade::A,
                         [](Grading& plan, const Scenario&) {
                           plan.breach = Grading::Breach{0.05, fixed_days(40)};
                         })
                    .scenario(),
                {}, spawn_measures);
  pollute(replay, 40, 42, 0.3);
  EXPECT_EQ(days_in(replay, Grade::B), 40);
  EXPECT_EQ(days_in(replay, Grade::A), 325);
}

TEST(Grading, stays_where_the_hours_above_the_limit_are_few_enough) {
  // 1 day of 28 is 3.6 %
  Replay replay(works_of(Grade::A,
                         [](Grading& plan, const Scenario&) {
                           plan.breach = Grading::Breach{0.05, fixed_days(40)};
                         })
                    .scenario(),
                {}, spawn_measures);
  pollute(replay, 40, 41, 0.3);
  EXPECT_EQ(days_in(replay, Grade::A), 365);
}

TEST(Grading, falls_month_by_month_to_the_last_grade) {
  // above from day 31 to 151: B on 1 March, C on 1 April, D on 1 May and for good, as the audits
  // after 120 days of probation (1 June + 120 = day 271) find nothing
  Replay replay(works_of(Grade::A,
                         [](Grading& plan, const Scenario&) {
                           plan.pass.A = fixed(0);
                           plan.breach = Grading::Breach{0.05, fixed_days(120)};
                         })
                    .scenario(),
                {}, spawn_measures);
  pollute(replay, 31, 151, 0.3);
  EXPECT_EQ(days_in(replay, Grade::A), 59);
  EXPECT_EQ(days_in(replay, Grade::B), 31);
  EXPECT_EQ(days_in(replay, Grade::C), 30);
  EXPECT_EQ(days_in(replay, Grade::D), 245);
}

TEST(Grading, refuses_what_cannot_be_meant) {
  const auto mistakes = [](std::function<void(Grading&)> change) {
    Inventory town = works_of(Grade::C, [change](Grading& plan, const Scenario&) { change(plan); });
    town.plant("empty", 365);
    return mistakes_of(town.scenario(), "grading", "grading");
  };
  EXPECT_EQ(mistakes([](Grading&) {}), "");
  EXPECT_EQ(mistakes([](Grading& plan) { plan.pass.A.reset(); }),
            "measures.grading.pass: gives no probability, such as pass.A = 0.7\n");
  EXPECT_EQ(mistakes([](Grading& plan) { plan.pass.B = fixed(0.5); }),
            "measures.grading.pass.B: is below the probability for a better grade: whoever is good "
            "enough for that is good enough for this\n");
  EXPECT_EQ(mistakes([](Grading& plan) {
              plan.plant = 0; // empty
              plan.breach = Grading::Breach{0.05, fixed_days(40)};
            }),
            "measures.grading.breach: no outlet of plants.empty has a limit, so that nothing can "
            "be a breach\n");
}

} // namespace
} // namespace lantian
