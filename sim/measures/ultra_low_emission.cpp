#include "measures/ultra_low_emission.hpp"

#include "measures/breach.hpp"
#include "measures/outlet_change.hpp"
#include "measures/project.hpp"
#include "measures/project_checks.hpp"
#include "measures/shift.hpp"

#include <algorithm>
#include <vector>

namespace lantian {

namespace {

void check_organised(const UltraLowEmission::Organised& limb, const Scenario& scenario,
                     const std::string& key, Diagnostics& diagnostics) {
  const Standard& standard = scenario.standards[limb.standard];
  check_touched(limb.sources, scenario, key + ".sources", diagnostics);
  for (const Index s : limb.sources) {
    const Source& source = scenario.sources[s];
    const bool is_limited =
        std::any_of(source.emits.begin(), source.emits.end(), [&](const EmissionFactor& emits) {
          return !emits.raw && limit_of(standard, source.process, emits.pollutant);
        });
    if (is_limited)
      continue;
    diagnostics.error(key + ".sources", "standards." + standard.id +
                                            " has no limit for any outlet of sources." + source.id +
                                            " (process " + source.process + ")");
  }
}

void check_fugitive(const UltraLowEmission::Fugitive& limb, const Scenario& scenario,
                    const std::string& key, Diagnostics& diagnostics) {
  check_touched(limb.sources, scenario, key + ".sources", diagnostics);
  for (const Index s : limb.sources) {
    const std::vector<EmissionFactor>& emits = scenario.sources[s].emits;
    const bool is_raw = std::any_of(emits.begin(), emits.end(),
                                    [](const EmissionFactor& each) { return each.raw; });
    if (is_raw)
      continue;
    diagnostics.error(key + ".sources", "sources." + scenario.sources[s].id +
                                            " states no raw factor, so that nothing of it is "
                                            "fugitive");
  }
}

void check_ultra_low_emission(const UltraLowEmission& plan, const Scenario& scenario,
                              const std::string& key, Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  if (!plan.organised && !plan.fugitive && !plan.transport) {
    diagnostics.error(key, "does nothing; give at least one of organised, fugitive, transport");
  }
  const auto check_limb = [&](const char* name, const std::vector<Stage>& stages) {
    check_stages(plan, stages, scenario, key + "." + name, diagnostics);
  };
  if (plan.organised) {
    check_organised(*plan.organised, scenario, key + ".organised", diagnostics);
    check_limb("organised", plan.organised->stages);
  } else if (plan.delisting) {
    diagnostics.error(key + ".delisting", "needs the limb 'organised': it is its outlets that "
                                          "break the rule");
  }
  if (plan.fugitive) {
    check_fugitive(*plan.fugitive, scenario, key + ".fugitive", diagnostics);
    check_limb("fugitive", plan.fugitive->stages);
  }
  if (plan.transport) {
    check_shift(plan.transport->from, plan.transport->to, scenario, key + ".transport.to",
                diagnostics);
    check_moved_shares(plan.transport->from, scenario, key + ".transport.share", diagnostics);
    check_limb("transport", plan.transport->stages);
  }
}

//! Brings every stack to limit x ratio, where it is not below already: what was done before the
//! plan is not the plan's. Parts of a limited pollutant without a limit of their own follow it.
void reach_standard(Project& project, const UltraLowEmission::Organised& limb, Duration over) {
  World& world = project.world();
  const Standard& standard = world.scenario().standards[limb.standard];
  const double ratio = world.draw().value(limb.ratio);
  for (const Index s : limb.sources) {
    ProcessUnit& unit = world.changing(s);
    const std::string& process = world.scenario().sources[s].process;
    std::vector<Index> limited;
    for (const Outlet& outlet : unit.outlets) {
      if (limit_of(standard, process, outlet.pollutant))
        limited.push_back(outlet.pollutant);
    }
    for (Outlet& outlet : unit.outlets) {
      const StandardLimit* row = limit_of(standard, process, outlet.pollutant);
      if (outlet.is_raw || !row)
        continue;
      outlet.limit = world.draw().value(row->limit);
      const double target = outlet.limit * ratio;
      if (outlet.factor.at(world.now()) <= target)
        continue;
      move_factor(world, unit, outlet, target, over, limited);
    }
  }
  commission_outlets(world, project.measure(), limb.sources, over);
}

void cover(Project& project, const UltraLowEmission::Fugitive& limb, Duration over) {
  World& world = project.world();
  const double control = world.draw().value(limb.control);
  for (const Index s : limb.sources) {
    for (Outlet& outlet : world.changing(s).outlets) {
      const double now = outlet.fugitive_control.at(world.now());
      if (now < control) {
        outlet.fugitive_control = Ramp::linear(now, control, world.now(), over);
      }
    }
  }
}

Process bring_to_standard(Project limb, const UltraLowEmission::Organised& plan) {
  const TakeEffect effect = [&](Duration over) { reach_standard(limb, plan, over); };
  co_await limb.carry_out(plan.stages, effect);
}

Process close_in(Project limb, const UltraLowEmission::Fugitive& plan) {
  const TakeEffect effect = [&](Duration over) { cover(limb, plan, over); };
  co_await limb.carry_out(plan.stages, effect);
}

Process move_freight(Project limb, const UltraLowEmission::Transport& plan) {
  Shift shift(limb.world(), plan.from, plan.to, limb.world().draw().value(plan.share));
  const TakeEffect effect = [&](Duration over) { shift.start(over); };
  co_await limb.carry_out(plan.stages, effect);
}

//! Runs all limbs side by side to the end of the last.
Process build(Project& project, const UltraLowEmission& plan) {
  World& world = project.world();
  const std::string id = "measures." + world.scenario().measures[project.measure()].id;
  const EntityIndex entity = world.blueprint().entity_of_measure(project.measure());
  std::vector<ProcessHandle> limbs;
  const auto spawn = [&](const char* name, Process process) {
    limbs.push_back(world.simulation().spawn(id + "." + name, entity, std::move(process)));
  };
  project.reserve_limbs(3);
  if (plan.organised) {
    spawn("organised", bring_to_standard(project.limb("organised", 0), *plan.organised));
  }
  if (plan.fugitive)
    spawn("fugitive", close_in(project.limb("fugitive", 1), *plan.fugitive));
  if (plan.transport) {
    spawn("transport", move_freight(project.limb("transport", 2), *plan.transport));
  }
  for (ProcessHandle& limb : limbs)
    co_await limb.done();
}

void retune(World& world, const std::vector<Index>& sources, double factor) {
  for (const Index s : sources) {
    for (Outlet& outlet : world.changing(s).outlets) {
      if (!outlet.is_raw)
        outlet.factor = Ramp::constant(outlet.factor.at(world.now()) * factor);
    }
  }
}

std::vector<Index> watched_sources(const UltraLowEmission& plan) {
  return plan.organised ? plan.organised->sources : std::vector<Index>{};
}

//! Runs until a trial shows few enough hours above the limits; retunes after each that does not.
//! `trial` counts on from one assessment to the next.
Process assess(Project& project, const UltraLowEmission& plan, std::uint32_t& trial) {
  World& world = project.world();
  const std::vector<Index> sources = watched_sources(plan);
  const ChanceStream running = project.stream("stable running");
  const ChanceStream retuning = project.stream("retuning");
  for (;; ++trial) {
    const std::vector<Hours> before = world.hours_above_limit(sources);
    const Duration length = world.draw().duration(plan.stable_running, running, trial);
    co_await project.wait(Cause::permits, length);
    const std::vector<Hours> after = world.hours_above_limit(sources);
    if (!is_breach(before, after, plan.allowed_exceedance))
      break;
    world.log(project.measure(), "assessment failed");
    if (!plan.retuning)
      continue;
    const Duration pause = world.draw().duration(plan.retuning->duration, retuning, trial);
    co_await project.wait(Cause::work, pause);
    retune(world, sources, plan.retuning->factor);
  }
  ++trial;
}

Process publish(Project& project, const UltraLowEmission& plan, std::uint32_t listing) {
  if (!plan.publication)
    co_return;
  const ChanceStream stream = project.stream("publication");
  const Duration length = project.world().draw().duration(*plan.publication, stream, listing);
  co_await project.wait(Cause::permits, length);
}

//! Taken off the list on persistent breach, retuned, assessed and published again, and so on.
Process stay_listed(Project& project, const UltraLowEmission& plan, std::uint32_t trial) {
  World& world = project.world();
  for (std::uint32_t listing = 1;; ++listing) {
    co_await persistent_breach(world, watched_sources(plan), plan.allowed_exceedance,
                               plan.delisting->months);
    world.delist(project.measure());
    if (plan.retuning) {
      const ChanceStream stream = project.stream("retuning after delisting");
      const Duration pause = world.draw().duration(plan.retuning->duration, stream, listing);
      co_await world.simulation().after(pause);
      retune(world, watched_sources(plan), plan.retuning->factor);
    }
    co_await assess(project, plan, trial);
    co_await publish(project, plan, listing);
    world.relist(project.measure());
  }
}

Process reach_ultra_low_emission(World& world, Index measure, const UltraLowEmission& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead)
    co_return;
  const bool is_prepared = co_await project.prepare(plan.stages);
  if (!is_prepared)
    co_return;

  co_await build(project, plan);
  project.complete();
  std::uint32_t trial = 0;
  co_await assess(project, plan, trial);
  world.reach(measure, Milestone::assessed);
  co_await publish(project, plan, 0);
  project.finish();
  if (plan.delisting)
    co_await stay_listed(project, plan, trial);
}

} // namespace

double UltraLowEmission::most_moved(Index source, const Scenario& scenario) const {
  return transport && transport->from == source ? highest(transport->share, scenario) : 0;
}

Process UltraLowEmission::run(World& world, Index measure) const {
  return reach_ultra_low_emission(world, measure, *this);
}

Kind ultra_low_emission_kind() {
  return make_kind<UltraLowEmission>("ultra_low_emission",
                                     "A plant is brought to the ultra-low limits in three limbs.",
                                     ultra_low_emission_fields(), check_ultra_low_emission);
}

} // namespace lantian
