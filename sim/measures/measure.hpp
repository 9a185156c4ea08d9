#pragma once

// A MeasurePlan is what a kind of measure read from its table, and the process that carries it out
// in a world. A new kind is one pair of files with a struct derived from this, its field table, its
// check and its process, and one line in registry.cpp.

#include "kernel/process.hpp"
#include "measures/project_plan.hpp"
#include "scenario/kind.hpp"
#include "world/world.hpp"

#include <vector>

namespace lantian {

//! A share of a source's activity that a measure moves away, at most at any time.
struct ShareMoved {
  Index from = kNone;
  Number share = Number::constant(1);
};

struct MeasurePlan : Plan, ProjectPlan {
  //! The measure's life in one replication.
  virtual Process run(World& world, Index measure) const = 0;
  //! What it moves between sources, so that no source is asked for more than it has.
  virtual std::vector<ShareMoved> moves() const { return {}; }
};

} // namespace lantian
