// The share of hours above a limit, which is computed in closed form, against hours that are drawn.

#include "oracles/oracle.hpp"
#include "world/compliance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace lantian::oracles {
namespace {

constexpr std::int64_t kSampledHours = 400'000;

//! Hours above 1 of lognormal hourly means with cv 0.3 about a mean between these two.
Count hours_above(double from, double to) {
  const double s = std::sqrt(std::log1p(0.09));
  std::mt19937_64 random(seed());
  std::uniform_real_distribution<double> mean(from, to);
  std::normal_distribution<double> standard;
  Count above{0, kSampledHours};
  for (std::int64_t i = 0; i < kSampledHours; ++i) {
    const double hour = mean(random) * std::exp(s * standard(random) - s * s / 2);
    above.successes += hour > 1 ? 1 : 0;
  }
  return above;
}

TEST(HoursAboveTheLimit, are_as_many_as_the_closed_form_says) {
  EXPECT_TRUE(agrees("at a constant mean", hours_above(0.8, 0.8 + 1e-12),
                     exceedance_probability(0.8, 0.3, 1)));
  EXPECT_TRUE(
      agrees("along a ramp", hours_above(0.5, 1.5), mean_exceedance_probability(0.5, 1.5, 0.3, 1)));
}

} // namespace
} // namespace lantian::oracles
