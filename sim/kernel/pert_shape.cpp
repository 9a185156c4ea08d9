#include "kernel/pert_shape.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <boost/math/special_functions/beta.hpp>

namespace lantian {
namespace {

using Fast = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr std::size_t kTerms = PertShape::kTerms; // in v = (2u)^(1/alpha), on 0 ... 1
constexpr std::size_t kShapes = 32;               // in alpha, on 1 ... 5

double node(std::size_t index, std::size_t count) {
  return std::cos(std::numbers::pi * (static_cast<double>(index) + 0.5) /
                  static_cast<double>(count));
}

// Coefficients of the polynomial through the values at the nodes.
template <std::size_t count>
std::array<double, count> fit(const std::array<double, count>& values) {
  std::array<double, count> coefficients{};
  for (std::size_t term = 0; term < count; ++term) {
    for (std::size_t index = 0; index < count; ++index) {
      const double angle = std::numbers::pi * (static_cast<double>(index) + 0.5) *
                           static_cast<double>(term) / static_cast<double>(count);
      coefficients[term] += values[index] * std::cos(angle);
    }
    coefficients[term] *= (term == 0 ? 1.0 : 2.0) / static_cast<double>(count);
  }
  return coefficients;
}

using Table = std::array<std::array<double, kShapes>, kTerms>;

// For each term in v its polynomial in alpha.
Table make_table() {
  std::array<std::array<double, kShapes>, kTerms> by_shape{};
  for (std::size_t shape = 0; shape < kShapes; ++shape) {
    const double alpha = 3.0 + 2.0 * node(shape, kShapes);
    PertShape::Series quantiles{};
    for (std::size_t index = 0; index < kTerms; ++index) {
      const double v = (1.0 + node(index, kTerms)) / 2.0;
      const double u = std::pow(v, alpha) / 2.0;
      quantiles[index] = boost::math::ibeta_inv(alpha, 6.0 - alpha, u, Fast());
    }
    const PertShape::Series terms = fit(quantiles);
    for (std::size_t term = 0; term < kTerms; ++term) {
      by_shape[term][shape] = terms[term];
    }
  }
  Table table{};
  std::transform(by_shape.begin(), by_shape.end(), table.begin(), fit<kShapes>);
  return table;
}

// The quantile up to the median, as a polynomial in v, of the shape with this alpha.
PertShape::Series series_for(double alpha) {
  static const Table table = make_table(); // a constant of mathematics, some milliseconds
  std::array<double, kShapes> chebyshev{};
  const double x = (alpha - 3.0) / 2.0;
  chebyshev[0] = 1.0;
  chebyshev[1] = x;
  for (std::size_t k = 2; k < kShapes; ++k) {
    chebyshev[k] = 2.0 * x * chebyshev[k - 1] - chebyshev[k - 2];
  }
  PertShape::Series series{};
  for (std::size_t term = 0; term < kTerms; ++term) {
    for (std::size_t k = 0; k < kShapes; ++k) {
      series[term] += table[term][k] * chebyshev[k];
    }
  }
  return series;
}

// Clenshaw's sum at v on 0 ... 1.
double value(const PertShape::Series& series, double v) {
  const double x = 2.0 * v - 1.0;
  double next = 0.0;
  double after_next = 0.0;
  for (std::size_t term = kTerms; term-- > 1;) {
    const double here = 2.0 * x * next - after_next + series[term];
    after_next = next;
    next = here;
  }
  return std::clamp(x * next - after_next + series[0], 0.0, 1.0);
}

} // namespace

PertShape::PertShape(double alpha)
    : power_below_(1.0 / alpha), power_above_(1.0 / (6.0 - alpha)), below_(series_for(alpha)),
      above_(series_for(6.0 - alpha)) {}

double PertShape::quantile(double u) const {
  return u <= 0.5 ? value(below_, std::pow(2.0 * u, power_below_))
                  : 1.0 - value(above_, std::pow(2.0 * (1.0 - u), power_above_));
}

} // namespace lantian
