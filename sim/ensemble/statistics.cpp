#include "ensemble/statistics.hpp"

#include "ensemble/require.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace lantian {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

void require_confidence(double confidence) {
  require(confidence > 0 && confidence < 1, "confidence must lie between 0 and 1");
}

// Where the type 7 quantile lies: between order statistics `below` and below + 1.
struct QuantilePlace {
  std::size_t below;
  double fraction;
};

QuantilePlace place(std::size_t count, double p) {
  require(count > 0, "a quantile needs at least one value");
  require(p >= 0 && p <= 1, "a quantile's probability must lie in [0, 1]");
  const double h = static_cast<double>(count - 1) * p;
  const double below = std::floor(h);
  return {static_cast<std::size_t>(below), h - below};
}

double interpolate(double low, double high, double fraction) {
  return low == high || fraction == 0 ? low : low + fraction * (high - low);
}

bool is_constant(std::span<const double> values) {
  return std::ranges::adjacent_find(values, std::not_equal_to{}) == values.end();
}

} // namespace

Moments moments(std::span<const double> values) {
  const auto count = static_cast<std::int64_t>(values.size());
  if (count == 0) {
    return {0, kNaN, kNaN, kNaN};
  }
  const auto n = static_cast<double>(count);
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  const double mean = is_constant(values) ? values.front() : sum / n;
  if (count == 1) {
    return {1, mean, kNaN, kNaN};
  }
  double squares = 0;
  for (const double value : values) {
    squares += (value - mean) * (value - mean);
  }
  const double deviation = std::sqrt(squares / (n - 1));
  return {count, mean, deviation, deviation / std::sqrt(n)};
}

ConfidenceInterval mean_interval(const Moments& moments, double confidence) {
  require_confidence(confidence);
  if (moments.count < 2) {
    return {-kInfinity, kInfinity};
  }
  const boost::math::students_t t(static_cast<double>(moments.count - 1));
  const double width = boost::math::quantile(t, 0.5 + confidence / 2) * moments.error;
  return {moments.mean - width, moments.mean + width};
}

double sorted_quantile(std::span<const double> sorted, double p) {
  const QuantilePlace at = place(sorted.size(), p);
  const double low = sorted[at.below];
  const double high = at.below + 1 < sorted.size() ? sorted[at.below + 1] : low;
  return interpolate(low, high, at.fraction);
}

void quantiles(std::span<double> values, std::span<const double> ps, std::span<double> result) {
  require(ps.size() == result.size(), "quantiles: one result for each probability");
  require(std::ranges::is_sorted(ps), "quantiles: probabilities must increase");
  if (std::ranges::any_of(values, [](double value) { return std::isnan(value); })) {
    std::ranges::fill(result, kNaN);
    return;
  }
  if (is_constant(values) && !values.empty()) { // common: what a scenario does not have is zero
    std::ranges::fill(result, values.front());
    return;
  }
  auto done = values.begin(); // everything before it is in place and not above what follows
  for (std::size_t i = 0; i < ps.size(); ++i) {
    const QuantilePlace at = place(values.size(), ps[i]);
    const auto low = values.begin() + static_cast<std::ptrdiff_t>(at.below);
    if (low >= done) {
      std::nth_element(done, low, values.end());
      done = low;
    }
    const auto above = low + 1;
    const double high = at.fraction == 0 ? *low : *std::min_element(above, values.end());
    result[i] = interpolate(*low, high, at.fraction);
  }
}

ConfidenceInterval wilson_interval(std::int64_t successes, std::int64_t trials, double confidence) {
  require_confidence(confidence);
  require(successes >= 0 && successes <= trials, "successes must lie between 0 and the trials");
  if (trials == 0) {
    return {0, 1};
  }
  const double z = boost::math::quantile(boost::math::normal(), 0.5 + confidence / 2);
  const auto n = static_cast<double>(trials);
  const double p = static_cast<double>(successes) / n;
  const double centre = p + z * z / (2 * n);
  const double width = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  return {successes == 0 ? 0 : (centre - width) / scale,
          successes == trials ? 1 : (centre + width) / scale};
}

PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   double confidence) {
  require(a.size() == b.size(), "paired values must be as many in a as in b");
  std::vector<double> differences(a.size());
  std::ranges::transform(a, b, differences.begin(), std::minus{});
  const Moments difference = moments(differences);
  return {difference, mean_interval(difference, confidence)};
}

PairedOrder paired_order(std::span<const double> a, std::span<const double> b, double confidence) {
  require(a.size() == b.size(), "paired values must be as many in a as in b");
  PairedOrder order{0, 0, 0, kNaN, {0, 1}};
  for (std::size_t i = 0; i < a.size(); ++i) {
    order.below += a[i] < b[i] ? 1 : 0;
    order.equal += a[i] == b[i] ? 1 : 0;
    order.above += a[i] > b[i] ? 1 : 0;
  }
  const std::int64_t count = order.below + order.equal + order.above;
  if (count > 0) {
    order.probability_below = static_cast<double>(order.below) / static_cast<double>(count);
  }
  order.interval = wilson_interval(order.below, count, confidence);
  return order;
}

McNemar mcnemar(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  require(a.size() == b.size(), "paired events must be as many in a as in b");
  McNemar table{0, 0, 0, 0, kNaN, 1};
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::int64_t& cell =
        a[i] ? (b[i] ? table.both : table.only_a) : (b[i] ? table.only_b : table.neither);
    ++cell;
  }
  if (!a.empty()) {
    table.difference =
        static_cast<double>(table.only_a - table.only_b) / static_cast<double>(a.size());
  }
  const std::int64_t discordant = table.only_a + table.only_b;
  if (discordant > 0) {
    const boost::math::binomial fair(static_cast<double>(discordant), 0.5);
    const auto fewer = static_cast<double>(std::min(table.only_a, table.only_b));
    table.p_value = std::min(1.0, 2 * boost::math::cdf(fair, fewer));
  }
  return table;
}

SpreadSplit split_spread(std::span<const double> values, std::int64_t chance_draws) {
  require(chance_draws > 0, "chance draws must be at least 1");
  const auto m = static_cast<std::size_t>(chance_draws);
  require(values.size() % m == 0, "values must fill whole parameter draws");
  const std::size_t draws = values.size() / m;
  std::vector<double> means(draws);
  double within = 0;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    const Moments one = moments(values.subspan(draw * m, m));
    means[draw] = one.mean;
    within += one.deviation * one.deviation;
  }
  const double between = std::pow(moments(means).deviation, 2);
  if (m == 1) {
    return {between, kNaN};
  }
  const double chance = within / static_cast<double>(draws);
  return {std::max(0.0, between - chance / static_cast<double>(m)), chance};
}

} // namespace lantian
