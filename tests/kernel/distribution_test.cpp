#include "kernel/distribution.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <boost/math/special_functions/beta.hpp>
#include <gtest/gtest.h>

namespace lantian {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

//! The mean as the integral of the quantile, by the midpoint rule.
double integral_of_quantile(const Distribution& distribution, int steps = 200'000) {
  double sum = 0.0;
  for (int i = 0; i < steps; ++i) {
    sum += distribution.quantile((i + 0.5) / steps);
  }
  return sum / steps;
}

TEST(AConstant, is_what_it_is) {
  EXPECT_EQ(Distribution().quantile(0.3), 0.0);
  const Distribution seven = Distribution::constant(7.0);
  EXPECT_EQ(seven.quantile(0.3), 7.0);
  EXPECT_EQ(seven.mean(), 7.0);
  EXPECT_TRUE(seven.is_constant());
}

TEST(AUniform, goes_straight_from_low_to_high) {
  const Distribution uniform = Distribution::uniform(2.0, 6.0);
  EXPECT_DOUBLE_EQ(uniform.quantile(0.25), 3.0);
  EXPECT_DOUBLE_EQ(uniform.mean(), 4.0);
  EXPECT_EQ(uniform.low(), 2.0);
  EXPECT_EQ(uniform.high(), 6.0);
  EXPECT_FALSE(uniform.is_constant());
}

// Up to the mode at 2, the share is (2 - 0) / 10 = 0.2; F(1) = 1 / 20; 1 - F(6) = 16 / 80.
TEST(ATriangular, has_its_closed_quantile) {
  const Distribution triangular = Distribution::triangular(0.0, 2.0, 10.0);
  EXPECT_DOUBLE_EQ(triangular.quantile(0.2), 2.0);
  EXPECT_DOUBLE_EQ(triangular.quantile(0.05), 1.0);
  EXPECT_DOUBLE_EQ(triangular.quantile(0.8), 6.0);
  EXPECT_DOUBLE_EQ(triangular.mean(), 4.0);
}

// With the mode at low, alpha = 1 and beta = 5: F(x) = 1 - (1 - x)^5.
TEST(APert, with_its_mode_at_an_end_has_a_closed_quantile) {
  const Distribution falling = Distribution::pert(0.0, 0.0, 1.0);
  const Distribution rising = Distribution::pert(0.0, 1.0, 1.0);
  for (const double u : {1e-12, 0.001, 0.3, 0.5, 0.7, 0.999, 1.0 - 1e-12}) {
    EXPECT_NEAR(falling.quantile(u), -std::expm1(std::log1p(-u) / 5.0), 4e-15) << u;
    EXPECT_NEAR(rising.quantile(u), std::pow(u, 0.2), 4e-15) << u;
  }
}

// With the mode at 1/4, alpha = 2 and beta = 4: F(x) = 1 - (1 - x)^4 (1 + 4x).
TEST(APert, solves_its_distribution_function) {
  const Distribution pert = Distribution::pert(0.0, 0.25, 1.0);
  for (const double u : {0.01, 0.2, 0.5, 0.8, 0.99}) {
    const double x = pert.quantile(u);
    EXPECT_NEAR(1.0 - std::pow(1.0 - x, 4.0) * (1.0 + 4.0 * x), u, 1e-14);
  }
  EXPECT_DOUBLE_EQ(Distribution::pert(8.0, 10.0, 16.0).mean(), 64.0 / 6.0);
}

TEST(APert, agrees_with_boost_for_every_shape) {
  for (int shape = 0; shape <= 40; ++shape) {
    const double mode = shape / 40.0;
    const Distribution pert = Distribution::pert(0.0, mode, 1.0);
    for (int i = 1; i < 100; ++i) {
      const double u = i / 100.0;
      const double exact = boost::math::ibeta_inv(1.0 + 4.0 * mode, 5.0 - 4.0 * mode, u);
      ASSERT_NEAR(pert.quantile(u), exact, 5e-15) << mode << " " << u;
    }
  }
}

TEST(APert, reaches_both_tails) {
  for (const double mode : {0.0, 0.1, 0.5, 0.9, 1.0}) {
    const Distribution pert = Distribution::pert(0.0, mode, 1.0);
    for (const double u : {0x1p-53, 1e-9, 1.0 - 1e-9, 1.0 - 0x1p-53}) {
      const double exact = boost::math::ibeta_inv(1.0 + 4.0 * mode, 5.0 - 4.0 * mode, u);
      EXPECT_NEAR(pert.quantile(u), exact, 5e-15) << mode << " " << u;
    }
  }
}

TEST(AnExponential, has_its_closed_quantile) {
  const Distribution exponential = Distribution::exponential(50.0);
  EXPECT_DOUBLE_EQ(exponential.quantile(0.5), 50.0 * std::log(2.0));
  EXPECT_DOUBLE_EQ(exponential.mean(), 50.0);
  EXPECT_EQ(exponential.low(), 0.0);
  EXPECT_EQ(exponential.high(), kInfinity);
}

// Shape 2: F(x) = 1 - exp(-(x/3)^2), and the mean is 3 sqrt(pi) / 2.
TEST(AWeibull, has_its_closed_quantile) {
  const Distribution weibull = Distribution::weibull(2.0, 3.0);
  EXPECT_DOUBLE_EQ(weibull.quantile(-std::expm1(-1.0)), 3.0);
  EXPECT_DOUBLE_EQ(weibull.mean(), 1.5 * std::sqrt(std::acos(-1.0)));
}

// cv = 1: sigma^2 = ln 2, the median is mean / sqrt(2).
TEST(ALognormal, is_given_by_its_mean_and_cv) {
  const Distribution lognormal = Distribution::lognormal(12.0, 1.0);
  EXPECT_DOUBLE_EQ(lognormal.quantile(0.5), 12.0 / std::sqrt(2.0));
  EXPECT_DOUBLE_EQ(lognormal.mean(), 12.0);
  EXPECT_NEAR(integral_of_quantile(lognormal), 12.0, 0.01);
}

TEST(ALognormal, is_given_by_two_quantiles) {
  const Distribution lognormal = Distribution::lognormal_quantiles(2.0, 50.0);
  EXPECT_NEAR(lognormal.quantile(0.05), 2.0, 1e-13);
  EXPECT_NEAR(lognormal.quantile(0.95), 50.0, 1e-12);
  EXPECT_NEAR(lognormal.quantile(0.5), 10.0, 1e-13);
}

TEST(ANormal, has_its_tabled_quantiles) {
  const Distribution normal = Distribution::normal(10.0, 2.0);
  EXPECT_NEAR(normal.quantile(0.975), 10.0 + 2.0 * 1.959963984540054, 1e-13);
  EXPECT_NEAR(normal.quantile(0.5), 10.0, 1e-14);
  EXPECT_EQ(normal.mean(), 10.0);
  EXPECT_EQ(normal.low(), -kInfinity);
}

// Cut off at its mean it is half normal: mean sqrt(2 / pi), and the median is the 75 % quantile.
TEST(ANormal, that_is_truncated_keeps_within_its_bounds) {
  const Distribution half = Distribution::truncated_normal(0.0, 1.0, 0.0, kInfinity);
  EXPECT_NEAR(half.quantile(0.5), 0.6744897501960817, 1e-14);
  EXPECT_NEAR(half.mean(), std::sqrt(2.0 / std::acos(-1.0)), 1e-15);
  const Distribution narrow = Distribution::truncated_normal(5.0, 1.0, 4.5, 5.5);
  EXPECT_GE(narrow.quantile(1e-12), 4.5);
  EXPECT_LE(narrow.quantile(1.0 - 1e-12), 5.5);
  EXPECT_NEAR(narrow.mean(), 5.0, 1e-15);
}

// Twelve standard deviations above the mean the tail falls nearly as exp(-12 x).
TEST(ANormal, may_be_truncated_far_out_on_either_side) {
  const Distribution above = Distribution::truncated_normal(0.0, 1.0, 12.0, kInfinity);
  EXPECT_NEAR(above.mean(), 12.0 + 1.0 / 12.0, 1.5e-3);
  EXPECT_NEAR(above.quantile(0.5), 12.0 + std::log(2.0) / 12.0, 1e-3);
  EXPECT_NEAR(above.mean(), integral_of_quantile(above), 1e-5);
  const Distribution below = Distribution::truncated_normal(0.0, 1.0, -kInfinity, -12.0);
  EXPECT_DOUBLE_EQ(below.quantile(0.25), -above.quantile(0.75));
  EXPECT_EQ(above.low(), 12.0);
}

TEST(ANormal, moves_with_its_mean_wherever_it_is_truncated) {
  const Distribution above = Distribution::truncated_normal(0.0, 1.0, 2.0, kInfinity);
  const Distribution moved = Distribution::truncated_normal(5.0, 1.0, 7.0, kInfinity);
  EXPECT_NEAR(moved.quantile(0.3), 5.0 + above.quantile(0.3), 1e-14);
  EXPECT_NEAR(moved.mean(), 5.0 + above.mean(), 1e-14);
}

// Cut off at its mean, the share below a draw is (1 + u) / 2, which the greatest u rounds to 1; the
// deviate of the greatest number below 1 is 8.21.
TEST(ANormal, that_is_cut_off_at_its_mean_draws_nothing_infinite) {
  const auto half = Distribution::truncated_normal(3.0, 2.0, 3.0, INFINITY);
  EXPECT_NEAR(half.quantile(1.0 - 0x1p-53), 3.0 + 2.0 * 8.21, 0.01);
}

// The share between the ends has four digits left, which would put the mean far outside of them.
TEST(ANormal, between_close_bounds_has_its_mean_between_them) {
  const auto narrow = Distribution::truncated_normal(0.0, 1.0, 1.0, 1.0 + 1e-12);
  EXPECT_GE(narrow.mean(), 1.0);
  EXPECT_LE(narrow.mean(), 1.0 + 1e-12);
}

// Weights 1 : 3 : 4 put the steps at 1/8 and 4/8; the mean is (1 * 5 + 3 * 10 + 4 * 20) / 8.
TEST(ADiscrete, steps_through_its_values_in_ascending_order) {
  const std::array values{20.0, 5.0, 10.0};
  const std::array weights{4.0, 1.0, 3.0};
  const Distribution discrete = Distribution::discrete(values, weights);
  EXPECT_EQ(discrete.quantile(0.124), 5.0);
  EXPECT_EQ(discrete.quantile(0.126), 10.0);
  EXPECT_EQ(discrete.quantile(0.499), 10.0);
  EXPECT_EQ(discrete.quantile(0.501), 20.0);
  EXPECT_EQ(discrete.quantile(1.0 - 0x1p-53), 20.0);
  EXPECT_DOUBLE_EQ(discrete.mean(), 115.0 / 8.0);
}

TEST(ADiscrete, leaves_out_what_has_no_weight) {
  const std::array values{1.0, 2.0, 3.0};
  const std::array weights{0.0, 1.0, 0.0};
  EXPECT_TRUE(Distribution::discrete(values, weights).is_constant());
}

// Three values join by two lines: at u = 1/4 half way from 1 to 2, at 3/4 half way from 2 to 6.
TEST(AnEmpirical, is_linear_between_its_sorted_values) {
  const std::array values{6.0, 1.0, 2.0};
  const Distribution empirical = Distribution::empirical(values);
  EXPECT_DOUBLE_EQ(empirical.quantile(0.25), 1.5);
  EXPECT_DOUBLE_EQ(empirical.quantile(0.75), 4.0);
  EXPECT_DOUBLE_EQ(empirical.mean(), (1.5 + 4.0) / 2.0);
  EXPECT_EQ(empirical.low(), 1.0);
  EXPECT_EQ(empirical.high(), 6.0);
}

TEST(AnEmpirical, of_one_value_is_a_constant) {
  const std::array values{6.0};
  EXPECT_EQ(Distribution::empirical(values).quantile(0.3), 6.0);
  EXPECT_TRUE(Distribution::empirical(values).is_constant());
}

TEST(ADistribution, that_is_scaled_has_each_value_times_the_factor) {
  const Distribution pert = Distribution::pert(1.0, 2.0, 5.0);
  const Distribution tenfold = pert.scaled(5.0).scaled(2.0);
  EXPECT_DOUBLE_EQ(tenfold.quantile(0.3), 10.0 * pert.quantile(0.3));
  EXPECT_DOUBLE_EQ(tenfold.mean(), 10.0 * pert.mean());
  EXPECT_EQ(tenfold.high(), 50.0);
  EXPECT_EQ(Distribution::exponential(1.0).scaled(0.0).high(), 0.0);
  EXPECT_EQ(Distribution::exponential(1.0).scaled(0.0).low(), 0.0);
}

TEST(ADistribution, that_is_mirrored_still_grows) {
  const Distribution mirrored = Distribution::exponential(1.0).scaled(-2.0);
  EXPECT_LT(mirrored.quantile(0.1), mirrored.quantile(0.9));
  EXPECT_EQ(mirrored.low(), -kInfinity);
  EXPECT_EQ(mirrored.high(), 0.0);
  EXPECT_DOUBLE_EQ(mirrored.quantile(0.25), -2.0 * -std::log(0.75 - 0.5));
}

TEST(ADistribution, without_spread_is_a_constant) {
  EXPECT_TRUE(Distribution::pert(3.0, 3.0, 3.0).is_constant());
  EXPECT_TRUE(Distribution::uniform(3.0, 3.0).is_constant());
  EXPECT_TRUE(Distribution::lognormal(3.0, 0.0).is_constant());
  EXPECT_EQ(Distribution::truncated_normal(3.0, 0.0, 4.0, 5.0).mean(), 4.0);
}

std::vector<Distribution> one_of_each() {
  const std::array values{1.0, 4.0, 9.0};
  const std::array weights{1.0, 2.0, 1.0};
  return {Distribution::uniform(1.0, 4.0),
          Distribution::triangular(1.0, 2.0, 4.0),
          Distribution::pert(1.0, 2.0, 4.0),
          Distribution::exponential(2.0),
          Distribution::weibull(1.5, 2.0),
          Distribution::lognormal(2.0, 0.5),
          Distribution::truncated_normal(2.0, 1.0, 0.0, 3.0),
          Distribution::truncated_normal(2.0, 1.0, 2.5, 9.0),
          Distribution::discrete(values, weights),
          Distribution::empirical(values),
          Distribution::pert(1.0, 2.0, 4.0).scaled(-1.0)};
}

TEST(EveryDistribution, grows_with_u_and_has_the_mean_of_its_quantiles) {
  for (const Distribution& distribution : one_of_each()) {
    double before = distribution.low();
    for (int i = 1; i < 1000; ++i) {
      const double value = distribution.quantile(i / 1000.0);
      EXPECT_GE(value, before);
      before = value;
    }
    EXPECT_LE(before, distribution.high());
    EXPECT_NEAR(integral_of_quantile(distribution), distribution.mean(), 1e-4);
  }
}

std::string message_of(const std::function<void()>& make) {
  try {
    make();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(EveryDistribution, names_the_parameter_and_the_rule_that_was_broken) {
  const std::vector<std::pair<std::function<void()>, std::string>> mistakes{
      {[] { (void)Distribution::constant(NAN); }, "constant: value nan must be finite"},
      {[] { (void)Distribution::uniform(2, 1); }, "uniform: low 2 must not be greater than high 1"},
      {[] { (void)Distribution::pert(1, 5, 4); }, "pert: mode 5 must lie between low 1 and high 4"},
      {[] { (void)Distribution::triangular(1, 0, 4); },
       "triangular: mode 0 must lie between low 1 and high 4"},
      {[] { (void)Distribution::exponential(0); }, "exponential: mean 0 must be greater than zero"},
      {[] { (void)Distribution::weibull(-1, 2); }, "weibull: shape -1 must be greater than zero"},
      {[] { (void)Distribution::weibull(2, 0); }, "weibull: scale 0 must be greater than zero"},
      {[] { (void)Distribution::lognormal(0, 1); }, "lognormal: mean 0 must be greater than zero"},
      {[] { (void)Distribution::lognormal(1, -1); }, "lognormal: cv -1 must not be negative"},
      {[] { (void)Distribution::lognormal_quantiles(3, 2); },
       "lognormal: p5 3 must not be greater than p95 2"},
      {[] { (void)Distribution::normal(1, INFINITY); }, "normal: sd inf must be finite"},
      {[] { (void)Distribution::truncated_normal(0, 1, 3, 2); },
       "normal: low 3 must not be greater than high 2"},
      {[] { (void)Distribution::truncated_normal(0, 1, 50, 60); },
       "normal: nothing of a normal distribution with mean 0 and sd 1 lies between low 50 and "
       "high 60"},
      {[] { (void)Distribution::truncated_normal(1, 1, 39, 60); }, // a share of 3e-316
       "normal: nothing of a normal distribution with mean 1 and sd 1 lies between low 39 and "
       "high 60"},
      {[] { (void)Distribution::discrete({}, {}); },
       "discrete: needs as many weights as values, at least one; got 0 and 0"},
      {[] { (void)Distribution::uniform(-1e308, 1e308); },
       "uniform: its draws or its mean can be too large to compute with"},
      {[] { (void)Distribution::lognormal(1, 1e200); },
       "lognormal: its draws or its mean can be too large to compute with"},
      {[] { (void)Distribution::empirical(std::vector{-1e308, 1e308}); },
       "empirical: range inf must be finite"},
      {[] { (void)Distribution::empirical({}); }, "empirical: needs at least one value"},
      {[] { (void)Distribution::uniform(0, 1).scaled(INFINITY); },
       "scaled: factor inf must be finite"}};
  for (const auto& [make, message] : mistakes) {
    EXPECT_EQ(message_of(make), message);
  }
}

} // namespace
} // namespace lantian
