#pragma once

// A TargetPlan is what a kind of target read from its table; it makes the Judge that judges every
// replication. A new kind is one pair of files and one line in target_registry.cpp.

#include "ensemble/judge.hpp"
#include "scenario/field_table.hpp"
#include "scenario/kind.hpp"
#include "world/rolling_window.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

class Recorder;

struct TargetPlan : Plan {
  //! Why nobody can say whether it is met with this inventory; empty where one can.
  std::string not_assessable;
  std::string not_assessable_zh; //!< the same in Chinese

  virtual std::unique_ptr<Judge> judge(const Recorder& recorder) const = 0;
  //! Unit of the margin, for the results.
  virtual std::string margin_unit(const Scenario& scenario) const = 0;
  //! What is to be followed in time for it: a row of the axis `window`. Most need nothing.
  virtual std::optional<RollingWindow> follows(const Scenario&) const { return {}; }
};

//! Fields that every kind of target has.
const FieldTable<TargetPlan>& target_fields();

//! What all targets follow, in id order.
std::vector<RollingWindow> followed_windows(const Scenario& scenario);

std::vector<Kind> target_kinds();

} // namespace lantian
