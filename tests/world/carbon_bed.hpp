#pragma once

// The bed of carbon of a spray shop: how it breaks through.

#include "world/adsorber.hpp"

namespace lantian {

//! Of 100 kg of fresh carbon; capacity in kg.
inline constexpr Breakthrough kBedLaw{.efficiency = 0.85, .capacity = 12};

//! Of carbon that holds so many kg.
constexpr Breakthrough holding(double capacity) {
  Breakthrough law = kBedLaw;
  law.capacity = capacity;
  return law;
}

//! What breaks through of a feed on a bed that has adsorbed `load` [kg].
inline double through(double feed, const Breakthrough& law = kBedLaw, double load = 0) {
  return AdsorberBed(law, load).take(feed);
}

} // namespace lantian
