#include "scenario/inventory_tables.hpp"

namespace lantian {

const FieldTable<Feed>& feed_fields() {
  static const auto fields =
      FieldTable<Feed>("feed", "A unit that works on what this one makes, and the stock in "
                               "between: it is limited only when the stock is used up.")
          .reference("unit", &Feed::unit,
                     {.doc = "Source that draws on it.", .required = true, .table = "sources"})
          .number("ratio", &Feed::ratio,
                  {.doc = "Amount made here that a unit of its activity takes.",
                   .unit = "t/t",
                   .low = 0,
                   .above_low = true,
                   .preset = "that of the nominal activities"})
          .number("stock", &Feed::stock,
                  {.doc = "Largest stock, as time for which it covers the nominal draw; full at "
                          "the start.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "d",
                   .low = 0});
  return fields;
}

const FieldTable<Adsorber>& adsorber_fields() {
  static const auto fields =
      FieldTable<Adsorber>("adsorber", "A bed of activated carbon: efficiency / (1 + exp((m/M - "
                                       "midpoint)/width)) after m was adsorbed, M = bed x "
                                       "capacity.")
          .number("bed", &Adsorber::bed,
                  {.doc = "Carbon in the bed.",
                   .required = true,
                   .dimension = kMass,
                   .unit = "kg",
                   .low = 0,
                   .above_low = true})
          .number("capacity", &Adsorber::capacity,
                  {.doc = "What fresh carbon is meant to hold per mass of carbon.",
                   .required = true,
                   .dimension = kDimensionless,
                   .unit = "kg/kg",
                   .low = 0,
                   .above_low = true})
          .fixed("midpoint", &Adsorber::midpoint,
                 {.doc = "Load at which the efficiency is halved, as a share of the capacity.",
                  .dimension = kDimensionless,
                  .low = 0.1,
                  .high = 2,
                  .preset = "0.9"})
          .fixed("width", &Adsorber::width,
                 {.doc = "Width of the breakthrough, as a share of the capacity.",
                  .dimension = kDimensionless,
                  .low = 0.01,
                  .high = 1,
                  .preset = "0.07"})
          .number("load", &Adsorber::load,
                  {.doc = "What it has adsorbed at the start, as a share of the capacity.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 2,
                   .preset = "0"})
          .number("change_every", &Adsorber::change_every,
                  {.doc = "Time from one change to fresh carbon to the next.",
                   .dimension = kTime,
                   .unit = "month",
                   .low = 3600,
                   .preset = "never changed",
                   .chance = true})
          .number("first_change", &Adsorber::first_change,
                  {.doc = "Time from the start to the first change.",
                   .dimension = kTime,
                   .unit = "month",
                   .low = 0,
                   .preset = "change_every",
                   .chance = true})
          .number("carbon_cost", &Adsorber::carbon_cost,
                  {.doc = "Price of fresh carbon, disposal of the spent one included.",
                   .dimension = kMoney / kMass,
                   .unit = "CNY/kg",
                   .low = 0})
          .reference("waste", &Adsorber::waste,
                     {.doc = "Source whose activity is the spent carbon that is thrown away.",
                      .table = "sources"})
          .need("first_change", "change_every");
  return fields;
}

} // namespace lantian
