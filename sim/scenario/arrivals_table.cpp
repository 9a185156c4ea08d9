#include "scenario/inventory_tables.hpp"

namespace lantian {

const FieldTable<ArrivalsRow>& arrivals_fields() {
  static const auto fields =
      named_table<ArrivalsRow>("arrivals", "Occurrences that come at random, last a while and end "
                                           "by themselves: fires, leaks, dust events, overflows.")
          .reference("source", &ArrivalsRow::source,
                     {.doc = "The source whose activity they are, beside its nominal one; its "
                             "emission factors, factors and ceilings hold for them.",
                      .required = true,
                      .table = "sources"})
          .number("per_year", &ArrivalsRow::per_year,
                  {.doc = "Mean number in a calendar year.",
                   .required = true,
                   .dimension = kDimensionless / kTime,
                   .unit = "/year",
                   .low = 0})
          .reference("profile", &ArrivalsRow::profile,
                     {.doc = "How their rate is spread over the year.",
                      .preset = "flat",
                      .table = "profiles"})
          .number("amount", &ArrivalsRow::amount,
                  {.doc = "Activity of one that runs to its natural end.",
                   .unit = "t",
                   .low = 0,
                   .chance = true})
          .number("flow", &ArrivalsRow::flow,
                  {.doc = "Activity of one per time, while it lasts.",
                   .unit = "kg/h",
                   .low = 0,
                   .chance = true})
          .number("lasts", &ArrivalsRow::lasts,
                  {.doc = "Time to its natural end.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "h",
                   .low = 0,
                   .chance = true})
          .integer("sites", &ArrivalsRow::sites,
                   {.doc = "Each falls on one of so many sites, evenly at random.",
                    .low = 1,
                    .high = 1e9,
                    .preset = "1"})
          .duration("run_in", &ArrivalsRow::run_in,
                    {.doc = "How long before the horizon they begin, so that it starts with those "
                            "that are still open then.",
                     .unit = "year",
                     .low = 0,
                     .high = 100 * kSecondsPerYear,
                     .preset = "0 s"})
          .exactly_one({"amount", "flow"});
  return fields;
}

} // namespace lantian
