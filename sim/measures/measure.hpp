#pragma once

// A MeasurePlan is what a kind of measure read from its table, and the process that carries it out
// in a world. A new kind is one pair of files with a struct derived from this, its field table, its
// check and its process, and one line in registry.cpp.

#include "kernel/process.hpp"
#include "measures/project_plan.hpp"
#include "scenario/kind.hpp"
#include "world/world.hpp"

namespace lantian {

struct MeasurePlan : Plan, ProjectPlan {
  //! The measure's life in one replication.
  virtual Process run(World& world, Index measure) const = 0;
  //! The largest share of a source's activity that it may move away, so that no source is asked for
  //! more than it has.
  virtual double most_moved(Index, const Scenario&) const { return 0; }
};

} // namespace lantian
