#include "measures/outlet_change.hpp"

#include "kernel/process.hpp"
#include "measures/project_checks.hpp"
#include "scenario/units.hpp"

#include <algorithm>

namespace lantian {

namespace {

const FieldTable<OutletChange>& outlet_change_fields() {
  static const auto fields =
      FieldTable<OutletChange>("outlet change", "What the outlet of one pollutant becomes.")
          .number("raw", &OutletChange::raw, {.doc = "Emission factor before control.", .low = 0})
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

namespace {

//! Reports what does not fit the mode in which the source states this outlet.
void check_mode(const OutletChange& change, const EmissionFactor& now, const std::string& source,
                const std::string& key, Diagnostics& diagnostics) {
  const auto refuse = [&](const char* field, const std::optional<Number>& given, bool is_wrong) {
    if (!given || !is_wrong)
      return;
    diagnostics.error(
        key + "." + field,
        source + (now.raw ? " states a raw factor here, which has no " + std::string(field)
                          : " states a concentration here, which has no " + std::string(field)));
  };
  const bool is_raw = now.raw.has_value();
  refuse("raw", change.raw, !is_raw);
  refuse("capture", change.capture, !is_raw);
  refuse("fugitive_control", change.fugitive_control, !is_raw);
  refuse("concentration", change.concentration, is_raw);
  refuse("bypass", change.bypass, is_raw);
  refuse("limit", change.limit, is_raw);
  if (change.bypass && !is_raw && !now.bypass) {
    diagnostics.error(key + ".bypass", source + " has no bypass here; state it there first");
  }
  if (change.limit && !is_raw && !now.limit) {
    diagnostics.error(key + ".limit", source + " has no limit here; state the one that holds "
                                               "until then, so that its hours are followed");
  }
}

void check_energy(const SourceChange& change, const Scenario& scenario, const std::string& key,
                  Diagnostics& diagnostics) {
  const Source& source = scenario.sources[change.source];
  for (const EnergyChange& energy : change.energy) {
    const auto metered =
        std::find_if(source.energy.begin(), source.energy.end(), [&](const EnergyUse& use) {
          return use.carrier == energy.carrier && use.uses;
        });
    const std::string at = key + ".energy." + scenario.carriers[energy.carrier].id;
    if (metered == source.energy.end()) {
      diagnostics.error(at, "sources." + source.id +
                                " has no such use; state it there (it may be zero) so that it is "
                                "metered");
    } else if (metered->uses->dimension() != energy.uses.dimension()) {
      diagnostics.error(at, "is " + describe(energy.uses.dimension()) + ", but sources." +
                                source.id + " states " + describe(metered->uses->dimension()));
    }
  }
}

} // namespace

void check_source_change(const SourceChange& change, const Scenario& scenario,
                         const std::string& key, Diagnostics& diagnostics) {
  const Source& source = scenario.sources[change.source];
  check_touched({change.source}, scenario, key, diagnostics);
  for (const OutletChange& outlet : change.emits) {
    const std::string at = key + ".emits." + scenario.pollutants[outlet.pollutant].id;
    const auto now = std::find_if(source.emits.begin(), source.emits.end(),
                                  [&](const auto& e) { return e.pollutant == outlet.pollutant; });
    if (now == source.emits.end()) {
      diagnostics.error(at, "sources." + source.id + " does not emit this; add it there first");
      continue;
    }
    check_mode(outlet, *now, "sources." + source.id, at, diagnostics);
    if (outlet.raw && now->raw && outlet.raw->dimension() != now->raw->dimension()) {
      diagnostics.error(at + ".raw", "is " + describe(outlet.raw->dimension()) + ", but sources." +
                                         source.id + " states " + describe(now->raw->dimension()));
    }
  }
  check_energy(change, scenario, key, diagnostics);
  for (const Index control : change.commission) {
    const auto& on = source.controls;
    if (std::find(on.begin(), on.end(), control) != on.end())
      continue;
    diagnostics.error(key + ".commission", "controls." + scenario.controls[control].id +
                                               " is not among the controls of sources." +
                                               source.id);
  }
}

namespace {

Ramp moved(const Ramp& from, double target, Time now, Duration over) {
  return Ramp::linear(from.at(now), target, now, over);
}

//! Calls `visit` on the outlets of pollutants that are within `whole`, at any depth.
template <class Visit>
void for_each_part(const Scenario& scenario, ProcessUnit& unit, Index whole,
                   const std::vector<Index>& apart, Visit visit) {
  for (Outlet& part : unit.outlets) {
    Index p = scenario.pollutants[part.pollutant].within;
    while (p != kNone && p != whole)
      p = scenario.pollutants[p].within;
    const bool is_apart = std::find(apart.begin(), apart.end(), part.pollutant) != apart.end();
    if (p == whole && !is_apart)
      visit(part);
  }
}

void change_outlet(World& world, ProcessUnit& unit, const OutletChange& change,
                   const std::vector<Index>& apart, Duration over) {
  const Draw& draw = world.draw();
  Outlet& outlet = *unit.outlet_of(change.pollutant);
  const std::optional<Number>& factor = outlet.is_raw ? change.raw : change.concentration;
  if (factor)
    move_factor(world, unit, outlet, draw.value(*factor), over, apart);
  const auto move = [&](Ramp Outlet::* ramp, const std::optional<Number>& target) {
    if (!target)
      return;
    const auto follow = [&](Outlet& each) {
      each.*ramp = moved(each.*ramp, draw.value(*target), world.now(), over);
    };
    follow(outlet);
    for_each_part(world.scenario(), unit, outlet.pollutant, apart, follow);
  };
  move(&Outlet::capture, change.capture);
  move(&Outlet::fugitive_control, change.fugitive_control);
  if (change.bypass)
    outlet.bypass = draw.value(*change.bypass);
  if (change.limit)
    outlet.limit = draw.value(*change.limit);
}

Process end_commissioning(World& world, std::vector<Index> sources, Duration over) {
  co_await world.simulation().after(over);
  for (const Index s : sources) {
    for (Outlet& outlet : world.changing(s).outlets)
      --outlet.commissionings;
  }
}

} // namespace

void move_factor(World& world, ProcessUnit& unit, Outlet& outlet, double target, Duration over,
                 const std::vector<Index>& apart) {
  const Time now = world.now();
  const double before = outlet.factor.at(now);
  const double ratio = before > 0 ? target / before : 1.0;
  for_each_part(world.scenario(), unit, outlet.pollutant, apart, [&](Outlet& part) {
    part.factor = moved(part.factor, part.factor.at(now) * ratio, now, over);
  });
  outlet.factor = moved(outlet.factor, target, now, over);
}

void commission_outlets(World& world, Index measure, const std::vector<Index>& sources,
                        Duration over) {
  if (over <= Duration{0})
    return;
  for (const Index s : sources) {
    for (Outlet& outlet : world.changing(s).outlets)
      ++outlet.commissionings;
  }
  world.simulation().spawn("commissioning", world.blueprint().entity_of_measure(measure),
                           end_commissioning(world, sources, over));
}

void make_change(World& world, Index measure, const SourceChange& change, Duration over) {
  ProcessUnit& unit = world.changing(change.source);
  std::vector<Index> changed;
  for (const OutletChange& outlet : change.emits)
    changed.push_back(outlet.pollutant);
  for (const OutletChange& outlet : change.emits) {
    change_outlet(world, unit, outlet, changed, over);
  }
  for (const EnergyChange& energy : change.energy) {
    unit.flow_of_use(energy.carrier)->per_activity += world.draw().value(energy.uses);
  }
  for (const Index control : change.commission)
    world.commission(control, over);
  commission_outlets(world, measure, {change.source}, over);
}

} // namespace lantian
