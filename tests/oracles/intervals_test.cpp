// What is said of a sample against what is true of its law: how often intervals cover, what order
// statistics are on average, and how a spread splits into what is not known and what varies.

#include "ensemble/statistics.hpp"
#include "measures/capital_recovery.hpp"
#include "oracles/oracle.hpp"
#include "oracles/outcome.hpp"
#include "oracles/telegraph.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace lantian::oracles {
namespace {

constexpr std::uint32_t kSamples = 20'000;

// The t interval of normal values covers with 95 % for any number of them, however few (Student
// 1908): here the paired difference of two whose worlds are shared.
TEST(TheIntervalOfADifference, covers_as_often_as_it_says) {
  constexpr std::uint32_t kPairs = 5;
  Count covered{0, kSamples};
  for (std::uint32_t sample = 0; sample < kSamples; ++sample) {
    const Draws worlds(sample, "world", Distribution::normal(100, 50));
    const Draws effects(sample, "effect", Distribution::normal(3, 2));
    std::array<double, kPairs> with{};
    std::array<double, kPairs> without{};
    for (std::uint32_t k = 0; k < kPairs; ++k) {
      without[k] = worlds.value(k);
      with[k] = without[k] + effects.value(k);
    }
    const ConfidenceInterval interval = paired_difference(with, without).interval;
    covered.successes += interval.low <= 3 && 3 <= interval.high ? 1 : 0;
  }
  EXPECT_TRUE(agrees("covered", covered, 0.95));
}

// Wilson's interval has all p that the score test does not reject (E. B. Wilson 1927): it covers p
// just where (k - n p)^2 <= z^2 n p (1 - p). The probability of that is a sum of binomial ones.
TEST(TheIntervalOfAProbability, covers_where_the_score_test_does_not_reject) {
  constexpr std::uint32_t kTrials = 50;
  constexpr double kProbability = 0.3;
  const double z = boost::math::quantile(boost::math::normal(), 0.975);
  const boost::math::binomial law(kTrials, kProbability);
  double expected = 0;
  for (std::uint32_t k = 0; k <= kTrials; ++k) {
    const double distance = k - kTrials * kProbability;
    if (distance * distance <= z * z * kTrials * kProbability * (1 - kProbability))
      expected += boost::math::pdf(law, k);
  }
  Count covered{0, kSamples};
  for (std::uint32_t sample = 0; sample < kSamples; ++sample) {
    const Draws draws(sample, "trial", Distribution::uniform(0, 1));
    std::int64_t successes = 0;
    for (std::uint32_t k = 0; k < kTrials; ++k)
      successes += draws.value(k) < kProbability ? 1 : 0;
    const ConfidenceInterval interval = wilson_interval(successes, kTrials);
    covered.successes += interval.low <= kProbability && kProbability <= interval.high ? 1 : 0;
  }
  EXPECT_TRUE(agrees("covered", covered, expected));
}

// Of n exponential values the k-th smallest is on average the sum of 1/(n - i + 1) for i = 1 ... k
// (A. Renyi 1953). The 80 % quantile of 12 lies at 8.8: 0.2 of the way back from the tenth to the
// ninth.
TEST(Quantiles, of_exponential_values_are_those_of_renyi) {
  constexpr std::uint32_t kValues = 12;
  std::vector<double> eighty;
  for (std::uint32_t sample = 0; sample < kSamples; ++sample) {
    const Draws draws(sample, "value", Distribution::exponential(1));
    std::array<double, kValues> values{};
    for (std::uint32_t k = 0; k < kValues; ++k)
      values[k] = draws.value(k);
    std::array<double, 1> result{};
    quantiles(values, std::array{0.8}, result);
    eighty.push_back(result[0]);
  }
  double expected = 0;
  for (std::uint32_t i = 1; i <= 9; ++i)
    expected += 1.0 / (kValues - i + 1);
  EXPECT_TRUE(agrees("80 % quantile", eighty, expected + 0.8 / 3));
}

constexpr const char* kKiln = R"(
lantian = 1
horizon = { start = 2025-01-01, end = 2026-01-01 }
output = { interval = "year", dimensions = ["source"] }
pollutants.PM = { unit = "t" }
zones.city = {}
districts.centre = { zone = "city" }
sectors.steel = {}
[parameters.dust]
value = { uniform = { low = "1 kg/t", high = "3 kg/t" } }
source = "made up for a test"
confidence = "assumption"
[sources.kiln]
district = "centre"
sector = "steel"
activity = "365 kt/year"
controls = ["filter"]
emits.PM.raw = "@dust"
[controls.filter]
efficiency.PM = 1
[controls.filter.failures]
time_between = { exponential = { mean = "10 d" } }
repair = { exponential = { mean = "4 d" } }
on_failure = "bypass"
)";

// A kiln emits F x D tonnes, F the factor from 1 to 3 that is not known, D the days in which its
// filter is out of service. What is not known makes Var(F) (E D)^2 = (E D)^2 / 3 of the variance,
// chance E F^2 Var D = 13/3 Var D.
TEST(TheSpread, splits_into_what_is_not_known_and_what_varies) {
  constexpr std::size_t kChances = 4;
  constexpr std::size_t kGroup = 12 * kChances; // replications of which the spread is told
  const test::Recorded run = outcome(kKiln, 200 * kGroup, kChances);
  const std::span<const double> tonnes = run.all("PM_by_source");
  std::vector<double> not_known;
  std::vector<double> chance;
  for (std::size_t first = 0; first < tonnes.size(); first += kGroup) {
    const SpreadSplit split = split_spread(tonnes.subspan(first, kGroup), kChances);
    not_known.push_back(split.parameter_variance);
    chance.push_back(split.chance_variance);
  }
  EXPECT_TRUE(
      agrees("variance of what is not known", not_known, std::pow(kFilter.mean(365), 2) / 3));
  EXPECT_TRUE(agrees("variance of chance", chance, 13.0 / 3 * kFilter.variance(365)));
}

// Not a matter of chance: paid at the end of each year, an annuity is worth its capital today.
TEST(AnAnnuity, is_worth_its_capital) {
  for (const double rate : {0.03, 0.08}) {
    double worth = 0;
    for (int year = 1; year <= 15; ++year)
      worth += capital_recovery_factor(rate, 15) * std::pow(1 + rate, -year);
    EXPECT_NEAR(worth, 1, 1e-12);
  }
}

} // namespace
} // namespace lantian::oracles
