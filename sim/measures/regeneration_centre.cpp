#include "measures/regeneration_centre.hpp"

#include "measures/carbon_centre.hpp"
#include "measures/project.hpp"
#include "measures/project_checks.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lantian {

namespace {

const FieldTable<RegenerationCentre>& centre_fields() {
  using Centre = RegenerationCentre;
  static const auto fields =
      FieldTable<Centre>("regeneration_centre",
                         "A centre regenerates the activated carbon of many shops.")
          .include(project_fields())
          .references("controls", &Centre::controls,
                      {.doc = "Beds of carbon that it serves once it is built.",
                       .required = true,
                       .table = "controls"})
          .number("change_at", &Centre::change_at,
                  {.doc = "Load at which carbon is changed, as a share of what it can hold.",
                   .dimension = kDimensionless,
                   .low = 0.01,
                   .high = 2})
          .number("change_every", &Centre::change_every,
                  {.doc = "Time after which carbon is changed.",
                   .dimension = kTime,
                   .unit = "month",
                   .low = 3600,
                   .chance = true})
          .reference("truck", &Centre::truck,
                     {.doc = "Crews of which one is bound for each round.",
                      .preset = "there are enough",
                      .table = "resources"})
          .number("transport", &Centre::transport,
                  {.doc = "Way to a shop, and the same back.",
                   .dimension = kTime,
                   .unit = "h",
                   .low = 0,
                   .preset = "0 h",
                   .chance = true})
          .number("spare_carbon", &Centre::spare_carbon,
                  {.doc = "Carbon in stock at the opening, against which spent carbon is "
                          "exchanged; without it a bed is empty while its carbon is away.",
                   .dimension = kMass,
                   .unit = "t",
                   .low = 0,
                   .preset = "0 t"})
          .integer("kilns", &Centre::kilns,
                   {.doc = "Kilns.", .low = 1, .high = 1000, .preset = "1"})
          .number("throughput", &Centre::throughput,
                  {.doc = "Carbon that one kiln regenerates.",
                   .required = true,
                   .dimension = kMassRate,
                   .unit = "kg/h",
                   .low = 0,
                   .above_low = true})
          .number("recovery", &Centre::recovery,
                  {.doc = "Share of its capacity that carbon keeps each time.",
                   .dimension = kDimensionless,
                   .low = 0.01,
                   .high = 1,
                   .preset = "1"})
          .number("make_up", &Centre::make_up,
                  {.doc = "Share of the carbon that is replaced by fresh each time.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "0"})
          .reference("centre", &Centre::centre,
                     {.doc = "Source whose activity is the carbon that goes through the kilns.",
                      .required = true,
                      .table = "sources"})
          .reference("oxidiser", &Centre::oxidiser,
                     {.doc = "Source whose activity is what is driven off the carbon.",
                      .required = true,
                      .table = "sources"})
          .reference("waste", &Centre::waste,
                     {.doc = "Source whose activity is the carbon that fresh one replaces.",
                      .table = "sources"})
          .number("cost", &Centre::cost,
                  {.doc = "Running cost of regenerating.",
                   .dimension = kMoney / kMass,
                   .unit = "CNY/kg",
                   .low = 0})
          .number("trip_cost", &Centre::trip_cost,
                  {.doc = "Cost of a truck's round.", .dimension = kMoney, .unit = "CNY", .low = 0})
          .exactly_one({"change_at", "change_every"});
  return fields;
}

//! What a bed holds back; kNone where its own checks have found fault with it.
Index pollutant_of(const Control& control) {
  return control.efficiency.empty() ? kNone : control.efficiency[0].pollutant;
}

//! A bed must stand on a source, and what is driven off it must be emitted somewhere.
void check_bed(Index bed, const Source& oxidiser, const Scenario& scenario, const std::string& key,
               Diagnostics& diagnostics) {
  const Control& control = scenario.controls[bed];
  const auto stands_on = [bed](const Source& source) {
    return std::find(source.controls.begin(), source.controls.end(), bed) != source.controls.end();
  };
  if (std::none_of(scenario.sources.begin(), scenario.sources.end(), stands_on)) {
    diagnostics.error(key + ".controls",
                      fmt::format("controls.{} stands on no source", control.id));
  }
  const Index pollutant = pollutant_of(control);
  const auto emits_it = [pollutant](const EmissionFactor& emits) {
    return emits.raw && emits.pollutant == pollutant;
  };
  if (pollutant == kNone || std::any_of(oxidiser.emits.begin(), oxidiser.emits.end(), emits_it))
    return;
  diagnostics.error(key + ".oxidiser",
                    fmt::format("sources.{0} emits no {1}: say with emits.{1}.raw what becomes of "
                                "what is driven off (\"1 kg/kg\", and a control that destroys it)",
                                oxidiser.id, scenario.pollutants[pollutant].id));
}

void check_beds(const RegenerationCentre& plan, const Scenario& scenario, const std::string& key,
                Diagnostics& diagnostics) {
  const auto bounds = parameter_bounds(scenario);
  double largest = 0;
  for (const Index bed : plan.controls) {
    const Control& control = scenario.controls[bed];
    if (!control.adsorber) {
      diagnostics.error(
          key + ".controls",
          fmt::format("controls.{} is no bed of carbon; give it an 'adsorber'", control.id));
      continue;
    }
    check_bed(bed, scenario.sources[plan.oxidiser], scenario, key, diagnostics);
    largest = std::max(largest, control.adsorber->bed.bounds(bounds).high);
  }
  const Bounds spare = plan.spare_carbon.bounds(bounds);
  if (spare.high > 0 && spare.low < largest) {
    diagnostics.error(key + ".spare_carbon",
                      fmt::format("may be {:g} kg, and the largest bed needs {:g} kg: it would "
                                  "wait for ever; give 0 or more than that",
                                  spare.low, largest));
  }
}

void check_centre(const RegenerationCentre& plan, const Scenario& scenario, const std::string& key,
                  Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  for (const Stage& stage : plan.stages) {
    if (stage.effect == Effect::ramp) {
      diagnostics.error(key + ".stages[" + stage.id + "].effect",
                        "a centre opens at once: say step");
    }
  }
  check_counter(plan.centre, "the carbon that goes through the kilns", scenario, key + ".centre",
                diagnostics);
  check_counter(plan.oxidiser, "what is driven off the carbon", scenario, key + ".oxidiser",
                diagnostics);
  if (plan.waste != kNone && scenario.sources[plan.waste].activity.dimension() != kMassRate) {
    diagnostics.error(key + ".waste", "a mass per time is needed: it counts spent carbon");
  }
  check_beds(plan, scenario, key, diagnostics);
  if (plan.truck != kNone && scenario.resources[plan.truck].kind != ResourceKind::counted) {
    diagnostics.error(key + ".truck",
                      scenario.resources[plan.truck].id + " is a budget; name crews");
  }
}

Process regeneration_centre(World& world, Index measure, const RegenerationCentre& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead)
    co_return;

  CarbonCentre centre(world, measure, plan);
  const TakeEffect effect = [&](Duration) { centre.open(); };
  const bool is_built = co_await project.carry_out(plan.stages, effect);
  if (!is_built)
    co_return;
  project.complete();
  project.finish();

  co_await world.simulation().until(kNever); // the centre works on
}

} // namespace

Process RegenerationCentre::run(World& world, Index measure) const {
  return regeneration_centre(world, measure, *this);
}

Kind regeneration_centre_kind() {
  return make_kind<RegenerationCentre>("regeneration_centre",
                                       "A centre regenerates the activated carbon of many shops.",
                                       centre_fields(), check_centre);
}

} // namespace lantian
