#pragma once

// A kind of measure and one of target, as small as they can be, to test what the scenario floor
// does with any kind.

#include <string>
#include <vector>

#include "scenario/field_table.hpp"
#include "scenario/kind.hpp"
#include "scenario/scenario.hpp"

namespace lantian::toy {

struct Stage {
  std::string id;
  Number duration; //!< [s], chance
  std::vector<std::pair<Index, Number>> crews;
};

struct Filter : Plan {
  Time start{};
  Index source = kNone;
  Number efficiency;
  std::vector<Index> after;
  std::vector<Stage> stages;
};

struct ByDate : Plan {
  std::vector<Index> measures;
  Time date{};
};

inline const FieldTable<Stage>& stage_fields() {
  static const auto fields = FieldTable<Stage>("stage", "One step of the work.")
                                 .id("id", &Stage::id, {.doc = "Its name.", .required = true})
                                 .number("duration", &Stage::duration,
                                         {.doc = "How long it takes.",
                                          .required = true,
                                          .dimension = kTime,
                                          .low = 0,
                                          .chance = true})
                                 .keyed_numbers("crews", &Stage::crews,
                                                {.doc = "Crews it needs.",
                                                 .dimension = kDimensionless,
                                                 .low = 0,
                                                 .table = "resources"});
  return fields;
}

inline const FieldTable<Filter>& filter_fields() {
  static const auto fields =
      FieldTable<Filter>("filter", "A filter on a source.")
          .date("start", &Filter::start, {.doc = "When work begins.", .required = true})
          .reference("source", &Filter::source,
                     {.doc = "Where it is put.", .required = true, .table = "sources"})
          .number("efficiency", &Filter::efficiency,
                  {.doc = "Share removed.", .dimension = kDimensionless, .low = 0, .high = 1})
          .references("after", &Filter::after,
                      {.doc = "Measures that must be done before.", .table = "measures"})
          .tables("stages", &Filter::stages, stage_fields(), {.doc = "The work."});
  return fields;
}

inline const FieldTable<ByDate>& by_date_fields() {
  static const auto fields =
      FieldTable<ByDate>("by_date", "Measures are done by a date.")
          .references("measures", &ByDate::measures,
                      {.doc = "Which.", .required = true, .table = "measures"})
          .date("date", &ByDate::date, {.doc = "By when.", .required = true});
  return fields;
}

inline void check_filter(const Filter& filter, const Scenario& scenario, const std::string& key,
                         Diagnostics& diagnostics) {
  if (filter.start >= scenario.end) {
    diagnostics.error(key + ".start", "lies after the end of the scenario");
  }
  for (const Stage& stage : filter.stages) {
    for (const auto& [resource, crews] : stage.crews) {
      const ResourceRow& row = scenario.resources[resource];
      if (crews.value({}) > static_cast<double>(row.capacity)) {
        diagnostics.error(key + ".stages[" + stage.id + "].crews." + row.id,
                          "is more than there are (" + std::to_string(row.capacity) + ")");
      }
    }
  }
}

inline const KindRegistry& kinds() {
  static const KindRegistry registry{
      {make_kind("filter", "A filter on a source.", filter_fields(), check_filter)},
      {make_kind("by_date", "Measures are done by a date.", by_date_fields())}};
  return registry;
}

} // namespace lantian::toy
