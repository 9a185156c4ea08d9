#include "measures/capital_recovery.hpp"

#include "scenario/units.hpp"

#include <cmath>

namespace lantian {

double capital_recovery_factor(double rate, double years) {
  return rate > 0 ? -rate / std::expm1(-years * std::log1p(rate)) : 1 / years;
}

double capital_recovery_factor(const ProjectPlan& plan, const Scenario& scenario) {
  return capital_recovery_factor(scenario.discount_rate, plan.lifetime / kSecondsPerYear);
}

} // namespace lantian
