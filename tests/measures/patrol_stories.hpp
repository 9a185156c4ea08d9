#pragma once

// A field on which fires break out, and a patrol that looks for them.

#include "measures/patrol.hpp"
#include "measures/stories.hpp"

#include <functional>

namespace lantian {

using FillPatrol = std::function<void(Patrol&)>;

//! Found with this probability, whatever the size.
inline Detectability surely(double probability) {
  return {fixed(probability), std::nullopt};
}

inline Patrol::Rounds rounds(double every_days, double probability, double response_days = 0) {
  Patrol::Rounds rounds;
  rounds.every = fixed_days(every_days);
  rounds.detects = surely(probability);
  rounds.response = fixed_days(response_days);
  return rounds;
}

//! Fires of 1 kg of PM on 4 sites, and a patrol from the first day on.
inline Inventory town_of_fires(double per_year, double lasts_days, FillPatrol fill) {
  Inventory town;
  town.source("field").makes(0).idle().raw("PM", 1);
  town.arrivals("fires", "field", per_year, lasts_days).row.sites = 4;
  town.measure<Patrol>("patrol", [fill](Patrol& plan, const Scenario& all) {
    plan.arrivals = {*all.arrivals.find("fires")};
    fill(plan);
  });
  return town;
}

} // namespace lantian
