#include <fmt/format.h>

#include "scenario/inventory_tables.hpp"
#include "scenario/number_reader.hpp"

namespace lantian {

namespace {

void check_hourly_cv(const EmissionFactor& emission, TableReader& reader) {
  if (reader.find("hourly_cv") != nullptr && !emission.limit) {
    reader.error("hourly_cv", "needs the key 'limit' beside it");
  }
}

const FieldTable<EnergyUse>& energy_fields() {
  static const auto fields =
      FieldTable<EnergyUse>("energy", "Electricity, steam or the like that a source uses (indirect "
                                      "account) or recovers (avoided account).")
          .number("uses", &EnergyUse::uses,
                  {.doc = "Used per unit of activity.", .unit = "kWh/t", .low = 0})
          .number("recovers", &EnergyUse::recovers,
                  {.doc = "Recovered per unit of activity.", .unit = "kWh/t", .low = 0});
  return fields;
}

const FieldTable<Failures>& failure_fields() {
  static const auto fields =
      FieldTable<Failures>("failures", "Random failures of a control and their repair.")
          .number("time_between", &Failures::time_between,
                  {.doc = "Operating time to the next failure.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "d",
                   .low = 0,
                   .above_low = true,
                   .chance = true})
          .number("repair", &Failures::repair,
                  {.doc = "How long it is out of service.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "h",
                   .low = 0,
                   .chance = true})
          .choice("on_failure", &Failures::on_failure,
                  {{"stop", OnFailure::stop}, {"bypass", OnFailure::bypass}},
                  {.doc = "Stop the units after the grace time, or let them run on uncontrolled.",
                   .preset = "\"stop\""})
          .duration("grace", &Failures::grace,
                    {.doc = "How long the units run on uncontrolled before they stop.",
                     .unit = "h",
                     .low = 0,
                     .preset = "0 h"});
  return fields;
}

const FieldTable<AgeingPoint>& ageing_fields() {
  static const auto fields =
      FieldTable<AgeingPoint>("ageing", "One corner of the ageing curve, linear in between.")
          .fixed("hours", &AgeingPoint::hours,
                 {.doc = "Operating hours, as a plain number.",
                  .required = true,
                  .dimension = kDimensionless,
                  .low = 0})
          .fixed("loss", &AgeingPoint::loss,
                 {.doc = "Efficiency lost by then, as an absolute share.",
                  .required = true,
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 1});
  return fields;
}

void check_ageing(const Control& control, TableReader& reader) {
  for (std::size_t i = 1; i < control.ageing.size(); ++i) {
    if (control.ageing[i].hours <= control.ageing[i - 1].hours) {
      reader.error("ageing", fmt::format("the hours must grow from corner to corner: {} follows {}",
                                         control.ageing[i].hours, control.ageing[i - 1].hours));
      return;
    }
  }
  if (control.age && control.ageing.empty() && !control.renewal) {
    reader.error("age", "says nothing without 'ageing' or 'renewal'");
  }
  for (const char* key : {"ageing", "renewal"}) {
    if (control.adsorber && reader.find(key) != nullptr) {
      reader.error(key, "a bed of carbon ages by what it adsorbs: leave this out, and say in "
                        "adsorber.change_every when it is changed");
    }
  }
}

void read_age(Control& control, const FieldInput& input) {
  const std::string* text = input.value.as_text();
  if (text != nullptr && *text == "stationary") {
    control.age = std::nullopt;
  } else {
    control.age = read_number(input);
  }
}

FieldInfo age_info() {
  FieldOptions options;
  options.doc = "Operating time at the start, or \"stationary\".";
  options.dimension = kTime;
  options.unit = "h";
  options.low = 0;
  options.preset = "stationary when renewed, else 0";
  return detail::info_of("age", FieldType::number, std::move(options));
}

void check_activity(const Source& source, TableReader& reader) {
  if (reader.find("activity") == nullptr || !reader.is_read()) {
    return;
  }
  const Dimension dimension = source.activity.dimension();
  if (dimension.time != -1) {
    reader.error("activity", fmt::format("{} is {}; an amount per time is needed, such as in "
                                         "'t/year'",
                                         written(*reader.find("activity")), describe(dimension)));
  } else if (!source.activity_unit.empty()) {
    try {
      const Unit unit = parse_unit(source.activity_unit);
      if (unit.dimension != dimension) {
        reader.error("activity_unit",
                     fmt::format("'{}' is {}, but the activity is {}", source.activity_unit,
                                 describe(unit.dimension), describe(dimension)));
      }
    } catch (const UnitError& error) {
      reader.error("activity_unit", error.what());
    }
  }
}

FieldTable<Source> with_coordinates(FieldTable<Source> fields) {
  add_coordinates(fields, "the plant's");
  return fields;
}

void default_activity_unit(Source& source, TableReader&) {
  if (source.activity_unit.empty()) {
    source.activity_unit = example_unit(source.activity.dimension());
  }
}

} // namespace

const FieldTable<EmissionFactor>& emission_fields() {
  static const auto fields =
      FieldTable<EmissionFactor>(
          "emission", "How much of a pollutant a unit of activity emits: either `raw`, before "
                      "control, or the outlet's `concentration` x `gas_volume`, after control.")
          .number("raw", &EmissionFactor::raw,
                  {.doc = "Amount per unit of activity before the controls of the source.",
                   .unit = "kg/t",
                   .low = 0})
          .number("concentration", &EmissionFactor::concentration,
                  {.doc = "Mean concentration at the outlet, after control.",
                   .dimension = kConcentration,
                   .unit = "mg/m3",
                   .low = 0})
          .number("gas_volume", &EmissionFactor::gas_volume,
                  {.doc = "Gas (or water) per unit of activity.", .unit = "m3/t", .low = 0})
          .number("bypass", &EmissionFactor::bypass,
                  {.doc = "Concentration while a failed control is bypassed.",
                   .dimension = kConcentration,
                   .unit = "mg/m3",
                   .low = 0})
          .number("oxygen", &EmissionFactor::oxygen,
                  {.doc = "Oxygen at which `concentration` was measured.",
                   .dimension = kDimensionless,
                   .unit = "%",
                   .low = 0,
                   .high = 0.2})
          .number("reference_oxygen", &EmissionFactor::reference_oxygen,
                  {.doc = "Oxygen to which it is corrected: C x (21 - reference)/(21 - measured).",
                   .dimension = kDimensionless,
                   .unit = "%",
                   .low = 0,
                   .high = 0.2})
          .number("limit", &EmissionFactor::limit,
                  {.doc = "Hourly limit at the outlet; makes it count for compliance.",
                   .dimension = kConcentration,
                   .unit = "mg/m3",
                   .low = 0,
                   .above_low = true})
          .fixed("hourly_cv", &EmissionFactor::hourly_cv,
                 {.doc = "Coefficient of variation of hourly means around the mean.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 10,
                  .preset = "0.3"})
          .number("capture", &EmissionFactor::capture,
                  {.doc = "Share captured and led to the control.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "1"})
          .number("fugitive_control", &EmissionFactor::fugitive_control,
                  {.doc = "Efficiency on what is not captured.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "0"})
          .exactly_one({"raw", "concentration"})
          .need("concentration", "gas_volume")
          .need("gas_volume", "concentration")
          .need("bypass", "concentration")
          .need("limit", "concentration")
          .need("oxygen", "reference_oxygen")
          .need("reference_oxygen", "oxygen")
          .need("oxygen", "concentration")
          .need("capture", "raw")
          .need("fugitive_control", "raw")
          .check(check_hourly_cv);
  return fields;
}

const FieldTable<Source>& source_fields() {
  static const auto fields =
      with_coordinates(named_table<Source>("source", "A process unit or group that emits."))
          .reference("plant", &Source::plant,
                     {.doc = "The plant it is part of.", .table = "plants"})
          .reference("district", &Source::district,
                     {.doc = "Where it is.", .preset = "the plant's", .table = "districts"})
          .reference("sector", &Source::sector,
                     {.doc = "Its sector.", .preset = "the plant's", .table = "sectors"})
          .fixed("release_height", &Source::release_height,
                 {.doc = "Effective height at which it emits: of the stack, and what the plume "
                         "rises. Without one it is left out of screening.",
                  .dimension = kLength,
                  .unit = "m",
                  .low = 0,
                  .preset = "the plant's"})
          .choice(
              "surroundings", &Source::surroundings,
              {{"rural", Surroundings::rural}, {"urban", Surroundings::urban}},
              {.doc = "The ground over which its plume spreads.", .preset = "that of [dispersion]"})
          .text("process", &Source::process,
                {.doc = "What happens in it: sinter, coke-chimney, …; the key of standards."})
          .number("activity", &Source::activity,
                  {.doc = "Nominal activity in a calendar year.",
                   .required = true,
                   .unit = "t/year",
                   .low = 0})
          .text("activity_unit", &Source::activity_unit,
                {.doc = "Unit in which activity is shown.", .preset = "by the dimension"})
          .reference("profile", &Source::profile,
                     {.doc = "How activity is spread over the year.",
                      .preset = "flat",
                      .table = "profiles"})
          .fixed_list("trend", &Source::trend,
                      {.doc = "Factor on activity in each calendar year from the first of the "
                              "horizon; the last holds on.",
                       .dimension = kDimensionless,
                       .low = 0,
                       .preset = "1"})
          .boolean("idle", &Source::idle,
                   {.doc = "It stands still until a measure starts it.", .preset = "false"})
          .boolean("background", &Source::background,
                   {.doc = "In the inventory for completeness; no measure may touch it.",
                    .preset = "false"})
          .keyed_tables("emits", &Source::emits, &EmissionFactor::pollutant, emission_fields(),
                        {.doc = "Emission of each pollutant.", .table = "pollutants"})
          .keyed_tables("energy", &Source::energy, &EnergyUse::carrier, energy_fields(),
                        {.doc = "Energy used and recovered.", .table = "carriers"})
          .references("controls", &Source::controls,
                      {.doc = "Controls that its captured emissions pass.", .table = "controls"})
          .table("feeds", &Source::feeds, feed_fields(),
                 {.doc = "The unit that works on what this one makes."})
          .include(origin_fields(), &Source::origin)
          .check(check_activity)
          .then(default_activity_unit);
  return fields;
}

const FieldTable<Control>& control_fields() {
  static const auto fields =
      named_table<Control>("control", "An abatement device on one or more sources.")
          .keyed_numbers("efficiency", &Control::efficiency,
                         {.doc = "Share removed, by pollutant; acts on `raw` emissions.",
                          .dimension = kDimensionless,
                          .low = 0,
                          .high = 1,
                          .table = "pollutants"})
          .boolean("in_service", &Control::in_service,
                   {.doc = "In service at the start; a retrofit may commission it later.",
                    .preset = "true"})
          .table("failures", &Control::failures, failure_fields(),
                 {.doc = "Random failures.", .preset = "it never fails"})
          .tables("ageing", &Control::ageing, ageing_fields(),
                  {.doc = "How its efficiency falls with operating hours."})
          .number("renewal", &Control::renewal,
                  {.doc = "Operating time after which it is as new.",
                   .dimension = kTime,
                   .unit = "h",
                   .low = 0,
                   .above_low = true})
          .custom(age_info(), read_age)
          .table("adsorber", &Control::adsorber, adsorber_fields(),
                 {.doc = "It is a bed of activated carbon, whose efficiency is that of fresh "
                         "carbon and falls with what it has adsorbed."})
          .include(origin_fields(), &Control::origin)
          .check(check_ageing);
  return fields;
}

} // namespace lantian
