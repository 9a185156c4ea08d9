#include "measures/capital_recovery.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(CapitalRecovery, pays_back_with_interest) {
  // 1000 at 10 % over 2 years: 576.19 at the end of each, 1000 = 576.19/1.1 + 576.19/1.21
  EXPECT_NEAR(capital_recovery_factor(0.1, 2), 0.57619048, 1e-8);
  EXPECT_NEAR(capital_recovery_factor(0.08, 10), 0.14902949, 1e-8);
  EXPECT_NEAR(capital_recovery_factor(0.08, 15), 0.11682954, 1e-8);
}

TEST(CapitalRecovery, pays_equal_parts_without_interest_and_nearly_so_with_little) {
  EXPECT_DOUBLE_EQ(capital_recovery_factor(0, 8), 0.125);
  // r/(1 - (1 + r)^-L) = 1/L (1 + r (L + 1)/2 + ...)
  EXPECT_NEAR(capital_recovery_factor(1e-12, 8), 0.125 * (1 + 4.5e-12), 1e-15);
}

TEST(CapitalRecovery, takes_the_life_of_the_measure_and_the_rate_of_the_scenario) {
  Scenario scenario;
  ProjectPlan plan;
  EXPECT_DOUBLE_EQ(capital_recovery_factor(plan, scenario), 1.0 / 15);
  scenario.discount_rate = 0.08;
  plan.lifetime = 10 * 31556952.0;
  EXPECT_NEAR(capital_recovery_factor(plan, scenario), 0.14902949, 1e-8);
}

} // namespace
} // namespace lantian
