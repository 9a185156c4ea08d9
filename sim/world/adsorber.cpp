#include "world/adsorber.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

//! dx of dx + height (e^dx - 1) = q, for height and q above 0.
double solve_step(double height, double q) {
  constexpr int kMaxSteps = 60; // six or seven are enough; a bound all the same
  double dx = std::min(q, std::log1p(q / height));
  for (int i = 0; i < kMaxSteps; ++i) {
    const double risen = height * std::expm1(dx);
    const double change = (dx + risen - q) / (1 + height + risen);
    dx -= change;
    if (change <= 1e-15 * dx)
      break; // it comes from above: the rest is rounding
  }
  return dx;
}

} // namespace

double Breakthrough::efficiency_at(double load) const {
  return efficiency / (1 + std::exp((load / capacity - midpoint) / width));
}

double Breakthrough::feed_between(double from, double to) const {
  const double height = std::exp((from / capacity - midpoint) / width);
  const double dx = (to - from) / (capacity * width);
  return capacity * width / efficiency * (dx + height * std::expm1(dx));
}

double AdsorberBed::take(double feed) {
  if (feed <= 0)
    return 0;
  const double scale = law_.capacity * law_.width;
  const double height = std::exp((load_ / law_.capacity - law_.midpoint) / law_.width);
  const double dx = solve_step(height, law_.efficiency * feed / scale);
  load_ += scale * dx;
  return (1 - law_.efficiency) * feed + scale * height * std::expm1(dx);
}

} // namespace lantian
