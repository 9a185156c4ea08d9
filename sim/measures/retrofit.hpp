#pragma once

// `retrofit`: replaces or adds controls, factors or concentrations on chosen sources.

#include "measures/measure.hpp"
#include "measures/outlet_change.hpp"

#include <vector>

namespace lantian {

struct Retrofit : MeasurePlan {
  std::vector<SourceChange> changes;

  Process run(World& world, Index measure) const override;
};

Kind retrofit_kind();

} // namespace lantian
