#include "world/compliance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lantian {

namespace {

double normal_probability(double x) {
  return std::erfc(-x / std::numbers::sqrt2) / 2;
}

//! Of the logarithm of a lognormal variable with this coefficient of variation.
double log_deviation(double cv) {
  return std::sqrt(std::log1p(cv * cv));
}

//! P(X > limit) integrated over the mean of X from 0 to `mean`. That probability, as a function of
//! the mean, is the distribution function of a lognormal Y with log mean ln(limit) + s^2/2 and log
//! deviation s; its integral is E max(mean - Y, 0).
double integrated_exceedance(double mean, double s, double limit) {
  if (mean <= 0)
    return 0;
  const double d = (std::log(mean / limit) - s * s / 2) / s;
  const double mean_of_y = limit * std::exp(s * s);
  return mean * normal_probability(d) - mean_of_y * normal_probability(d - s);
}

} // namespace

double exceedance_probability(double mean, double cv, double limit) {
  if (mean <= 0)
    return 0;
  if (cv <= 0)
    return mean > limit ? 1 : 0;
  const double s = log_deviation(cv);
  return normal_probability((std::log(mean / limit) - s * s / 2) / s);
}

double mean_exceedance_probability(double from, double to, double cv, double limit) {
  constexpr double kNearlyConstant = 1e-5; // below it the difference would lose its digits
  const double low = std::min(from, to);
  const double high = std::max(from, to);
  if (high - low <= kNearlyConstant * high) {
    return exceedance_probability((low + high) / 2, cv, limit);
  }
  if (cv <= 0)
    return (high - std::clamp(limit, low, high)) / (high - low);
  const double s = log_deviation(cv);
  return (integrated_exceedance(high, s, limit) - integrated_exceedance(low, s, limit)) /
         (high - low);
}

double exceedance_share(const Outlet& outlet, Time base, double left, double right) {
  if (outlet.is_bypassed())
    return 1;
  return mean_exceedance_probability(outlet.concentration(base, left),
                                     outlet.concentration(base, right), outlet.hourly_cv,
                                     outlet.limit);
}

} // namespace lantian
