#include "measures/lost_output.hpp"

#include "kernel/process.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace lantian {

namespace {

const FieldTable<LostOutput::Taker>& taker_fields() {
  static const auto fields =
      FieldTable<LostOutput::Taker>("taker", "A plant that makes what another cannot.")
          .number("share", &LostOutput::Taker::share,
                  {.doc = "Share of the lost output that it takes.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "1"});
  return fields;
}

//! Runs what stood still above what it ran at before, until the lost output is made up.
Process run_above_nominal(World& world, std::vector<Outage::Stopped> sources,
                          std::vector<Outage::Stopped> plants, double rate, Duration length) {
  const Influence who = world.new_influence();
  for (const auto& [source, share] : sources) {
    world.add_to_source(source, who, Ramp::constant(share * rate));
  }
  for (const auto& [plant, share] : plants) {
    world.add_to_plant(plant, who, Ramp::constant(share * rate));
  }
  co_await world.simulation().after(length);
  for (const auto& [source, share] : sources)
    world.lift_source(source, who);
  for (const auto& [plant, share] : plants)
    world.lift_plant(plant, who);
}

} // namespace

const FieldTable<LostOutput>& lost_output_fields() {
  static const auto fields =
      FieldTable<LostOutput>("lost output", "What becomes of output that is not made.")
          .choice("fate", &LostOutput::fate,
                  {{"lost", LostOutput::Fate::lost},
                   {"made_up", LostOutput::Fate::made_up},
                   {"taken_by", LostOutput::Fate::taken_by}},
                  {.doc = "Lost, made up later by the same units, or taken by other plants.",
                   .required = true})
          .number("made_up_at", &LostOutput::made_up_at,
                  {.doc = "Share above nominal at which it is made up.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .above_low = true})
          .keyed_tables("taken_by", &LostOutput::takers, &LostOutput::Taker::plant, taker_fields(),
                        {.doc = "Plants that take it, and their shares.", .table = "plants"});
  return fields;
}

void check_lost_output(const LostOutput& lost, const Scenario& scenario, const std::string& key,
                       Diagnostics& diagnostics) {
  using Fate = LostOutput::Fate;
  if (lost.fate == Fate::made_up && !lost.made_up_at) {
    diagnostics.error(key + ".fate", "made_up needs made_up_at, the share above nominal at which "
                                     "the output is made up, such as made_up_at = 0.1");
  }
  if (lost.fate == Fate::taken_by && lost.takers.empty()) {
    diagnostics.error(key + ".fate", "taken_by needs the plants that take the output, such as "
                                     "taken_by.PLANT.share = 1");
  }
  if (lost.fate != Fate::taken_by && !lost.takers.empty()) {
    diagnostics.error(key + ".taken_by", "is used only with fate = \"taken_by\"");
  }
  const std::vector<Bounds> bounds = parameter_bounds(scenario);
  for (const LostOutput::Taker& taker : lost.takers) {
    const std::optional<Number>& production = scenario.plants[taker.plant].production;
    if (production && production->bounds(bounds).low > 0)
      continue;
    diagnostics.error(key + ".taken_by." + scenario.plants[taker.plant].id,
                      "this plant has no production of its own to which the taken output can be "
                      "added; give plants." +
                          scenario.plants[taker.plant].id + ".production");
  }
}

Handover::Handover(World& world, Index measure, const LostOutput& lost)
    : world_(world), measure_(measure), lost_(lost), who_(world.new_influence()) {}

void Handover::take(double amount, Duration length) {
  for (const LostOutput::Taker& taker : lost_.takers) {
    const double wanted = amount * world_.draw().value(taker.share);
    const double free =
        std::max(0.0, world_.capacity(taker.plant) - world_.production_now(taker.plant));
    if (wanted > free) {
      const std::string& id = world_.scenario().plants[taker.plant].id;
      world_.log(measure_, id + " is at its capacity: part of the output is lost");
    }
    const double share = std::min(wanted, free) / world_.nominal_production(taker.plant);
    taken_.push_back(share);
    world_.add_to_plant(taker.plant, who_, Ramp::linear(0, share, world_.now(), length));
  }
}

void Handover::keep(double part, Duration length) {
  const double from = std::exchange(part_, part);
  for (std::size_t i = 0; i < taken_.size(); ++i) {
    world_.add_to_plant(lost_.takers[i].plant, who_,
                        Ramp::linear(from * taken_[i], part * taken_[i], world_.now(), length));
  }
}

void Handover::end() {
  for (const LostOutput::Taker& taker : lost_.takers)
    world_.lift_plant(taker.plant, who_);
  taken_.clear();
}

Outage::Outage(World& world, Index measure, const LostOutput& lost,
               const std::vector<Index>& sources, const std::vector<Index>& plants)
    : world_(world), measure_(measure), lost_(lost), handover_(world, measure, lost),
      who_(world.new_influence()), since_(world.now()) {
  double amount = 0;
  for (const Index s : sources)
    sources_.push_back({s, world_.share_now(s)});
  for (const Index p : plants) {
    const double production = world_.production_now(p);
    amount += production;
    plants_.push_back({p, production > 0 ? production / world_.nominal_production(p) : 0.0});
  }
  for (const Index s : sources)
    world_.scale_source(s, who_, Ramp::constant(0));
  for (const Index p : plants)
    world_.scale_plant(p, who_, Ramp::constant(0));
  handover_.take(amount);
}

void Outage::end() {
  for (const Stopped& source : sources_)
    world_.lift_source(source.index, who_);
  for (const Stopped& plant : plants_)
    world_.lift_plant(plant.index, who_);
  handover_.end();
  if (lost_.fate == LostOutput::Fate::made_up)
    make_up();
}

void Outage::make_up() {
  const double rate = world_.draw().value(*lost_.made_up_at);
  const double lost_seconds = static_cast<double>((world_.now() - since_).count());
  world_.simulation().spawn(
      "make up lost output", world_.blueprint().entity_of_measure(measure_),
      run_above_nominal(world_, sources_, plants_, rate,
                        whole_seconds(std::min(lost_seconds / rate, kLongest))));
}

} // namespace lantian
