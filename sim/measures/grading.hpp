#pragma once

// `grading`: the performance grade of a plant, A to D, by which it has to curtail in an alert.
// Audits raise it: each, if passed, gives the best grade that the plant is good enough for, up to
// the one it aims at. Months with too many hours above a limit lower it by one, and no audit is
// held before the probation is over. Who else needs the grade is told by World::grade_changed.
//
//   begin: start, predecessors, delay; then, while the grade is below the aim,
//     an audit when it is due and the probation is over; the next one `every` later
//   beside it, from the start on: at the end of each month, was it a breach?

#include "measures/measure.hpp"

#include <optional>

namespace lantian {

struct Grading : MeasurePlan {
  //! Probability that an audit finds the plant good enough for a grade; absent is that for the
  //! better one.
  struct Pass {
    std::optional<Number> A, B, C;
  };
  struct Breach {
    double above = 0.05;                    //!< share of a month's valid hours above the limit
    Number probation = Number::constant(0); //!< before the next audit (chance) [s]
  };

  Index plant = kNone;
  Grade aim = Grade::A;
  Number every = Number::constant(0); //!< from one audit to the next (chance) [s]
  Pass pass;
  std::optional<Breach> breach;

  Process run(World& world, Index measure) const override;
};

Kind grading_kind();

} // namespace lantian
