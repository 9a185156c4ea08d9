#pragma once

// `alert_cut`: while an alert lasts, its orders must cut the direct emission of each pollutant by a
// share that depends on the level. Measured against the same time without any orders, as the orders
// are in force or as they would be without the exemptions of grade A. A replication without any
// alert cannot tell.

#include "ensemble/target.hpp"
#include "scenario/table.hpp"
#include "world/activity.hpp"

#include <vector>

namespace lantian {

struct AlertCut : TargetPlan {
  std::vector<Index> pollutants;
  Index zone = kNone; //!< kNone is all
  std::int64_t from = 0;
  std::int64_t to = 0;
  double yellow = 0.1; //!< share to be cut at least
  double orange = 0.2;
  double red = 0.3;
  Orders orders = Orders::in_force;

  std::unique_ptr<Judge> judge(const Recorder& recorder) const override;
  std::string margin_unit(const Scenario& scenario) const override;
};

Kind alert_cut_kind();

} // namespace lantian
