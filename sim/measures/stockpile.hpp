#pragma once

// A pile of waste: made in proportion to what some sources do, used by a line that the measure
// builds, and stored in between. The pile is there from the start of the horizon, whatever becomes
// of the line; the line uses as much as it can, and where the pile is used up, what is made. The
// wind takes a share of the pile with it each year, as dust.

#include "measures/measure.hpp"
#include "scenario/kind.hpp"

#include <optional>
#include <vector>

namespace lantian {

struct Stockpile : MeasurePlan {
  struct Generation {
    Index source = kNone;
    Number ratio = Number::constant(0); //!< waste per unit of its activity
  };
  std::vector<Generation> generation;
  Number initial = Number::constant(0);   //!< pile at the start [kg]
  Index line = kNone;                     //!< source whose activity is the waste used; idle
  Index waste = kNone;                    //!< source whose activity is the waste made
  Index dust = kNone;                     //!< source whose activity is what the wind takes
  Number wind_loss = Number::constant(0); //!< share of the pile [1/year]

  Process run(World& world, Index measure) const override;
};

Kind stockpile_kind();

} // namespace lantian
