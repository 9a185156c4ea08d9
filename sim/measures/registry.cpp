#include "measures/registry.hpp"

#include "measures/alert_response.hpp"
#include "measures/closure.hpp"
#include "measures/dry_quenching.hpp"
#include "measures/grading.hpp"
#include "measures/patrol.hpp"
#include "measures/programme.hpp"
#include "measures/regeneration_centre.hpp"
#include "measures/relocation.hpp"
#include "measures/retrofit.hpp"
#include "measures/stockpile.hpp"
#include "measures/substitution.hpp"
#include "measures/ultra_low_emission.hpp"

namespace lantian {

std::vector<Kind> measure_kinds() {
  return {
      retrofit_kind(),
      ultra_low_emission_kind(),
      dry_quenching_kind(),
      relocation_kind(),
      closure_kind(),
      alert_response_kind(),
      grading_kind(),
      patrol_kind(),
      substitution_kind(),
      programme_kind(),
      regeneration_centre_kind(),
      stockpile_kind(),
  };
}

void spawn_measures(World& world) {
  const Table<Entry>& measures = world.scenario().measures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const auto& plan = static_cast<const MeasurePlan&>(*measures[m].plan);
    const auto measure = static_cast<Index>(m);
    world.simulation().spawn("measures." + measures[m].id, world.blueprint().entity_of_measure(m),
                             plan.run(world, measure));
  }
}

} // namespace lantian
