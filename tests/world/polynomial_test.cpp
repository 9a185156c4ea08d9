#include "world/polynomial.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace lantian {
namespace {

//! (u - 0.2)(u - 0.5)(u - 0.9)
double cubic(double u) {
  return (u - 0.2) * (u - 0.5) * (u - 0.9);
}

TEST(Polynomial, is_found_again_from_its_values) {
  const Polynomial p = Polynomial::through(3, cubic);
  for (const double u : {0.0, 0.1, 0.7, 1.0})
    EXPECT_NEAR(p.at(u), cubic(u), 1e-15);
  EXPECT_NEAR(p.term(3), 1, 1e-13);
  EXPECT_NEAR(p.term(2), -1.6, 1e-13);
  EXPECT_THROW((void)Polynomial::through(10, cubic), std::out_of_range);
}

TEST(Polynomial, is_integrated_and_derived) {
  const Polynomial p = Polynomial::through(2, [](double u) { return 1 + 2 * u + 3 * u * u; });
  EXPECT_NEAR(p.integral().at(0.5), 0.5 + 0.25 + 0.125, 1e-15);
  EXPECT_NEAR(p.derivative().at(0.5), 2 + 3, 1e-14);
  EXPECT_EQ((p * 2 + Polynomial(-2)).at(0), 2 * p.at(0) - 2);
}

TEST(Polynomial, has_parts_that_are_polynomials_again) {
  const Polynomial part = Polynomial::through(3, cubic).part(0.3, 0.7);
  for (const double v : {0.0, 0.25, 1.0})
    EXPECT_NEAR(part.at(v), cubic(0.3 + 0.4 * v), 1e-15);
}

TEST(Polynomial, knows_where_it_changes_sign) {
  const std::vector<double> roots = Polynomial::through(3, cubic).roots();
  ASSERT_EQ(roots.size(), 3);
  EXPECT_NEAR(roots[0], 0.2, 1e-13);
  EXPECT_NEAR(roots[1], 0.5, 1e-13);
  EXPECT_NEAR(roots[2], 0.9, 1e-13);
}

TEST(Polynomial, knows_where_it_falls_below_zero) {
  EXPECT_EQ(Polynomial::through(3, cubic).first_below_zero(), 0);
  EXPECT_NEAR((Polynomial::through(3, cubic) * -1).first_below_zero(), 0.2, 1e-13);
  // above until it crosses for good, after a dip that stays above
  const auto dips = [](double u) { return (u - 0.3) * (u - 0.3) * (0.8 - u) + 1e-6; };
  EXPECT_NEAR(Polynomial::through(3, dips).first_below_zero(), 0.8, 1e-5);
  EXPECT_GT(Polynomial::through(2, [](double u) { return (u - 0.5) * (u - 0.5) + 1e-9; })
                .first_below_zero(),
            1);
  EXPECT_GT(Polynomial().first_below_zero(), 1);
  EXPECT_LT(Polynomial::through(1, [](double u) { return -u; }).first_below_zero(), 1e-15);
}

} // namespace
} // namespace lantian
