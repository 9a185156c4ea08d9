#include "oracles/oracle.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <string>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <fmt/format.h>

namespace lantian::oracles {
namespace {

struct Comparison {
  std::string_view what;
  std::int64_t samples;
  double seen;
  double expected;
  double error; //!< standard error of what was seen
  double p;     //!< of a distance as large as this or larger, if theory is right
};

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
  double skewness = 0.0;
};

Moments moments_of(std::span<const double> samples) {
  const auto n = static_cast<double>(samples.size());
  Moments moments;
  for (const double sample : samples) {
    moments.mean += sample / n;
  }
  double squares = 0.0;
  double cubes = 0.0;
  for (const double sample : samples) {
    const double distance = sample - moments.mean;
    squares += distance * distance;
    cubes += distance * distance * distance;
  }
  moments.deviation = std::sqrt(squares / (n - 1.0));
  if (squares > 0.0) {
    moments.skewness = cubes / n / std::pow(squares / n, 1.5);
  }
  return moments;
}

// Hall's g(T) = T + a T^2/3 + a^2 T^3/27 + a/6 with a = skewness / sqrt(n): monotone in T, and
// nearer to normal than T by an order of 1/sqrt(n).
Comparison compare(std::string_view what, std::span<const double> samples, double expected) {
  const Moments moments = moments_of(samples);
  const double root = std::sqrt(static_cast<double>(samples.size()));
  Comparison result{.what = what,
                    .samples = static_cast<std::int64_t>(samples.size()),
                    .seen = moments.mean,
                    .expected = expected,
                    .error = moments.deviation / root,
                    .p = moments.mean == expected ? 1.0 : 0.0};
  if (result.error > 0.0) {
    const double t = (result.seen - expected) / result.error;
    const double a = moments.skewness / root;
    const double corrected = t + a * t * t / 3.0 + a * a * t * t * t / 27.0 + a / 6.0;
    const boost::math::students_t law(static_cast<double>(samples.size() - 1));
    result.p = 2.0 * boost::math::cdf(law, -std::abs(corrected));
  }
  return result;
}

Comparison compare(std::string_view what, Count count, double probability) {
  const auto trials = static_cast<double>(count.trials);
  const auto successes = static_cast<double>(count.successes);
  const boost::math::binomial law(trials, probability);
  const double as_few = boost::math::cdf(law, successes);
  const double as_many =
      count.successes == 0 ? 1.0 : boost::math::cdf(boost::math::complement(law, successes - 1.0));
  return {.what = what,
          .samples = count.trials,
          .seen = successes / trials,
          .expected = probability,
          .error = std::sqrt(probability * (1.0 - probability) / trials),
          .p = std::min(1.0, 2.0 * std::min(as_few, as_many))};
}

std::string name_of_test() {
  const ::testing::TestInfo& test = *::testing::UnitTest::GetInstance()->current_test_info();
  return fmt::format("{}.{}", test.test_suite_name(), test.name());
}

void log(const Comparison& comparison) {
  if (const char* path = std::getenv("LANTIAN_ORACLE_LOG")) {
    std::ofstream(path, std::ios::app) << fmt::format(
        "{},{},{},{},{},{},{},{}\n", name_of_test(), comparison.what, seed(), comparison.samples,
        comparison.seen, comparison.expected, comparison.error, comparison.p);
  }
}

std::string text_of(const Comparison& comparison) {
  return fmt::format("{}: {} in {} samples, {} by theory, {:.1f} standard errors apart; p = {:.2g} "
                     "at a level of {:.2g}, seed {}",
                     comparison.what, comparison.seen, comparison.samples, comparison.expected,
                     std::abs(comparison.seen - comparison.expected) / comparison.error,
                     comparison.p, level(), seed());
}

::testing::AssertionResult verdict(const Comparison& comparison) {
  log(comparison);
  return (comparison.p >= level() ? ::testing::AssertionSuccess() : ::testing::AssertionFailure())
         << text_of(comparison);
}

} // namespace

std::uint64_t seed() {
  const char* given = std::getenv("LANTIAN_ORACLE_SEED");
  return given != nullptr ? std::stoull(given) : 20240331;
}

double level() {
  const char* given = std::getenv("LANTIAN_ORACLE_LEVEL");
  return given != nullptr ? std::stod(given) : 1e-6;
}

::testing::AssertionResult agrees(std::string_view what, std::span<const double> samples,
                                  double expected) {
  return verdict(compare(what, samples, expected));
}

::testing::AssertionResult agrees(std::string_view what, Count count, double probability) {
  return verdict(compare(what, count, probability));
}

::testing::AssertionResult is_caught(std::string_view what, std::span<const double> samples,
                                     double expected) {
  const Comparison comparison = compare(what, samples, expected);
  return (comparison.p < level() ? ::testing::AssertionSuccess() : ::testing::AssertionFailure())
         << text_of(comparison);
}

std::vector<double> squared_distances(std::span<const double> samples, double mean) {
  std::vector<double> squares;
  for (const double sample : samples) {
    squares.push_back((sample - mean) * (sample - mean));
  }
  return squares;
}

} // namespace lantian::oracles
