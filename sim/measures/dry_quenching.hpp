#pragma once

// `dry_quenching`: coke moves from the wet tower to a dry quencher, which recovers power and steam,
// saves water and has a vent of its own. In every planned repair and every failure of the dry
// quencher the coke goes back to the wet tower, which is kept for that.

#include "measures/measure.hpp"

#include <chrono>
#include <optional>

namespace lantian {

struct DryQuenching : MeasurePlan {
  //! The yearly repair, from the same day every year.
  struct YearlyRepair {
    std::chrono::month_day on{};
    Number duration = Number::constant(0); //!< (chance) [s]
  };
  //! Random failures.
  struct Breakdowns {
    Number time_between = Number::constant(0); //!< (chance) [s]
    Number repair = Number::constant(0);       //!< (chance) [s]
  };

  Index wet = kNone;                  //!< source of the wet tower
  Index dry = kNone;                  //!< source of the dry quencher's vent, idle at first
  Number share = Number::constant(1); //!< of the coke that is quenched dry
  std::optional<YearlyRepair> yearly_repair;
  std::optional<Breakdowns> breakdowns;

  Process run(World& world, Index measure) const override;
  double most_moved(Index source, const Scenario& scenario) const override;
};

Kind dry_quenching_kind();

} // namespace lantian
