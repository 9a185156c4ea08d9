#pragma once

// `permit`: what some sources emit of a pollutant in any window of time of a given length (a
// rolling total, or mean rate) may not exceed a limit. The ledger follows their emission in time;
// the target is judged from the worst window and from the share of windows that exceed.

#include "ensemble/target.hpp"
#include "scenario/number.hpp"
#include "scenario/table.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

struct Permit : TargetPlan {
  std::vector<Index> of;
  std::optional<std::string> place; //!< "plants.longshun", instead of `of`
  Index pollutant = kNone;
  Duration window{};
  Number limit; //!< an amount in a window, or a mean rate [base units]
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
  double allowed = 0; //!< share of windows that may exceed

  std::unique_ptr<Judge> judge(const Recorder& recorder) const override;
  std::string margin_unit(const Scenario& scenario) const override;
  std::optional<RollingWindow> follows(const Scenario& scenario) const override;
};

Kind permit_kind();

} // namespace lantian
