#pragma once

// `compliance`: the outlets of a plant must keep their hourly limits in a share of the valid hours
// of each month, from one date to another.

#include "ensemble/target.hpp"
#include "kernel/time.hpp"
#include "scenario/table.hpp"

namespace lantian {

struct ComplianceTarget : TargetPlan {
  Index plant = kNone;
  Time from{};
  Time to{};
  double hours = 0.95; //!< share of the valid hours of a month that keep the limit, at least
  double months = 1;   //!< share of the months (of each outlet) in which that must hold

  std::unique_ptr<Judge> judge(const Recorder& recorder) const override;
  std::string margin_unit(const Scenario& scenario) const override;
};

Kind compliance_kind();

} // namespace lantian
