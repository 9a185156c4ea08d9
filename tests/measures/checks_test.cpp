// What the kinds say of plans that cannot be meant, each with its whole text.

#include "measures/project_checks.hpp"
#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using FillRetrofit = std::function<void(Retrofit&, const Scenario&)>;

//! Mistakes of a retrofit called "filter" in a town with a crew, a fund and a background source.
std::string mistakes_of_retrofit(FillRetrofit more) {
  Inventory town = kiln_town();
  town.source("haze").raw("PM", 1).background();
  town.source("stack").stack("SO2", 1, 1);
  town.budget("a-fund", {{day(0), 60}, {day(50), 60}}).crews("crew", 2);
  town.plant("works", 365);
  add_retrofit(town, "filter", 0, {stage("permit", 1), stage("works", 1)}, more);
  return mistakes_of(town.scenario(), "retrofit", "filter");
}

TEST(Checks, let_a_sound_measure_pass) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit&, const Scenario&) {}), "");
}

TEST(Checks, name_a_stage_by_its_id) {
  EXPECT_EQ(
      mistakes_of_retrofit([](Retrofit& plan, const Scenario&) { plan.stages[1].id = "permit"; }),
      "measures.filter.stages[permit].id: two stages of this measure are called permit\n");
}

TEST(Checks, refuse_more_crews_than_there_are) {
  EXPECT_EQ(mistakes_of_retrofit(
                [](Retrofit& plan, const Scenario&) { plan.stages[1].crews = {{1, fixed(3)}}; }),
            "measures.filter.stages[works].crews.crew: needs up to 3 crews where there are only "
            "2\n");
}

TEST(Checks, refuse_a_cost_beyond_the_whole_budget) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario&) {
              plan.stages[1].fund = 0;
              plan.stages[1].cost = fixed(121);
            }),
            "measures.filter.stages[works].cost: may reach 121 CNY, more than a-fund ever holds "
            "(120 CNY)\n");
}

TEST(Checks, refuse_a_stop_that_does_not_say_what_becomes_of_the_output) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario& all) {
              plan.stages[1].units_down = {source_of(all, "kiln")};
            }),
            "measures.filter.stages[works]: stops units, so the measure's lost_output must say "
            "what becomes of their output: lost, made_up or taken_by\n");
}

TEST(Checks, refuse_takers_of_what_single_units_make) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario& all) {
              plan.stages[1].units_down = {source_of(all, "kiln")};
              plan.lost_output = output_is(LostOutput::Fate::taken_by);
              plan.lost_output->takers = {{plant_of(all, "works"), fixed(1)}};
            }),
            "measures.filter.stages[works].plants_down: no plant stops here, and what single units "
            "make is no plant's product: nobody can take it; say lost or made_up\n");
}

TEST(Checks, refuse_to_touch_the_background) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario& all) {
              plan.changes[0].source = source_of(all, "haze");
            }),
            "measures.filter.changes.haze: sources.haze is background, which no measure may "
            "touch\n");
}

TEST(Checks, refuse_a_second_effect) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario&) {
              plan.stages[0].effect = Effect::step;
              plan.stages[1].effect = Effect::ramp;
            }),
            "measures.filter.stages[works].effect: the effect comes in stage permit already\n");
}

TEST(Checks, refuse_a_limit_that_nobody_has_followed_before) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario& all) {
              OutletChange change;
              change.pollutant = pollutant_of(all, "SO2");
              change.limit = fixed(1);
              change.capture = fixed(0.5);
              plan.changes[0].source = source_of(all, "stack");
              plan.changes[0].emits = {change};
            }),
            "measures.filter.changes.stack.emits.SO2.capture: sources.stack states a concentration "
            "here, which has no capture\n"
            "measures.filter.changes.stack.emits.SO2.limit: sources.stack has no limit here; state "
            "the one that holds until then, so that its hours are followed\n");
}

TEST(Checks, refuse_dates_that_contradict_the_horizon) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario&) { plan.start = day(365); }),
            "measures.filter.start: 2026-01-01 lies after the end of the scenario (2026-01-01)\n");
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario&) { plan.start = day(-1); }),
            "measures.filter.start: 2024-12-31 lies before the start of the scenario (2025-01-01); "
            "say with in_progress where it stood then\n");
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario&) {
              plan.start = day(3);
              plan.in_progress = InProgress{"works", fixed_days(1)};
            }),
            "measures.filter.start: 2025-01-04 lies after the start of the scenario (2025-01-01), "
            "so that it cannot be in progress then\n");
}

TEST(Checks, refuse_a_chance_that_has_passed) {
  EXPECT_EQ(mistakes_of_retrofit([](Retrofit& plan, const Scenario&) {
              plan.start = day(-9);
              plan.in_progress = InProgress{"works", fixed_days(1)};
              plan.cancel_probability = fixed(0.5);
            }),
            "measures.filter.cancel_probability: has no effect: it is decided before stage permit, "
            "which has begun; name a later one in cancelled_before\n");
}

//! Retrofits a, b, … that wait for each other as given.
Scenario chain(std::vector<std::pair<std::string, std::vector<std::string>>> links,
               FillRetrofit more = nullptr) {
  Inventory town = kiln_town();
  for (const auto& [id, after] : links) {
    add_retrofit(town, id, 0, {stage("works", 1)},
                 [after = after, more, id = id](Retrofit& plan, const Scenario& all) {
                   plan.after = after;
                   if (more && id == "a")
                     more(plan, all);
                 });
  }
  return town.scenario();
}

TEST(Checks, find_measures_that_wait_for_each_other_and_say_so_once) {
  const Scenario circle = chain({{"a", {"b"}}, {"b", {"c"}}, {"c", {"a"}}, {"d", {"a"}}});
  EXPECT_EQ(mistakes_of(circle, "retrofit", "a"),
            "measures.a.after: waits for itself: a -> b -> c -> a\n");
  EXPECT_EQ(mistakes_of(circle, "retrofit", "b"), "");
  EXPECT_EQ(mistakes_of(circle, "retrofit", "d"), "");
  EXPECT_EQ(mistakes_of(chain({{"a", {"a"}}}), "retrofit", "a"),
            "measures.a.after: waits for itself: a -> a\n");
}

TEST(Checks, ask_what_becomes_of_a_measure_whose_predecessor_may_be_cancelled) {
  const Scenario scenario =
      chain({{"a", {}}, {"b", {"a"}}, {"c", {"b"}}},
            [](Retrofit& plan, const Scenario&) { plan.cancel_probability = fixed(0.2); });
  EXPECT_EQ(mistakes_of(scenario, "retrofit", "b"),
            "measures.b.after: a may be cancelled; what then? say if_absent = \"ignore\" or "
            "\"never\"\n");
  EXPECT_EQ(mistakes_of(scenario, "retrofit", "c"),
            "measures.c.after: b may be cancelled; what then? say if_absent = \"ignore\" or "
            "\"never\"\n");
  EXPECT_EQ(mistakes_of(chain({{"a", {"nobody"}}}), "retrofit", "a"),
            "measures.a.after: no measure is called nobody; name one of this scenario, or say "
            "if_absent = \"ignore\" or \"never\"\n");
}

TEST(Checks, hold_a_relocation_to_its_swap_ratio) {
  Inventory town;
  town.plant("old", 1e9).capacity = fixed(1e9);
  Plant& fresh = town.plant("new", 1e9);
  fresh.capacity = fixed(1.2e9);
  fresh.idle = true;
  town.measure<Relocation>("move", [](Relocation& plan, const Scenario& all) {
    plan.old_plant = plant_of(all, "old");
    plan.new_plant = plant_of(all, "new");
    plan.swap_ratio = 1.25;
    plan.lost_output = output_is(LostOutput::Fate::taken_by);
    plan.lost_output->takers = {{plant_of(all, "old"), fixed(1)}};
  });
  EXPECT_EQ(mistakes_of(town.scenario(), "relocation", "move"),
            "measures.move.lost_output: plants.old cannot take its own output\n"
            "measures.move.swap_ratio: 1200 kt/year of new capacity at a ratio of 1.25 need 1500 "
            "kt/year given up; these plants have 1000 kt/year\n");
}

TEST(Checks, refuse_a_shift_between_sources_that_do_not_fit) {
  Inventory town;
  town.profile("winter").months = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  town.source("wet").raw("PM", 1);
  town.source("dry").raw("PM", 0.1).profile("winter");
  town.measure<DryQuenching>("cdq", [](DryQuenching& plan, const Scenario& all) {
    plan.wet = source_of(all, "wet");
    plan.dry = source_of(all, "dry");
  });
  EXPECT_EQ(mistakes_of(town.scenario(), "dry_quenching", "cdq"),
            "measures.cdq.dry: sources.dry already runs; what moves to it would be counted on top. "
            "Set idle = true there\n"
            "measures.cdq.dry: sources.wet and sources.dry are spread over the time differently "
            "(profile or trend), so that what moves would not stay the same in total\n");
}

TEST(Checks, refuse_to_cover_what_is_not_fugitive) {
  Inventory town;
  town.source("stack").stack("PM", 1, 1);
  town.measure<UltraLowEmission>("ule", [](UltraLowEmission& plan, const Scenario& all) {
    plan.fugitive = UltraLowEmission::Fugitive{{source_of(all, "stack")}, fixed(0.9), {}};
  });
  EXPECT_EQ(mistakes_of(town.scenario(), "ultra_low_emission", "ule"),
            "measures.ule.fugitive.sources: sources.stack states no raw factor, so that nothing of "
            "it is fugitive\n");
}

} // namespace
} // namespace lantian
