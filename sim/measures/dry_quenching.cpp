#include "measures/dry_quenching.hpp"

#include "measures/project.hpp"
#include "measures/shift.hpp"

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

const FieldTable<DryQuenching::Breakdowns>& breakdown_fields() {
  using Breakdowns = DryQuenching::Breakdowns;
  static const auto fields =
      FieldTable<Breakdowns>("breakdowns", "The dry quencher's failures.")
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

const FieldTable<DryQuenching>& fields() {
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
          .table("breakdowns", &DryQuenching::breakdowns, breakdown_fields(),
                 {.doc = "Random failures, wet meanwhile."});
  return fields;
}

void check(const DryQuenching& plan, const Scenario& scenario, const std::string& key,
           Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  check_shift(plan.wet, plan.dry, scenario, key + ".dry", diagnostics);
}

//! The next planned repair after `now`, or never. 29 February falls on 1 March in common years.
Time next_repair(const DryQuenching& plan, Time now) {
  if (!plan.yearly_repair) return kNever;
  using namespace std::chrono;
  const auto on = plan.yearly_repair->on;
  const auto this_year = year_month_day{floor<days>(now)}.year();
  const Time repair = sys_days{this_year / on.month() / on.day()};
  return repair > now ? repair : Time{sys_days{(this_year + years{1}) / on.month() / on.day()}};
}

//! Dry as long as it runs, wet in every repair and failure.
Process quench(Project& project, const DryQuenching& plan, Shift& shift) {
  World& world = project.world();
  const ChanceStream to_failure = project.stream("time between failures");
  const ChanceStream to_repair = project.stream("repair");
  const ChanceStream yearly = project.stream("yearly repair");
  const auto next_failure = [&](std::uint32_t k) {
    return plan.breakdowns
               ? world.now() + world.draw().duration(plan.breakdowns->time_between, to_failure, k)
               : kNever;
  };
  std::uint32_t failures = 0;
  std::uint32_t repairs = 0;
  Time failure = next_failure(failures);
  Time repair = next_repair(plan, world.now());
  while (failure < kNever || repair < kNever) {
    const bool is_planned = repair <= failure;
    co_await world.simulation().until(is_planned ? repair : failure);
    const Duration down =
        is_planned ? world.draw().duration(plan.yearly_repair->duration, yearly, repairs++)
                   : world.draw().duration(plan.breakdowns->repair, to_repair, failures++);
    shift.suspend();
    world.log(project.measure(), is_planned ? "yearly repair: wet" : "failure: wet");
    co_await world.simulation().after(down);
    shift.resume();
    if (!is_planned) failure = next_failure(failures);
    if (is_planned && failure < kNever) failure = std::max(failure, world.now());
    repair = next_repair(plan, world.now());
  }
}

Process dry_quenching(World& world, Index measure, const DryQuenching& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead) co_return;

  Shift shift(world, plan.wet, plan.dry, world.draw().value(plan.share));
  const TakeEffect effect = [&](Duration over) { shift.start(over); };
  const bool is_built = co_await project.carry_out(plan.stages, effect);
  if (!is_built) co_return;
  project.complete();
  project.finish();

  co_await quench(project, plan, shift);
}

} // namespace

Process DryQuenching::run(World& world, Index measure) const {
  return dry_quenching(world, measure, *this);
}

Kind dry_quenching_kind() {
  return make_kind<DryQuenching>("dry_quenching", "Coke moves from wet to dry quenching.",
                                 fields(), check);
}

} // namespace lantian
