#pragma once

// A polynomial over a stretch of time, in t/length from 0 to 1, so that its coefficients are of the
// size of its values. What flows into a stock and out of it is one between corners.

#include <array>
#include <cstddef>
#include <functional>
#include <vector>

namespace lantian {

class Polynomial {
public:
  static constexpr std::size_t kTerms = 10;

  Polynomial() = default;
  explicit Polynomial(double constant) { terms_[0] = constant; }

  //! The one of this degree, below kTerms, that `value` takes at the Gauss-Legendre nodes inside
  //! (0, 1). Throws std::out_of_range for a higher degree.
  static Polynomial through(int degree, const std::function<double(double)>& value);

  double at(double u) const;
  //! Integral from 0 to u, in units of the stretch. The highest term must be free.
  Polynomial integral() const;
  Polynomial derivative() const;
  //! The part from u = a to u = b, over a stretch of its own.
  Polynomial part(double a, double b) const;
  double term(std::size_t k) const { return terms_[k]; }
  int degree() const;

  Polynomial& operator+=(const Polynomial& other);
  Polynomial& operator*=(double factor);
  friend Polynomial operator+(Polynomial a, const Polynomial& b) { return a += b; }
  friend Polynomial operator*(Polynomial a, double factor) { return a *= factor; }

  //! Where it changes sign or touches 0 inside (0, 1), in order; to 1e-18, by bisection between its
  //! extremes.
  std::vector<double> roots() const;
  //! The first u in (0, 1] from which it is below 0, having been at or above 0 before; 0 where it
  //! begins below 0, and above 1 where it stays at or above 0. To 1e-18, by bisection between
  //! its extremes.
  double first_below_zero() const;

private:
  std::array<double, kTerms> terms_{};
};

} // namespace lantian
