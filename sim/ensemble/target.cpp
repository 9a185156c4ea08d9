#include "ensemble/target.hpp"

#include "scenario/scenario.hpp"

#include <utility>

namespace lantian {

const FieldTable<TargetPlan>& target_fields() {
  static const auto fields =
      FieldTable<TargetPlan>("target", "What every target states.")
          .text(
              "not_assessable", &TargetPlan::not_assessable,
              {.doc = "Why this inventory cannot tell whether it is met; it is then reported so."})
          .text("not_assessable_zh", &TargetPlan::not_assessable_zh,
                {.doc = "The same in Chinese."});
  return fields;
}

std::vector<RollingWindow> followed_windows(const Scenario& scenario) {
  std::vector<RollingWindow> windows;
  for (const Entry& target : scenario.targets) {
    if (auto window = static_cast<const TargetPlan&>(*target.plan).follows(scenario))
      windows.push_back(std::move(*window));
  }
  return windows;
}

} // namespace lantian
