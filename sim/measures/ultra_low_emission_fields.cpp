#include "measures/ultra_low_emission.hpp"

namespace lantian {

namespace {

using Organised = UltraLowEmission::Organised;
using Fugitive = UltraLowEmission::Fugitive;
using Transport = UltraLowEmission::Transport;
using Retuning = UltraLowEmission::Retuning;
using Delisting = UltraLowEmission::Delisting;

const FieldTable<Organised>& organised_fields() {
  static const auto fields =
      FieldTable<Organised>("organised", "Stacks brought to the limits of a standard.")
          .references(
              "sources", &Organised::sources,
              {.doc = "Sources that are brought there.", .required = true, .table = "sources"})
          .reference(
              "standard", &Organised::standard,
              {.doc = "Limits by process and pollutant.", .required = true, .table = "standards"})
          .number("ratio", &Organised::ratio,
                  {.doc = "Mean concentration over limit; a limit is never an emission.",
                   .required = true,
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 2})
          .tables("stages", &Organised::stages, stage_fields(), {.doc = "Its stages, in order."});
  return fields;
}

const FieldTable<Fugitive>& fugitive_fields() {
  static const auto fields =
      FieldTable<Fugitive>("fugitive", "Yards and buildings closed in.")
          .references("sources", &Fugitive::sources,
                      {.doc = "Sources that are closed in.", .required = true, .table = "sources"})
          .number("control", &Fugitive::control,
                  {.doc = "Efficiency on what is not captured, afterwards.",
                   .required = true,
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1})
          .tables("stages", &Fugitive::stages, stage_fields(), {.doc = "Its stages, in order."});
  return fields;
}

const FieldTable<Transport>& transport_fields() {
  static const auto fields =
      FieldTable<Transport>("transport", "Freight moved to clean transport.")
          .reference("from", &Transport::from,
                     {.doc = "The lorries.", .required = true, .table = "sources"})
          .reference("to", &Transport::to,
                     {.doc = "Rail, belt or new-energy lorries; idle at first.",
                      .required = true,
                      .table = "sources"})
          .number("share", &Transport::share,
                  {.doc = "Share of the lorries' freight that moves.",
                   .required = true,
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1})
          .tables("stages", &Transport::stages, stage_fields(), {.doc = "Its stages, in order."});
  return fields;
}

const FieldTable<Retuning>& retuning_fields() {
  static const auto fields =
      FieldTable<Retuning>("retuning", "What follows a trial with too many hours above the limit.")
          .number("duration", &Retuning::duration,
                  {.doc = "Time that it takes.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "day",
                   .low = 0,
                   .chance = true})
          .fixed("factor", &Retuning::factor,
                 {.doc = "Factor on the concentrations.",
                  .required = true,
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 1});
  return fields;
}

const FieldTable<Delisting>& delisting_fields() {
  static const auto fields =
      FieldTable<Delisting>("delisting", "When it is taken off the list, to be assessed anew.")
          .integer("months", &Delisting::months,
                   {.doc = "Calendar months in a row in which some outlet breaks the rule of "
                           "`allowed_exceedance`.",
                    .low = 1,
                    .high = 120,
                    .preset = "3"});
  return fields;
}

} // namespace

const FieldTable<UltraLowEmission>& ultra_low_emission_fields() {
  static const auto fields =
      FieldTable<UltraLowEmission>("ultra_low_emission",
                                   "A plant is brought to the ultra-low limits in three limbs.")
          .include(project_fields())
          .table("organised", &UltraLowEmission::organised, organised_fields(),
                 {.doc = "Stacks brought to the limits."})
          .table("fugitive", &UltraLowEmission::fugitive, fugitive_fields(),
                 {.doc = "Yards and buildings closed in."})
          .table("transport", &UltraLowEmission::transport, transport_fields(),
                 {.doc = "Freight moved to clean transport."})
          .number("stable_running", &UltraLowEmission::stable_running,
                  {.doc = "Running before each assessment.",
                   .dimension = kTime,
                   .unit = "day",
                   .low = 0,
                   .preset = "30 day",
                   .chance = true})
          .fixed("allowed_exceedance", &UltraLowEmission::allowed_exceedance,
                 {.doc = "Share of hours that may exceed the limit.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 1,
                  .preset = "0.05"})
          .table("retuning", &UltraLowEmission::retuning, retuning_fields(),
                 {.doc = "What follows a failed assessment."})
          .number("publication", &UltraLowEmission::publication,
                  {.doc = "From assessment to the published list.",
                   .dimension = kTime,
                   .unit = "month",
                   .low = 0,
                   .preset = "at once",
                   .chance = true})
          .table("delisting", &UltraLowEmission::delisting, delisting_fields(),
                 {.doc = "Taken off the list on persistent breach.", .preset = "it stays listed"});
  return fields;
}

} // namespace lantian
