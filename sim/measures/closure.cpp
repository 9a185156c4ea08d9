#include "measures/closure.hpp"

#include "measures/project.hpp"
#include "measures/project_checks.hpp"

namespace lantian {

namespace {

const FieldTable<Closure>& closure_fields() {
  static const auto fields =
      FieldTable<Closure>("closure", "Plants or sources end.")
          .include(project_fields())
          .references("plants", &Closure::plants,
                      {.doc = "Plants that close, with all their sources.", .table = "plants"})
          .references("sources", &Closure::sources,
                      {.doc = "Single sources that close.", .table = "sources"})
          .number("wind_down", &Closure::wind_down,
                  {.doc = "Time over which production falls to nothing.",
                   .dimension = kTime,
                   .unit = "day",
                   .low = 0,
                   .preset = "at once",
                   .chance = true});
  return fields;
}

void check_closure(const Closure& plan, const Scenario& scenario, const std::string& key,
                   Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  check_touched(plan.sources, scenario, key + ".sources", diagnostics);
  check_touched_plants(plan.plants, scenario, key + ".plants", diagnostics);
  if (plan.plants.empty() && plan.sources.empty()) {
    diagnostics.error(key, "closes nothing; name plants or sources");
  }
  if (!plan.lost_output) {
    diagnostics.error(key, "lost_output must say what becomes of the output: lost or taken_by");
  } else if (plan.lost_output->fate == LostOutput::Fate::made_up) {
    diagnostics.error(key + ".lost_output.fate",
                      "what is closed for good cannot make anything up; say lost or taken_by");
  } else if (!plan.lost_output->takers.empty()) {
    check_handover(*plan.lost_output, plan.plants, scenario, key + ".lost_output", diagnostics);
  }
}

Process closure(World& world, Index measure, const Closure& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead)
    co_return;
  const bool is_ready = co_await project.prepare(plan.stages);
  if (!is_ready)
    co_return;

  const Duration length = plan.wind_down
                              ? world.draw().duration(*plan.wind_down, project.stream("wind down"))
                              : Duration{0};
  Handover handover(world, measure, *plan.lost_output);
  handover.take(wind_down(world, plan.plants, plan.sources, length), length);
  co_await project.wait(Cause::work, length);
  project.complete();
  project.finish();
}

} // namespace

double wind_down(World& world, const std::vector<Index>& plants, const std::vector<Index>& sources,
                 Duration length) {
  const Influence who = world.new_influence();
  const Ramp down = Ramp::linear(1, 0, world.now(), length);
  double amount = 0;
  for (const Index p : plants)
    amount += world.production_now(p);
  for (const Index p : plants)
    world.scale_plant(p, who, down);
  for (const Index s : sources)
    world.scale_source(s, who, down);
  return amount;
}

Process Closure::run(World& world, Index measure) const {
  return closure(world, measure, *this);
}

Kind closure_kind() {
  return make_kind<Closure>("closure", "Plants or sources end.", closure_fields(), check_closure);
}

} // namespace lantian
