#include "ensemble/model.hpp"

#include "ensemble/target.hpp"

namespace lantian {

Model::Model(const Scenario& scenario)
    : scenario_(&scenario), blueprint_(scenario),
      ledger_layout_(blueprint_, followed_windows(scenario)), recorder_(ledger_layout_) {
  for (const Entry& target : scenario.targets) {
    judges_.push_back(static_cast<const TargetPlan&>(*target.plan).judge(recorder_));
  }
}

} // namespace lantian
