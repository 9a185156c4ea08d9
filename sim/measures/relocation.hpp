#pragma once

// `relocation`: a new plant is built elsewhere within a swap ratio of capacity; the old one is
// wound down and closed in the order that the rule demands; the new one starts at part load and
// ramps up. In between nobody makes the output, or others do: the scenario must say.

#include "measures/measure.hpp"

#include <optional>
#include <vector>

namespace lantian {

struct Relocation : MeasurePlan {
  Index old_plant = kNone;
  Index new_plant = kNone;
  std::vector<Index> capacity_from; //!< further plants whose capacity is given up for the new one
  double swap_ratio = 1;            //!< capacity given up per capacity built, at least
  bool closes_first = true;         //!< the old plant must be shut before the new one starts
  bool closes_if_cancelled = false;
  std::optional<Number> wind_down; //!< straight line to zero (chance) [s]
  std::optional<Number> gap; //!< between the end of one and the start of the other (chance) [s]
  std::optional<Number> commissioning;         //!< at the starting share (chance) [s]
  Number starting_share = Number::constant(1); //!< of nominal production
  std::optional<Number> ramp_up;               //!< from there to all (chance) [s]

  Process run(World& world, Index measure) const override;
};

Kind relocation_kind();

} // namespace lantian
