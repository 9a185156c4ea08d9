#include "kernel/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <stdexcept>

#include <boost/math/distributions/normal.hpp>
#include <fmt/format.h>

namespace lantian {
namespace {

using Fast = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
using StandardNormal = boost::math::normal_distribution<double, Fast>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLeastUniform = 0x1p-53; // of (k + 1/2) 2^-52
constexpr double kGreatestUniform = 1.0 - 0x1p-53;
constexpr double kLeastShare = 0x1p-960; // of which the least uniform is still a normal number
constexpr double kDeviateOf95 = 1.6448536269514722; // of the 95 % quantile of the normal

double deviate(double u) {
  return boost::math::quantile(StandardNormal(), u);
}
double share_below(double deviate) {
  return std::erfc(-deviate / std::numbers::sqrt2) / 2.0;
}
double density(double deviate) {
  return std::exp(-deviate * deviate / 2.0) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

[[noreturn]] void refuse(const char* family, const std::string& rule) {
  throw std::invalid_argument(fmt::format("{}: {}", family, rule));
}

void require_finite(const char* family, const char* name, double value) {
  if (!std::isfinite(value)) {
    refuse(family, fmt::format("{} {} must be finite", name, value));
  }
}

void require_positive(const char* family, const char* name, double value) {
  require_finite(family, name, value);
  if (value <= 0.0) {
    refuse(family, fmt::format("{} {} must be greater than zero", name, value));
  }
}

void require_not_negative(const char* family, const char* name, double value) {
  require_finite(family, name, value);
  if (value < 0.0) {
    refuse(family, fmt::format("{} {} must not be negative", name, value));
  }
}

void require_order(const char* family, double low, double high) {
  require_finite(family, "low", low);
  require_finite(family, "high", high);
  if (low > high) {
    refuse(family, fmt::format("low {} must not be greater than high {}", low, high));
  }
}

void require_mode(const char* family, double low, double mode, double high) {
  require_order(family, low, high);
  require_finite(family, "mode", mode);
  if (mode < low || mode > high) {
    refuse(family, fmt::format("mode {} must lie between low {} and high {}", mode, low, high));
  }
}

//! Refuses a distribution of finite parameters whose draws overflow.
Distribution finite(const char* family, Distribution distribution) {
  for (const double value : {distribution.mean(), distribution.quantile(kLeastUniform),
                             distribution.quantile(kGreatestUniform)}) {
    if (!std::isfinite(value)) {
      refuse(family, "its draws or its mean can be too large to compute with");
    }
  }
  return distribution;
}

} // namespace

// ---- the families

double Distribution::Uniform::quantile(double u) const {
  return least + (greatest - least) * u;
}
double Distribution::Uniform::mean() const {
  return least + (greatest - least) / 2.0;
}

double Distribution::Triangular::quantile(double u) const {
  const double width = greatest - least;
  return u * width < mode - least ? least + std::sqrt(u * width * (mode - least))
                                  : greatest - std::sqrt((1.0 - u) * width * (greatest - mode));
}
double Distribution::Triangular::mean() const {
  return (least + mode + greatest) / 3.0;
}

double Distribution::Pert::quantile(double u) const {
  return least + (greatest - least) * shape->quantile(u);
}
double Distribution::Pert::mean() const {
  return (least + 4.0 * mode + greatest) / 6.0;
}

double Distribution::Weibull::quantile(double u) const {
  const double exponential = -std::log1p(-u);
  return scale * (shape == 1.0 ? exponential : std::pow(exponential, 1.0 / shape));
}
double Distribution::Weibull::mean() const {
  return shape == 1.0 ? scale : scale * std::tgamma(1.0 + 1.0 / shape);
}
double Distribution::Weibull::high() const {
  return kInfinity;
}

double Distribution::Lognormal::quantile(double u) const {
  return std::exp(mu + sigma * deviate(u));
}
double Distribution::Lognormal::mean() const {
  return std::exp(mu + sigma * sigma / 2.0);
}
double Distribution::Lognormal::high() const {
  return kInfinity;
}

double Distribution::Normal::quantile(double u) const {
  const double p = p_from + u * (p_to - p_from); // may round to 1
  return centre + sd * std::clamp(deviate(std::min(p, kGreatestUniform)), from, to);
}
double Distribution::Normal::mean() const {
  // Of the difference between close ends few digits are left.
  const double deviate = (density(from) - density(to)) / (p_to - p_from);
  return centre + sd * std::clamp(deviate, from, to);
}

double Distribution::Sample::quantile(double u) const {
  const auto& [values, shares, average] = *points;
  if (!shares.empty()) {
    const auto share = std::upper_bound(shares.begin(), shares.end() - 1, u);
    return values[static_cast<std::size_t>(share - shares.begin())];
  }
  const double position = u * static_cast<double>(values.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(position), values.size() - 2);
  return values[below] +
         (values[below + 1] - values[below]) * (position - static_cast<double>(below));
}

// ---- making them

Distribution Distribution::constant(double value) {
  require_finite("constant", "value", value);
  return Distribution(Constant{value});
}

Distribution Distribution::uniform(double low, double high) {
  require_order("uniform", low, high);
  return low == high ? constant(low) : finite("uniform", Distribution(Uniform{low, high}));
}

Distribution Distribution::triangular(double low, double mode, double high) {
  require_mode("triangular", low, mode, high);
  return low == high ? constant(low)
                     : finite("triangular", Distribution(Triangular{low, mode, high}));
}

Distribution Distribution::pert(double low, double mode, double high) {
  require_mode("pert", low, mode, high);
  if (low == high) {
    return constant(low);
  }
  const double alpha = 1.0 + 4.0 * (mode - low) / (high - low);
  require_finite("pert", "alpha", alpha);
  return finite("pert",
                Distribution(Pert{low, mode, high, std::make_shared<const PertShape>(alpha)}));
}

Distribution Distribution::exponential(double mean) {
  require_positive("exponential", "mean", mean);
  return finite("exponential", Distribution(Weibull{1.0, mean}));
}

Distribution Distribution::weibull(double shape, double scale) {
  require_positive("weibull", "shape", shape);
  require_positive("weibull", "scale", scale);
  return finite("weibull", Distribution(Weibull{shape, scale}));
}

Distribution Distribution::lognormal(double mean, double cv) {
  require_positive("lognormal", "mean", mean);
  require_not_negative("lognormal", "cv", cv);
  const double variance = std::log1p(cv * cv);
  return cv == 0.0 ? constant(mean)
                   : finite("lognormal", Distribution(Lognormal{std::log(mean) - variance / 2.0,
                                                                std::sqrt(variance)}));
}

Distribution Distribution::lognormal_quantiles(double p5, double p95) {
  require_positive("lognormal", "p5", p5);
  require_positive("lognormal", "p95", p95);
  if (p5 > p95) {
    refuse("lognormal", fmt::format("p5 {} must not be greater than p95 {}", p5, p95));
  }
  const double log_p5 = std::log(p5);
  const double log_p95 = std::log(p95);
  return p5 == p95 ? constant(p5)
                   : finite("lognormal",
                            Distribution(Lognormal{(log_p5 + log_p95) / 2.0,
                                                   (log_p95 - log_p5) / (2.0 * kDeviateOf95)}));
}

Distribution Distribution::normal(double mean, double sd) {
  return truncated_normal(mean, sd, -kInfinity, kInfinity);
}

// A distribution that is cut off above its mean is the mirror image of one that is cut off below,
// where the normal's tail has all its digits.
Distribution Distribution::truncated_normal(double mean, double sd, double low, double high) {
  require_finite("normal", "mean", mean);
  require_not_negative("normal", "sd", sd);
  if (!(low <= high)) {
    refuse("normal", fmt::format("low {} must not be greater than high {}", low, high));
  }
  if (low == high || sd == 0.0) {
    return constant(std::clamp(mean, low, high));
  }
  const double from = (low - mean) / sd;
  const double to = (high - mean) / sd;
  const bool is_upper_tail = from > 0.0;
  const double p_from = share_below(is_upper_tail ? -to : from);
  const double p_to = share_below(is_upper_tail ? -from : to);
  if (!(p_to - p_from > kLeastShare)) {
    refuse("normal", fmt::format("nothing of a normal distribution with mean {} and sd {} lies "
                                 "between low {} and high {}",
                                 mean, sd, low, high));
  }
  const Normal below{is_upper_tail ? -mean : mean, sd,     is_upper_tail ? -to : from,
                     is_upper_tail ? -from : to,   p_from, p_to};
  return finite("normal", Distribution(below).scaled(is_upper_tail ? -1.0 : 1.0));
}

Distribution Distribution::discrete(std::span<const double> values,
                                    std::span<const double> weights) {
  if (values.empty() || values.size() != weights.size()) {
    refuse("discrete", fmt::format("needs as many weights as values, at least one; got {} and {}",
                                   weights.size(), values.size()));
  }
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  Points points;
  double total = 0.0;
  double moment = 0.0;
  for (const std::size_t i : order) {
    require_finite("discrete", "value", values[i]);
    require_not_negative("discrete", "weight", weights[i]);
    if (weights[i] > 0.0) {
      points.values.push_back(values[i]);
      points.shares.push_back(total += weights[i]);
      moment += weights[i] * values[i];
    }
  }
  require_positive("discrete", "sum of the weights", total);
  for (double& share : points.shares) {
    share /= total;
  }
  points.average = moment / total;
  return finite("discrete",
                Distribution(Sample{std::make_shared<const Points>(std::move(points))}));
}

Distribution Distribution::empirical(std::span<const double> values) {
  if (values.empty()) {
    refuse("empirical", "needs at least one value");
  }
  for (const double value : values) {
    require_finite("empirical", "value", value);
  }
  if (values.size() == 1) {
    return constant(values[0]);
  }
  Points points{{values.begin(), values.end()}, {}, 0.0};
  std::sort(points.values.begin(), points.values.end());
  const double ends = (points.values.front() + points.values.back()) / 2.0;
  const double sum = std::accumulate(points.values.begin(), points.values.end(), 0.0);
  points.average = (sum - ends) / static_cast<double>(values.size() - 1);
  require_finite("empirical", "range", points.values.back() - points.values.front());
  return finite("empirical",
                Distribution(Sample{std::make_shared<const Points>(std::move(points))}));
}

// ---- asking them

double Distribution::quantile(double u) const {
  const double p = factor_ < 0.0 ? 1.0 - u : u;
  return factor_ * std::visit([&](const auto& family) { return family.quantile(p); }, family_);
}

double Distribution::mean() const {
  return factor_ * std::visit([](const auto& family) { return family.mean(); }, family_);
}

double Distribution::low() const {
  const double end = std::visit(
      [&](const auto& family) { return factor_ < 0.0 ? family.high() : family.low(); }, family_);
  return factor_ == 0.0 ? 0.0 : factor_ * end;
}

double Distribution::high() const {
  const double end = std::visit(
      [&](const auto& family) { return factor_ < 0.0 ? family.low() : family.high(); }, family_);
  return factor_ == 0.0 ? 0.0 : factor_ * end;
}

Distribution Distribution::scaled(double factor) const {
  require_finite("scaled", "factor", factor);
  Distribution result = *this;
  result.factor_ *= factor;
  return result;
}

} // namespace lantian
