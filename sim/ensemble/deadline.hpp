#pragma once

// `deadline`: all measures named must have reached a milestone by the end of a day.

#include "ensemble/target.hpp"
#include "kernel/time.hpp"
#include "scenario/table.hpp"
#include "world/books.hpp"

#include <vector>

namespace lantian {

struct Deadline : TargetPlan {
  std::vector<Index> measures;
  Milestone milestone = Milestone::works;
  Time date{};

  //! The end of the last day, by which it must be.
  Time due() const { return date + std::chrono::days{1}; }
  std::unique_ptr<Judge> judge(const Recorder& recorder) const override;
  std::string margin_unit(const Scenario& scenario) const override;
};

Kind deadline_kind();

} // namespace lantian
