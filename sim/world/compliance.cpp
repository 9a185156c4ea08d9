#include "world/compliance.hpp"

#include <cmath>
#include <numbers>

namespace lantian {

double exceedance_probability(double mean, double cv, double limit) {
  if (mean <= 0) return 0;
  if (cv <= 0) return mean > limit ? 1 : 0;
  const double variance = std::log1p(cv * cv);
  const double log_mean = std::log(mean) - variance / 2;
  return std::erfc((std::log(limit) - log_mean) / std::sqrt(2 * variance)) / 2;
}

double exceedance_share(const Outlet& outlet, Time base, double offset) {
  if (outlet.is_bypassed()) return 1;
  return exceedance_probability(outlet.mean_concentration(base, offset), outlet.hourly_cv,
                                outlet.limit);
}

} // namespace lantian
