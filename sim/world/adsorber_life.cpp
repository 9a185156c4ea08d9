#include "world/adsorber_life.hpp"

#include "world/bed_feed.hpp"

#include <algorithm>
#include <cstdint>

namespace lantian {

namespace {

Index source_of_bed(const World& world, Index control) {
  return world.blueprint().sources_under(control).front();
}

//! How the bed is used by its outlet.
ControlUse& use_of_bed(ProcessUnit& unit) {
  std::vector<ControlUse>& uses = unit.outlets[unit.bed->outlet].controls;
  return *std::find_if(uses.begin(), uses.end(),
                       [&](const ControlUse& use) { return use.control == unit.bed->control; });
}

//! Counts `mass` [kg] where spent carbon goes; now, within one second.
void throw_away(World& world, const Adsorber& adsorber, double mass, std::uint64_t id) {
  if (adsorber.waste == kNone)
    return;
  world.add_pulse(adsorber.waste, {id, world.now(), world.now() + Duration{1}, mass});
}

Process change_carbon(World& world, Index control) {
  const Control& spec = world.scenario().controls[control];
  const Adsorber& adsorber = *spec.adsorber;
  const ChanceStream between("controls." + spec.id, "time between changes of carbon");
  if (!world.is_in_service(control))
    co_await world.commissioned(control).wait();
  for (std::uint32_t k = 0;; ++k) {
    const bool is_first = k == 0 && adsorber.first_change;
    const Number& wait = is_first ? *adsorber.first_change : *adsorber.change_every;
    co_await world.simulation().after(world.draw().duration(wait, between, k));
    renew_carbon(world, control);
  }
}

//! What was fed either broke through, or left with carbon that was taken out, or is there.
void balance_bed(World& world, Index control) {
  const Bed& bed = bed_of(world, control);
  MassBalance& balance = world.balance("controls." + world.scenario().controls[control].id);
  balance.generated = bed.fed;
  balance.emitted = bed.through;
  balance.removed = bed.taken_out;
  balance.stored = bed.carbon.load() - bed.at_start;
}

} // namespace

const Bed& bed_of(World& world, Index control) {
  return *world.settled(source_of_bed(world, control)).bed;
}

double take_carbon_out(World& world, Index control) {
  ProcessUnit& unit = world.changing(source_of_bed(world, control));
  Bed& bed = *unit.bed;
  const double load = bed.carbon.load();
  bed.taken_out += load;
  bed.carbon = {bed.carbon.law(), 0};
  use_of_bed(unit).rise = Ramp::constant(0);
  return load;
}

void put_carbon_in(World& world, Index control, double share) {
  ProcessUnit& unit = world.changing(source_of_bed(world, control));
  Breakthrough law = unit.bed->carbon.law();
  law.capacity = share * unit.bed->fresh_capacity;
  unit.bed->carbon = {law, 0};
  use_of_bed(unit).rise = Ramp::constant(1);
}

void renew_carbon(World& world, Index control) {
  const Adsorber& adsorber = *world.scenario().controls[control].adsorber;
  const double mass = bed_of(world, control).mass;
  take_carbon_out(world, control);
  put_carbon_in(world, control, 1);
  const double price = adsorber.carbon_cost ? world.draw().value(*adsorber.carbon_cost) : 0;
  world.ledger().change_carbon(control, mass * price, world.now());
  throw_away(world, adsorber, mass, control);
}

Time when_loaded(World& world, Index control, double load) {
  const Bed& bed = bed_of(world, control);
  const Index source = source_of_bed(world, control);
  const Blueprint& blueprint = world.blueprint();
  return when_fed(world.unit(source), blueprint.clock(source), blueprint.years(), world.now(),
                  world.end(), bed.carbon.feed_to(load * bed.carbon.law().capacity));
}

Process until_loaded(World& world, Index control, double load) {
  for (;;) {
    const Time loaded = when_loaded(world, control, load);
    if (loaded <= world.now())
      co_return;
    Timer timer = world.simulation().until(loaded);
    Signal::Wait change = world.activity_changed(source_of_bed(world, control)).wait();
    co_await first_of(timer, change);
  }
}

void take_over_carbon(World& world, Index control) {
  if (std::optional<ProcessHandle>& life = world.carbon_life(control))
    life->cancel();
}

void spawn_adsorbers(World& world) {
  const Table<Control>& controls = world.scenario().controls;
  for (std::size_t c = 0; c < controls.size(); ++c) {
    const auto control = static_cast<Index>(c);
    if (!controls[c].adsorber || world.blueprint().sources_under(c).empty())
      continue;
    world.on_close([&world, control] { balance_bed(world, control); });
    if (!controls[c].adsorber->change_every)
      continue;
    world.carbon_life(control) = world.simulation().spawn("controls." + controls[c].id + " carbon",
                                                          world.blueprint().entity_of_control(c),
                                                          change_carbon(world, control));
  }
}

} // namespace lantian
