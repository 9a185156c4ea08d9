#pragma once

// `rate`: what some sources do is at least a share of what others do, in each calendar year
// (utilisation, clean transport), or has risen by so much above a base; or so much of a measure's
// items is done by a date.

#include "ensemble/target.hpp"
#include "kernel/time.hpp"
#include "scenario/table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

struct Rate : TargetPlan {
  std::vector<Index> of;
  std::vector<Index> per;
  std::int64_t from = 0;
  std::int64_t to = 0;
  Index measure = kNone;           //!< whose progress counts instead
  Time by{};                       //!< last day of that
  std::optional<double> at_least;  //!< [share]
  std::optional<double> rise;      //!< above the base [share]
  std::optional<double> base_rate; //!< fixed base [share]
  std::string base_scenario;

  std::unique_ptr<Judge> judge(const Recorder& recorder) const override;
  std::string margin_unit(const Scenario& scenario) const override;
};

Kind rate_kind();

} // namespace lantian
