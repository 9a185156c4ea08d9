#include "world/process_unit.hpp"

#include <algorithm>

namespace lantian {

double oxygen_correction(double oxygen, double reference_oxygen) {
  constexpr double kOxygenOfAir = 0.21;
  return (kOxygenOfAir - reference_oxygen) / (kOxygenOfAir - oxygen);
}

bool Outlet::is_bypassed() const {
  return std::any_of(controls.begin(), controls.end(),
                     [](const ControlUse& use) { return use.service == Service::out; });
}

namespace {

//! What one unit of activity sends up the stack [kg].
double stack_amount(const Outlet& outlet, Time base, double offset) {
  if (!outlet.is_raw)
    return outlet.concentration(base, offset) * outlet.gas_volume;
  double amount = outlet.factor.at(base, offset) * outlet.capture.at(base, offset);
  for (const ControlUse& use : outlet.controls) {
    if (use.service != Service::working)
      continue;
    amount *= 1 - use.efficiency.at(base, offset) * use.rise.at(base, offset);
  }
  return amount;
}

double fugitive_amount(const Outlet& outlet, Time base, double offset) {
  return outlet.factor.at(base, offset) * (1 - outlet.capture.at(base, offset)) *
         (1 - outlet.fugitive_control.at(base, offset));
}

//! What one unit of activity leaves in the controls [kg]: of what is captured, each takes its share
//! of what the one before has left.
double removed_amount(const Outlet& outlet, Time base, double offset) {
  const double raw = outlet.factor.at(base, offset);
  const double captured = raw * outlet.capture.at(base, offset);
  double left = captured;
  double removed = (raw - captured) * outlet.fugitive_control.at(base, offset);
  for (const ControlUse& use : outlet.controls) {
    if (use.service != Service::working)
      continue;
    const double taken = left * use.efficiency.at(base, offset) * use.rise.at(base, offset);
    removed += taken;
    left -= taken;
  }
  return removed;
}

//! Calls `visit` with every ramp of the outlet that is in force.
template <class Visit> void for_each_ramp(const Outlet& outlet, Visit visit) {
  visit(outlet.factor);
  visit(outlet.capture);
  visit(outlet.fugitive_control);
  for (const ControlUse& use : outlet.controls) {
    if (use.service != Service::working)
      continue;
    visit(use.efficiency);
    visit(use.rise);
  }
}

} // namespace

double ProcessUnit::per_activity(std::size_t f, Time base, double offset) const {
  const Flow& flow = flows[f];
  switch (flow.kind) {
  case Flow::Kind::stack:
    return stack_amount(outlets[flow.of], base, offset);
  case Flow::Kind::fugitive:
    return fugitive_amount(outlets[flow.of], base, offset);
  case Flow::Kind::energy:
    return flow.per_activity;
  case Flow::Kind::generated:
    return outlets[flow.of].factor.at(base, offset);
  case Flow::Kind::removed:
    return removed_amount(outlets[flow.of], base, offset);
  case Flow::Kind::activity:
    return 1;
  case Flow::Kind::charged:
    break;
  }
  return 0;
}

double ProcessUnit::fed_to_bed(Time base, double offset) const {
  const Outlet& outlet = outlets[bed->outlet];
  double left = outlet.factor.at(base, offset) * outlet.capture.at(base, offset);
  double fed = 0;
  for (const ControlUse& use : outlet.controls) {
    if (use.service != Service::working)
      continue;
    const double taken = use.efficiency.at(base, offset) * use.rise.at(base, offset);
    if (use.control == bed->control) {
      fed = taken;
    } else {
      left *= 1 - taken;
    }
  }
  return left * fed;
}

int ProcessUnit::degree(Time a, Time b) const {
  int highest = 0;
  for (const Outlet& outlet : outlets) {
    int degree = 0;
    for_each_ramp(outlet, [&](const Ramp& ramp) { degree += ramp.is_moving(a, b) ? 1 : 0; });
    highest = std::max(highest, degree);
  }
  return highest;
}

void ProcessUnit::append_corners(Time a, Time b, std::vector<double>& corners) const {
  for (const Outlet& outlet : outlets) {
    for_each_ramp(outlet, [&](const Ramp& ramp) { append_ramp_corners(ramp, a, b, corners); });
  }
}

bool ProcessUnit::emits(Index pollutant) const {
  return std::any_of(outlets.begin(), outlets.end(),
                     [pollutant](const Outlet& outlet) { return outlet.pollutant == pollutant; });
}

Outlet* ProcessUnit::outlet_of(Index pollutant) {
  const auto found = std::find_if(outlets.begin(), outlets.end(), [pollutant](const Outlet& o) {
    return o.pollutant == pollutant;
  });
  return found == outlets.end() ? nullptr : &*found;
}

Flow* ProcessUnit::flow_of_use(Index carrier) {
  const auto found = std::find_if(flows.begin(), flows.end(), [carrier](const Flow& flow) {
    return flow.used_carrier == carrier;
  });
  return found == flows.end() ? nullptr : &*found;
}

namespace {

//! The controls that stand on the outlet, as it sees them.
std::vector<ControlUse> make_uses(const EmissionFactor& emits, const std::vector<Index>& controls,
                                  const Scenario& scenario, std::span<const double> parameters) {
  std::vector<ControlUse> uses;
  for (const Index c : controls) {
    const Control& control = scenario.controls[c];
    const auto mine = std::find_if(
        control.efficiency.begin(), control.efficiency.end(),
        [&](const ControlEfficiency& row) { return row.pollutant == emits.pollutant; });
    const bool acts = emits.raw ? mine != control.efficiency.end() : emits.bypass.has_value();
    if (!acts)
      continue;
    ControlUse use;
    use.control = c;
    use.new_efficiency = emits.raw ? mine->efficiency.value(parameters) : 0.0;
    if (control.adsorber)
      use.new_efficiency = 1;
    use.efficiency = Ramp::constant(use.new_efficiency);
    use.service = control.in_service ? Service::working : Service::absent;
    uses.push_back(use);
  }
  return uses;
}

Outlet make_outlet(const EmissionFactor& emits, const std::vector<Index>& controls,
                   const Scenario& scenario, std::span<const double> parameters) {
  const auto value = [parameters](const std::optional<Number>& number, double absent) {
    return number ? number->value(parameters) : absent;
  };
  Outlet outlet;
  outlet.pollutant = emits.pollutant;
  outlet.is_raw = emits.raw.has_value();
  const double correction =
      emits.oxygen && emits.reference_oxygen
          ? oxygen_correction(value(emits.oxygen, 0), value(emits.reference_oxygen, 0))
          : 1.0;
  outlet.factor = Ramp::constant(outlet.is_raw ? value(emits.raw, 0)
                                               : value(emits.concentration, 0) * correction);
  outlet.gas_volume = value(emits.gas_volume, 0);
  outlet.bypass = value(emits.bypass, value(emits.concentration, 0)) * correction;
  outlet.capture = Ramp::constant(emits.capture.value(parameters));
  outlet.fugitive_control = Ramp::constant(emits.fugitive_control.value(parameters));
  outlet.limit = value(emits.limit, 0);
  outlet.hourly_cv = emits.hourly_cv;
  outlet.controls = make_uses(emits, controls, scenario, parameters);
  return outlet;
}

} // namespace

namespace {

//! What is used and recovered of carriers, and what that causes elsewhere.
void append_energy_flows(const Blueprint& blueprint, const Source& source,
                         std::span<const double> parameters, std::vector<Flow>& flows) {
  for (const EnergyUse& energy : source.energy) {
    const auto book = [&](Account account, const std::optional<Number>& amount) {
      if (!amount)
        return;
      const std::size_t used = flows.size();
      Flow& metered = flows.emplace_back(Flow::Kind::energy,
                                         blueprint.meter(account, energy.carrier), std::size_t{0});
      metered.per_activity = amount->value(parameters);
      if (account == Account::indirect)
        metered.used_carrier = energy.carrier;
      for (const Index pollutant : blueprint.charged_by(energy.carrier)) {
        flows.emplace_back(Flow::Kind::charged, blueprint.channel(account, pollutant), used);
      }
    };
    book(Account::indirect, energy.uses);
    book(Account::avoided, energy.recovers);
  }
}

//! The bed of carbon among the controls of an outlet, if there is one.
std::optional<Bed> find_bed(const std::vector<Outlet>& outlets, const Scenario& scenario,
                            std::span<const double> parameters) {
  for (std::size_t o = 0; o < outlets.size(); ++o) {
    for (const ControlUse& use : outlets[o].controls) {
      const Control& control = scenario.controls[use.control];
      if (!control.adsorber || !outlets[o].is_raw)
        continue;
      const Adsorber& adsorber = *control.adsorber;
      const double mass = adsorber.bed.value(parameters);
      const double capacity = mass * adsorber.capacity.value(parameters);
      const double load = capacity * adsorber.load.value(parameters);
      const Breakthrough law{control.efficiency[0].efficiency.value(parameters), capacity,
                             adsorber.midpoint, adsorber.width};
      return Bed{use.control, o, mass, capacity, AdsorberBed{law, load}, 0, 0, 0, load};
    }
  }
  return std::nullopt;
}

//! What the mass balance needs, and activity last.
void append_checked_flows(const std::vector<Outlet>& outlets, std::vector<Flow>& flows) {
  for (std::size_t o = 0; o < outlets.size(); ++o) {
    if (!outlets[o].is_raw)
      continue;
    flows.emplace_back(Flow::Kind::generated, kNoChannel, o);
    flows.emplace_back(Flow::Kind::removed, kNoChannel, o);
  }
  flows.emplace_back(Flow::Kind::activity, kNoChannel, std::size_t{0});
}

} // namespace

std::size_t flow_count_of(const Blueprint& blueprint, const Source& source) {
  std::size_t count = 1; // activity
  for (const EmissionFactor& emits : source.emits)
    count += emits.raw ? 4 : 1;
  for (const EnergyUse& energy : source.energy) {
    const std::size_t flows = 1 + blueprint.charged_by(energy.carrier).size();
    count += (energy.uses ? flows : 0) + (energy.recovers ? flows : 0);
  }
  return count;
}

bool is_limited(const Scenario& scenario, const Source& source, const EmissionFactor& emits) {
  if (emits.raw)
    return false;
  if (emits.limit)
    return true;
  return std::any_of(scenario.standards.begin(), scenario.standards.end(),
                     [&](const Standard& standard) {
                       return limit_of(standard, source.process, emits.pollutant) != nullptr;
                     });
}

const StandardLimit* limit_of(const Standard& standard, const std::string& process,
                              Index pollutant) {
  const auto found =
      std::find_if(standard.limits.begin(), standard.limits.end(), [&](const StandardLimit& row) {
        return row.process == process && row.pollutant == pollutant;
      });
  return found == standard.limits.end() ? nullptr : &*found;
}

ProcessUnit make_unit(const Blueprint& blueprint, std::size_t s,
                      std::span<const double> parameters) {
  const Scenario& scenario = blueprint.scenario();
  const Source& source = scenario.sources[s];
  const bool is_idle = source.idle || (source.plant != kNone && scenario.plants[source.plant].idle);

  std::vector<Outlet> outlets;
  std::vector<Flow> flows;
  for (const EmissionFactor& emits : source.emits) {
    const std::size_t o = outlets.size();
    outlets.push_back(make_outlet(emits, source.controls, scenario, parameters));
    const auto book = [&](Account account, Flow::Kind kind) {
      flows.emplace_back(kind, blueprint.channel(account, emits.pollutant), o);
    };
    book(Account::stack, Flow::Kind::stack);
    if (outlets.back().is_raw)
      book(Account::fugitive, Flow::Kind::fugitive);
  }
  append_energy_flows(blueprint, source, parameters, flows);
  append_checked_flows(outlets, flows);
  ProcessUnit unit{Activity{source.activity.value(parameters), is_idle ? 0.0 : 1.0},
                   std::move(outlets), std::move(flows)};
  unit.settled = scenario.start;
  unit.bed = find_bed(unit.outlets, scenario, parameters);
  return unit;
}

} // namespace lantian
