#pragma once
//! The quantile of the PERT family on 0 ... 1: beta distributions with alpha + beta = 6, so the one
//! number alpha names a shape. For u up to 1/2 the quantile is an analytic function of
//! (2u)^(1/alpha) and of alpha, and for u above it the mirror image of that function at 6 - alpha.
//! It is approximated once per process by Chebyshev polynomials in both variables (exact to 4e-15,
//! against Boost.Math); making a shape sums them over alpha, and a quantile costs one pow() and one
//! polynomial: some 0.1 microseconds instead of 2.

#include <array>

namespace lantian {

class PertShape {
public:
  static constexpr std::size_t kTerms = 40;
  using Series = std::array<double, kTerms>;

  //! For 1 <= alpha <= 5.
  explicit PertShape(double alpha);

  //! For 0 <= u <= 1.
  double quantile(double u) const;

private:
  double power_below_, power_above_; //!< 1 / alpha, 1 / (6 - alpha)
  Series below_, above_;             //!< Of the quantile from either end to the median.
};

} // namespace lantian
