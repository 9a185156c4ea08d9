// Deadlines against theory: what lateness is on average, by convolution, and how likely a measure
// is done in time that may be given up.

#include "ensemble/two_plants.hpp"
#include "oracles/oracle.hpp"
#include "oracles/outcome.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace lantian::oracles {
namespace {

constexpr std::int64_t kWorlds = 20000;

//! PERT on [low, high] days: low + (high - low) Beta(alpha, 6 - alpha).
struct Pert {
  double low, mode, high;
  boost::math::beta_distribution<> beta() const {
    const double alpha = 1 + 4 * (mode - low) / (high - low);
    return {alpha, 6 - alpha};
  }
  double density(double x) const {
    return boost::math::pdf(beta(), (x - low) / (high - low)) / (high - low);
  }
  //! E max(0, X - c), by quadrature of the probability to be above.
  double expected_above(double c) const {
    if (c <= low)
      return mean() - c;
    if (c >= high)
      return 0;
    const auto beyond = [&](double x) {
      return boost::math::cdf(boost::math::complement(beta(), (x - low) / (high - low)));
    };
    return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(beyond, c, high);
  }
  double mean() const { return (low + 4 * mode + high) / 6; }
};

//! E max(0, X + Y - due): the density of X against what Y is above the rest.
double expected_lateness(const Pert& x, const Pert& y, double due) {
  const auto late = [&](double t) { return x.density(t) * y.expected_above(due - t); };
  return boost::math::quadrature::gauss_kronrod<double, 31>::integrate(late, x.low, x.high, 10);
}

//! Due on 29 April, 120 days after the start.
std::string filter(const std::string& stages) {
  return std::string(test::kInventory) + R"(
[targets.built]
kind = "deadline"
measures = ["filter"]
date = 2024-04-29
[measures.filter]
kind = "retrofit"
start = 2024-01-01
changes.mill-stack.emits.PM.raw = "0.5 kg/t"
)" + stages;
}

std::vector<double> lateness() {
  return outcome(filter(R"(
stages = [
  { id = "permit", duration = { pert = { low = "20 d", mode = "30 d", high = "100 d" } }, cause = "permits" },
  { id = "works", duration = { pert = { low = "40 d", mode = "60 d", high = "120 d" } } },
]
)"),
                 kWorlds)
      .all("target_lateness");
}

// E(X + Y) = 40 + 66.7 = 106.7 days, so that the mean of the sum is in time, and only what is
// beyond counts.
TEST(Lateness, is_what_the_convolution_of_two_pert_stages_says) {
  const double expected = expected_lateness({20, 30, 100}, {40, 60, 120}, 120);
  EXPECT_TRUE(agrees("days late", lateness(), expected));
}

// Only one of the stages counts; what is early is set against what is late (mean instead of
// positive part).
TEST(Lateness, that_counts_too_little_or_sets_off_what_is_early_is_caught) {
  const Pert permit{20, 30, 100};
  const Pert works{40, 60, 120};
  const std::vector<double> days = lateness();
  EXPECT_TRUE(is_caught("days late", days, permit.expected_above(120)));
  EXPECT_TRUE(is_caught("days late", days, works.expected_above(120)));
  EXPECT_TRUE(is_caught("days late", days, permit.mean() + works.mean() - 120));
}

// Given up with probability 0.3, else done after an exponential time of mean 100 days whatever
// would have made it be given up: in time with probability 0.7 (1 - exp(-1.2)).
TEST(ADeadline, is_met_by_what_is_neither_given_up_nor_late) {
  const test::Recorded run = outcome(filter(R"(
cancel_probability = 0.3
stages = [{ id = "works", duration = { exponential = { mean = "100 d" } } }]
)"),
                                     kWorlds);
  const std::vector<double>& met = run.all("target_met");
  EXPECT_TRUE(agrees("met", Count{std::count(met.begin(), met.end(), 1.0), kWorlds},
                     -0.7 * std::expm1(-1.2)));
}

} // namespace
} // namespace lantian::oracles
