#include "measures/lost_output.hpp"

#include "kernel/process.hpp"

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

double taken_share(const World& world, const LostOutput::Taker& taker, double amount) {
  return amount * world.draw().value(taker.share) / world.nominal_production(taker.plant);
}

//! Runs the sources and plants above nominal until what they lost is made up.
Process make_up(World& world, std::vector<Index> sources, std::vector<Index> plants, double rate,
                Duration length) {
  const Influence who = world.new_influence();
  for (const Index s : sources) world.scale_source(s, who, Ramp::constant(1 + rate));
  for (const Index p : plants) world.scale_plant(p, who, Ramp::constant(1 + rate));
  co_await world.simulation().after(length);
  for (const Index s : sources) world.lift_source(s, who);
  for (const Index p : plants) world.lift_plant(p, who);
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
  for (const LostOutput::Taker& taker : lost.takers) {
    if (scenario.plants[taker.plant].production) continue;
    diagnostics.error(key + ".taken_by." + scenario.plants[taker.plant].id,
                      "this plant has no production of its own to which the taken output can be "
                      "added; give plants." +
                          scenario.plants[taker.plant].id + ".production");
  }
}

Outage::Outage(World& world, Index measure, const LostOutput& lost, std::vector<Index> sources,
               std::vector<Index> plants)
    : world_(world), measure_(measure), lost_(lost), sources_(std::move(sources)), plants_(std::move(plants)),
      who_(world.new_influence()), since_(world.now()) {
  double amount = 0;
  for (const Index p : plants_) amount += world_.production_now(p);
  for (const Index s : sources_) world_.scale_source(s, who_, Ramp::constant(0));
  for (const Index p : plants_) world_.scale_plant(p, who_, Ramp::constant(0));
  hand_to_takers(world_, lost_, who_, amount);
}

void Outage::end() {
  for (const Index s : sources_) world_.lift_source(s, who_);
  for (const Index p : plants_) world_.lift_plant(p, who_);
  for (const LostOutput::Taker& taker : lost_.takers) world_.lift_plant(taker.plant, who_);
  if (lost_.fate != LostOutput::Fate::made_up) return;
  const double rate = world_.draw().value(*lost_.made_up_at);
  const double lost_seconds = static_cast<double>((world_.now() - since_).count());
  world_.simulation().spawn("make up lost output", world_.blueprint().entity_of_measure(measure_),
                            make_up(world_, sources_, plants_, rate,
                                    whole_seconds(lost_seconds / rate)));
}

void hand_to_takers(World& world, const LostOutput& lost, Influence who, double amount,
                    Duration length) {
  for (const LostOutput::Taker& taker : lost.takers) {
    const double share = taken_share(world, taker, amount);
    world.add_to_plant(taker.plant, who, Ramp::linear(0, share, world.now(), length));
  }
}

void take_back(World& world, const LostOutput& lost, Influence who, double amount,
               Duration length) {
  for (const LostOutput::Taker& taker : lost.takers) {
    const double share = taken_share(world, taker, amount);
    world.add_to_plant(taker.plant, who, Ramp::linear(share, 0, world.now(), length));
  }
}

} // namespace lantian
