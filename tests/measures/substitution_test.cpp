// Substitutions by hand. Lorries emit 1 kg of NOx a day, rail a tenth of it.

#include "measures/stories.hpp"
#include "measures/substitution.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using FillSubstitution = std::function<void(Substitution&, const Scenario&)>;

//! Half of the freight goes to rail when the siding is built on day 100.
Inventory freight(FillSubstitution more = nullptr) {
  using namespace std::chrono;
  Inventory town;
  town.calendar("winter", {{December / 1, February / 28}});
  town.source("lorries").raw("NOx", 1);
  town.source("rail").idle().makes(730).raw("NOx", 0.1);
  town.source("spare").idle().raw("NOx", 2);
  town.measure<Substitution>("clean", [more](Substitution& plan, const Scenario& all) {
    plan.from = source_of(all, "lorries");
    plan.to = source_of(all, "rail");
    plan.share = fixed(0.5);
    plan.stages = {stage("siding", 100)};
    if (more)
      more(plan, all);
  });
  return town;
}

Substitution::Step delivery(std::string id, double on, double adds, double over = 0) {
  Substitution::Step step;
  step.id = std::move(id);
  step.on = day(on);
  step.adds = fixed(adds);
  if (over > 0)
    step.over = fixed_days(over);
  return step;
}

Substitution::Step price(std::string id, double on, double share) {
  Substitution::Step step;
  step.id = std::move(id);
  step.on = day(on);
  step.becomes = fixed(share);
  return step;
}

TEST(Substitution, moves_its_share_at_the_end_of_its_stages) {
  Replay replay(freight().scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("lorries", "NOx"), 100 + 265 * 0.5, 1e-10);
  EXPECT_NEAR(replay.of("rail", "NOx"), 265 * 0.5 * 0.1, 1e-10);
  EXPECT_EQ(replay.reached("clean", Milestone::assessed), 100);
}

TEST(Substitution, takes_deliveries_as_part_of_the_works_and_prices_after_them) {
  // 0.5 from day 100, 0.8 from day 150 on in a straight line over 20 days, 0.2 from day 200
  Inventory town = freight([](Substitution& plan, const Scenario&) {
    plan.steps = {price("dearer", 200, 0.2), delivery("lorries", 150, 0.3, 20)};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("clean"), 170);
  EXPECT_NEAR(replay.of("lorries", "NOx"), 100 + 50 * 0.5 + 20 * 0.35 + 30 * 0.2 + 165 * 0.8,
              1e-10);
}

TEST(Substitution, turns_to_the_next_step_before_the_last_one_is_over) {
  // from 0.5 on day 150 towards 0.9 over 40 days; half way, at 0.7 on day 170, back to 0
  Inventory town = freight([](Substitution& plan, const Scenario&) {
    plan.steps = {delivery("more", 150, 0.4, 40), price("end", 170, 0)};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("lorries", "NOx"), 100 + 50 * 0.5 + 20 * 0.4 + 195, 1e-10);
}

TEST(Substitution, goes_back_while_it_is_broken_down) {
  // in service on days 100-150, 160-210, 220-270, 280-330, 340-365
  Inventory town = freight([](Substitution& plan, const Scenario&) {
    plan.breakdowns = Substitution::Breakdowns{fixed_days(50), fixed_days(10), kNone};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("lorries", "NOx"), 100 + 40 + 225 * 0.5, 1e-10);
}

TEST(Substitution, falls_back_on_a_source_of_its_own) {
  Inventory town = freight([](Substitution& plan, const Scenario& all) {
    plan.breakdowns =
        Substitution::Breakdowns{fixed_days(50), fixed_days(10), source_of(all, "spare")};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("lorries", "NOx"), 100 + 265 * 0.5, 1e-10);
  EXPECT_NEAR(replay.of("spare", "NOx"), 40 * 0.5 * 2, 1e-10);
  EXPECT_NEAR(replay.of("rail", "NOx"), 225 * 0.5 * 0.1, 1e-10);
}

TEST(Substitution, slides_back_between_inspections) {
  // After day 100 from 0.1 to 0.5 of the half over 80 days. Inspections on day 150 (slid to 0.35)
  // and 200, 250, 300, 350: five times 50 days with a mean of 0.225, and 15 with one of 0.1375
  Inventory town = freight([](Substitution& plan, const Scenario&) {
    plan.backslide = Substitution::Backslide{fixed(0.1), fixed(0.5), fixed_days(80),
                                             Substitution::Inspections{fixed_days(50)}};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  const double slid = 250 * 0.225 + 15 * 0.1375;
  EXPECT_NEAR(replay.of("lorries", "NOx"), 100 + 265 * 0.5 + 0.5 * slid, 1e-10);
}

TEST(Substitution, inspects_only_when_it_is_possible_and_undoes_only_part) {
  // due on day 150, but inspectors come in winter: on 1 December (day 334), when 0.5 has been back
  // since day 180. They undo half of it: 0.3 (low is 0.1), growing by 0.005 a day for 31 days
  Inventory town = freight([](Substitution& plan, const Scenario&) {
    plan.backslide =
        Substitution::Backslide{fixed(0.1), fixed(0.5), fixed_days(80),
                                Substitution::Inspections{fixed_days(50), 0, fixed(0.5)}};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  const double slid = 80 * 0.3 + 154 * 0.5 + 31 * (0.3 + 0.5 * 31 * 0.005);
  EXPECT_NEAR(replay.of("lorries", "NOx"), 100 + 265 * 0.5 + 0.5 * slid, 1e-10);
}

TEST(Substitution, is_assessed_after_enough_months_running_with_the_share) {
  // 0.8 from day 120 (1 May) on; a breakdown on days 190 to 192, in July: good are May and June,
  // not July, then August to October: assessed on 1 November (day 304)
  Inventory town = freight([](Substitution& plan, const Scenario&) {
    plan.share = fixed(0.8);
    plan.stages = {stage("siding", 120)};
    plan.breakdowns = Substitution::Breakdowns{fixed_days(70), fixed_days(2), kNone};
    plan.check = Substitution::Check{fixed(0.8), 3, {}};
  });
  town.horizon(day(0), day(360));
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("clean"), 120);
  EXPECT_LT(replay.reached("clean", Milestone::assessed), 0); // it breaks down every 72 days
  Inventory sound = freight([](Substitution& plan, const Scenario&) {
    plan.share = fixed(0.8);
    plan.stages = {stage("siding", 120)};
    plan.steps = {price("strike", 190, 0.5), price("over", 192, 0.8)};
    plan.check = Substitution::Check{fixed(0.8), 3, {}};
  });
  Replay again(sound.scenario(), {}, spawn_measures);
  EXPECT_EQ(again.reached("clean", Milestone::assessed), 304);
}

TEST(Substitution, counts_other_clean_sources_in_its_check) {
  // rail has 0.5 from day 100; electric lorries 0.3 from day 150: good from June on (day 151)
  Inventory town = freight([](Substitution& plan, const Scenario& all) {
    plan.check = Substitution::Check{fixed(0.8), 3, {source_of(all, "electric")}};
  });
  town.source("electric").idle().raw("NOx", 0);
  town.measure<Substitution>("electric", [](Substitution& plan, const Scenario& all) {
    plan.from = source_of(all, "lorries");
    plan.to = source_of(all, "electric");
    plan.share = fixed(0.3);
    plan.stages = {stage("lorries", 150)};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("clean", Milestone::assessed), 151 + 30 + 31 + 31);
}

// ---- what cannot be meant

std::string mistakes_of_substitution(FillSubstitution more) {
  return mistakes_of(freight(more).scenario(), "substitution", "clean");
}

TEST(SubstitutionChecks, let_a_sound_one_pass) {
  EXPECT_EQ(mistakes_of_substitution(nullptr), "");
}

TEST(SubstitutionChecks, refuse_more_deliveries_than_there_is_freight) {
  EXPECT_EQ(mistakes_of_substitution([](Substitution& plan, const Scenario&) {
              plan.steps = {delivery("a", 10, 0.4), delivery("b", 20, 0.3)};
            }),
            "measures.clean.share: with this measure up to 1.2 of sources.lorries may move away, "
            "more than there is; others move up to 0 of it\n");
}

TEST(SubstitutionChecks, refuse_a_fallback_that_is_what_breaks_down) {
  EXPECT_EQ(mistakes_of_substitution([](Substitution& plan, const Scenario&) {
              plan.breakdowns = Substitution::Breakdowns{fixed_days(1), fixed_days(1), plan.to};
            }),
            "measures.clean.breakdowns.fallback: is the source that breaks down\n");
}

TEST(SubstitutionChecks, refuse_a_backslide_that_falls_and_sources_that_count_twice) {
  EXPECT_EQ(mistakes_of_substitution([](Substitution& plan, const Scenario&) {
              plan.backslide = Substitution::Backslide{fixed(0.5), fixed(0.1), fixed_days(1), {}};
              plan.check = Substitution::Check{fixed(0.8), 1, {plan.to}};
            }),
            "measures.clean.backslide.high: may be 0.1, below low, which may be 0.5\n"
            "measures.clean.check.clean: sources.rail counts already, as to or twice here\n");
}

} // namespace
} // namespace lantian
