#pragma once

// The field tables of the inventory, of what projects need and of what readers of results need:
// one function a table of the format.

#include "scenario/field_table.hpp"
#include "scenario/inventory.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

const FieldTable<Origin>& origin_fields();
const FieldTable<Pollutant>& pollutant_fields();
const FieldTable<Carrier>& carrier_fields();
const FieldTable<Zone>& zone_fields();
const FieldTable<District>& district_fields();
const FieldTable<Sector>& sector_fields();
const FieldTable<Profile>& profile_fields();
const FieldTable<Plant>& plant_fields();
const FieldTable<EmissionFactor>& emission_fields();
const FieldTable<Feed>& feed_fields();
const FieldTable<Source>& source_fields();
const FieldTable<Adsorber>& adsorber_fields();
const FieldTable<Control>& control_fields();
const FieldTable<ArrivalsRow>& arrivals_fields();
const FieldTable<Receptor>& receptor_fields();
const FieldTable<Dispersion>& dispersion_fields();
const FieldTable<Standard>& standard_fields();
const FieldTable<ResourceRow>& resource_fields();
const FieldTable<CalendarRow>& calendar_fields();
const FieldTable<Output>& output_fields();
const FieldTable<Published>& published_fields();
const FieldTable<Caveat>& caveat_fields();

//! The keys name and name_zh, which nearly every row has.
template <class Row> FieldTable<Row> named_table(std::string name, std::string doc) {
  FieldTable<Row> fields(std::move(name), std::move(doc));
  fields.text("name", &Row::name, {.doc = "Name in English.", .preset = "the id"});
  if constexpr (requires(Row row) { row.name_zh; }) {
    fields.text("name_zh", &Row::name_zh, {.doc = "Name in Chinese."});
  }
  return fields;
}

//! The keys latitude and longitude.
template <class Row> void add_coordinates(FieldTable<Row>& fields, std::string preset = "") {
  fields.fixed("latitude", &Row::latitude,
               {.doc = "Degrees north.",
                .dimension = kDimensionless,
                .low = -90,
                .high = 90,
                .preset = preset});
  fields.fixed("longitude", &Row::longitude,
               {.doc = "Degrees east.",
                .dimension = kDimensionless,
                .low = -180,
                .high = 180,
                .preset = preset});
}

} // namespace lantian
