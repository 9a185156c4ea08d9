#include "measures/outlet_change.hpp"

#include "kernel/process.hpp"

#include <algorithm>

namespace lantian {

namespace {

const FieldTable<OutletChange>& outlet_change_fields() {
  static const auto fields =
      FieldTable<OutletChange>("outlet change", "What the outlet of one pollutant becomes.")
          .number("raw", &OutletChange::raw,
                  {.doc = "Emission factor before control.", .low = 0})
          .number("concentration", &OutletChange::concentration,
                  {.doc = "Outlet concentration at the reference oxygen.",
                   .dimension = kConcentration,
                   .unit = "mg/m3",
                   .low = 0})
          .number("bypass", &OutletChange::bypass,
                  {.doc = "Concentration while a control is bypassed.",
                   .dimension = kConcentration,
                   .unit = "mg/m3",
                   .low = 0})
          .number("capture", &OutletChange::capture,
                  {.doc = "Share captured and led to the control.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1})
          .number("fugitive_control", &OutletChange::fugitive_control,
                  {.doc = "Efficiency on what is not captured.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1})
          .number("limit", &OutletChange::limit,
                  {.doc = "Hourly limit from then on.",
                   .dimension = kConcentration,
                   .unit = "mg/m3",
                   .low = 0,
                   .above_low = true});
  return fields;
}

} // namespace

const FieldTable<SourceChange>& source_change_fields() {
  static const auto fields =
      FieldTable<SourceChange>("change", "What a retrofit makes of one source.")
          .keyed_tables("emits", &SourceChange::emits, &OutletChange::pollutant,
                        outlet_change_fields(),
                        {.doc = "New outlets, by pollutant.", .table = "pollutants"})
          .keyed_numbers("energy", &SourceChange::energy,
                         {.doc = "Additional use per unit of activity, by carrier.",
                          .low = 0,
                          .table = "carriers"})
          .references("commission", &SourceChange::commission,
                      {.doc = "Controls that go into service.", .table = "controls"});
  return fields;
}

void check_source_change(const SourceChange& change, const Scenario& scenario,
                         const std::string& key, Diagnostics& diagnostics) {
  const Source& source = scenario.sources[change.source];
  for (const OutletChange& outlet : change.emits) {
    const std::string at = key + ".emits." + scenario.pollutants[outlet.pollutant].id;
    const auto now = std::find_if(source.emits.begin(), source.emits.end(), [&](const auto& e) {
      return e.pollutant == outlet.pollutant;
    });
    if (now == source.emits.end()) {
      diagnostics.error(at, "sources." + source.id + " does not emit this; add it there first");
      continue;
    }
    if (outlet.raw && !now->raw) {
      diagnostics.error(at + ".raw", "sources." + source.id +
                                         " states a concentration here; change that instead");
    }
    if (outlet.concentration && now->raw) {
      diagnostics.error(at + ".concentration",
                        "sources." + source.id + " states a raw factor here; change that instead");
    }
  }
  for (const EnergyChange& energy : change.energy) {
    const bool is_metered =
        std::any_of(source.energy.begin(), source.energy.end(), [&](const EnergyUse& use) {
          return use.carrier == energy.carrier && use.uses;
        });
    if (!is_metered) {
      diagnostics.error(key + ".energy." + scenario.carriers[energy.carrier].id,
                        "sources." + source.id +
                            " has no such use; state it there (it may be zero) so that it is "
                            "metered");
    }
  }
  for (const Index control : change.commission) {
    const auto& on = source.controls;
    if (std::find(on.begin(), on.end(), control) != on.end()) continue;
    diagnostics.error(key + ".commission", "controls." + scenario.controls[control].id +
                                               " is not among the controls of sources." +
                                               source.id);
  }
}

namespace {

Ramp moved(const Ramp& from, double target, Time now, Duration over) {
  return Ramp::linear(from.at(now), target, now, over);
}

void change_outlet(World& world, Outlet& outlet, const OutletChange& change, Duration over) {
  const Draw& draw = world.draw();
  const auto move = [&](Ramp& ramp, const std::optional<Number>& target) {
    if (target) ramp = moved(ramp, draw.value(*target), world.now(), over);
  };
  move(outlet.factor, outlet.is_raw ? change.raw : change.concentration);
  move(outlet.capture, change.capture);
  move(outlet.fugitive_control, change.fugitive_control);
  if (change.bypass) outlet.bypass = draw.value(*change.bypass);
  if (change.limit) outlet.limit = draw.value(*change.limit);
}

Process end_commissioning(World& world, std::vector<Index> sources, Duration over) {
  co_await world.simulation().after(over);
  for (const Index s : sources) {
    for (Outlet& outlet : world.changing(s).outlets) outlet.is_commissioning = false;
  }
}

} // namespace

void move_factor(World& world, Outlet& outlet, double target, Duration over) {
  outlet.factor = moved(outlet.factor, target, world.now(), over);
}

void commission_outlets(World& world, Index measure, const std::vector<Index>& sources,
                        Duration over) {
  if (over <= Duration{0}) return;
  for (const Index s : sources) {
    for (Outlet& outlet : world.changing(s).outlets) outlet.is_commissioning = true;
  }
  world.simulation().spawn("commissioning", world.blueprint().entity_of_measure(measure),
                           end_commissioning(world, sources, over));
}

void make_change(World& world, Index measure, const SourceChange& change, Duration over) {
  ProcessUnit& unit = world.changing(change.source);
  for (const OutletChange& outlet : change.emits) {
    change_outlet(world, *unit.outlet_of(outlet.pollutant), outlet, over);
  }
  for (const EnergyChange& energy : change.energy) {
    unit.flow_of_use(energy.carrier)->per_activity += world.draw().value(energy.uses);
  }
  for (const Index control : change.commission) world.commission(control);
  commission_outlets(world, measure, {change.source}, over);
}

} // namespace lantian
