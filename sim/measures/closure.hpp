#pragma once

// `closure`: plants or sources end. An idle plant earns no reduction by closing.

#include "measures/measure.hpp"

#include <optional>
#include <vector>

namespace lantian {

struct Closure : MeasurePlan {
  std::vector<Index> plants;
  std::vector<Index> sources;
  std::optional<Number> wind_down; //!< straight line to zero (chance) [s]

  Process run(World& world, Index measure) const override;
};

Kind closure_kind();

//! Winds plants and sources down to nothing over `length`. Returns what the plants made until now
//! [product amount/calendar year].
double wind_down(World& world, const std::vector<Index>& plants, const std::vector<Index>& sources,
                 Duration length);

} // namespace lantian
