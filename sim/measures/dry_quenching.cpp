#include "measures/dry_quenching.hpp"

#include "measures/project.hpp"
#include "measures/project_checks.hpp"
#include "measures/shift.hpp"
#include "world/time_axis.hpp"

#include <cstdint>

namespace lantian {

namespace {

const FieldTable<DryQuenching::YearlyRepair>& yearly_repair_fields() {
  using Repair = DryQuenching::YearlyRepair;
  static const auto fields =
      FieldTable<Repair>("yearly_repair", "The dry quencher's planned repair.")
          .month_day("on", &Repair::on, {.doc = "Day on which it starts.", .required = true})
          .number("duration", &Repair::duration,
                  {.doc = "How long it lasts.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "day",
                   .low = 0,
                   .chance = true});
  return fields;
}

const FieldTable<DryQuenching::Breakdowns>& quencher_breakdown_fields() {
  using Breakdowns = DryQuenching::Breakdowns;
  static const auto fields = FieldTable<Breakdowns>("breakdowns", "The dry quencher's failures.")
                                 .number("time_between", &Breakdowns::time_between,
                                         {.doc = "Time in service to the next failure.",
                                          .required = true,
                                          .dimension = kTime,
                                          .unit = "day",
                                          .low = 0,
                                          .above_low = true,
                                          .chance = true})
                                 .number("repair", &Breakdowns::repair,
                                         {.doc = "Time to repair.",
                                          .required = true,
                                          .dimension = kTime,
                                          .unit = "h",
                                          .low = 0,
                                          .above_low = true,
                                          .chance = true});
  return fields;
}

const FieldTable<DryQuenching>& dry_quenching_fields() {
  static const auto fields =
      FieldTable<DryQuenching>("dry_quenching", "Coke moves from wet to dry quenching.")
          .include(project_fields())
          .reference("wet", &DryQuenching::wet,
                     {.doc = "The wet tower.", .required = true, .table = "sources"})
          .reference("dry", &DryQuenching::dry,
                     {.doc = "The dry quencher's vent; idle until the measure.",
                      .required = true,
                      .table = "sources"})
          .number("share", &DryQuenching::share,
                  {.doc = "Share of the coke that is quenched dry.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "1"})
          .table("yearly_repair", &DryQuenching::yearly_repair, yearly_repair_fields(),
                 {.doc = "Planned repair, wet meanwhile."})
          .table("breakdowns", &DryQuenching::breakdowns, quencher_breakdown_fields(),
                 {.doc = "Random failures, wet meanwhile."});
  return fields;
}

void check_dry_quenching(const DryQuenching& plan, const Scenario& scenario, const std::string& key,
                         Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  check_shift(plan.wet, plan.dry, scenario, key + ".dry", diagnostics);
  check_moved_shares(plan.wet, scenario, key + ".share", diagnostics);
}

//! The first planned repair after `time`, or never. 29 February falls on 1 March in common years.
Time next_repair(const DryQuenching& plan, Time time) {
  if (!plan.yearly_repair)
    return kNever;
  using namespace std::chrono;
  const auto on = plan.yearly_repair->on;
  const auto this_year = year_month_day{floor<days>(time)}.year();
  const Time repair = sys_days{this_year / on.month() / on.day()};
  return repair > time ? repair : Time{sys_days{(this_year + years{1}) / on.month() / on.day()}};
}

//! Wet until the dry quencher is ready again.
Process quench_wet(Project& project, Shift& shift, const char* reason, Duration length) {
  shift.suspend();
  project.world().log(project.measure(), reason);
  co_await project.world().simulation().after(length);
  shift.resume();
}

//! Dry as long as it runs, wet in every repair and failure. Time to a failure is time in service. A
//! planned repair that falls due during a failure follows it at once; its chance goes by the year,
//! so that it is the same whenever the dry quencher was built.
Process quench(Project& project, const DryQuenching& plan, Shift& shift) {
  World& world = project.world();
  const ChanceStream to_failure = project.stream("time between failures");
  const ChanceStream to_repair = project.stream("repair");
  const ChanceStream yearly = project.stream("yearly repair");
  const auto up = [&](std::uint32_t k) {
    return plan.breakdowns ? world.draw().duration(plan.breakdowns->time_between, to_failure, k)
                           : Duration{0};
  };
  std::uint32_t failures = 0;
  Time failure = plan.breakdowns ? world.now() + up(0) : kNever;
  Time repair = next_repair(plan, world.now());
  while (failure < kNever || repair < kNever) {
    if (repair <= failure) {
      co_await world.simulation().until(repair);
      const auto year =
          static_cast<std::uint32_t>(year_of(repair) - year_of(world.scenario().start));
      const Duration down = world.draw().duration(plan.yearly_repair->duration, yearly, year);
      co_await quench_wet(project, shift, "yearly repair: wet", down);
      if (failure < kNever)
        failure += down;
      repair = next_repair(plan, world.now());
    } else {
      co_await world.simulation().until(failure);
      const Duration down = world.draw().duration(plan.breakdowns->repair, to_repair, failures);
      co_await quench_wet(project, shift, "failure: wet", down);
      failure = world.now() + up(++failures);
    }
  }
}

Process dry_quenching(World& world, Index measure, const DryQuenching& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead)
    co_return;

  Shift shift(world, plan.wet, plan.dry, world.draw().value(plan.share));
  const TakeEffect effect = [&](Duration over) { shift.start(over); };
  const bool is_built = co_await project.carry_out(plan.stages, effect);
  if (!is_built)
    co_return;
  project.complete();
  project.finish();

  co_await quench(project, plan, shift);
}

} // namespace

double DryQuenching::most_moved(Index source, const Scenario& scenario) const {
  return source == wet ? highest(share, scenario) : 0;
}

Process DryQuenching::run(World& world, Index measure) const {
  return dry_quenching(world, measure, *this);
}

Kind dry_quenching_kind() {
  return make_kind<DryQuenching>("dry_quenching", "Coke moves from wet to dry quenching.",
                                 dry_quenching_fields(), check_dry_quenching);
}

} // namespace lantian
