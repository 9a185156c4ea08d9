#pragma once
//! What is down and up in turn, each for an exponential time: a telegraph process, the simplest
//! alternating renewal process (D. R. Cox, "Renewal Theory", 1962, chapter 7).

#include <cmath>

namespace lantian::oracles {

struct Telegraph {
  double up;   //!< mean time [d]
  double down; //!< mean time [d]

  double share_down() const { return down / (up + down); }
  //! At which the memory of the start fades [1/d].
  double rate() const { return 1.0 / up + 1.0 / down; }

  //! Mean of the time down in the first `length` days, up at the beginning: P(down at s) = p (1 -
  //! exp(-rate s)) integrated.
  double mean(double length) const {
    return share_down() * (length + std::expm1(-rate() * length) / rate());
  }

  //! Variance of that time: twice the integral over s < t of P(down at s) P(down at t | down at s),
  //! where the second is p + (1 - p) exp(-rate (t - s)), less the squared mean.
  double variance(double length) const {
    const double p = share_down();
    const double r = rate();
    const double gone = -std::expm1(-r * length);
    const double both_stationary = length * length / 2.0 - length / r + gone / r / r;
    const double remembered = length * (2.0 - gone) - 2.0 * gone / r;
    const double square = 2.0 * p * (p * both_stationary + (1.0 - p) / r * remembered);
    return square - mean(length) * mean(length);
  }
};

//! A filter that works for 10 days on average, and is out of service for 4.
inline constexpr Telegraph kFilter{.up = 10, .down = 4};

} // namespace lantian::oracles
