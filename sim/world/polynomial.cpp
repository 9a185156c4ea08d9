#include "world/polynomial.hpp"

#include "world/quadrature.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace lantian {

Polynomial Polynomial::through(int degree, const std::function<double(double)>& value) {
  if (degree < 0 || degree >= static_cast<int>(kTerms)) {
    throw std::out_of_range("too many ramps act at the same time on what fills or uses a stock");
  }
  const auto nodes = quadrature_nodes(2 * degree);
  const std::size_t count = nodes.size();
  std::vector<double> differences;
  for (const QuadratureNode& node : nodes)
    differences.push_back(value(node.position));
  for (std::size_t order = 1; order < count; ++order) {
    for (std::size_t i = count - 1; i >= order; --i) {
      differences[i] =
          (differences[i] - differences[i - 1]) / (nodes[i].position - nodes[i - order].position);
    }
  }
  Polynomial result(differences[count - 1]); // Newton's form, multiplied out from the inside
  for (std::size_t i = count - 1; i-- > 0;) {
    for (std::size_t k = count - 1; k > 0; --k)
      result.terms_[k] = result.terms_[k - 1] - nodes[i].position * result.terms_[k];
    result.terms_[0] = differences[i] - nodes[i].position * result.terms_[0];
  }
  return result;
}

double Polynomial::at(double u) const {
  double sum = 0;
  for (std::size_t k = kTerms; k-- > 0;)
    sum = sum * u + terms_[k];
  return sum;
}

Polynomial Polynomial::integral() const {
  Polynomial result;
  for (std::size_t k = 1; k < kTerms; ++k)
    result.terms_[k] = terms_[k - 1] / static_cast<double>(k);
  return result;
}

Polynomial Polynomial::derivative() const {
  Polynomial result;
  for (std::size_t k = 1; k < kTerms; ++k)
    result.terms_[k - 1] = terms_[k] * static_cast<double>(k);
  return result;
}

Polynomial Polynomial::part(double a, double b) const {
  Polynomial result = *this;
  for (std::size_t i = 0; i < kTerms; ++i) { // to powers of u - a, by repeated synthetic division
    for (std::size_t k = kTerms - 1; k > i; --k)
      result.terms_[k - 1] += a * result.terms_[k];
  }
  double power = 1;
  for (double& term : result.terms_) {
    term *= power;
    power *= b - a;
  }
  return result;
}

int Polynomial::degree() const {
  for (std::size_t k = kTerms; k-- > 1;) {
    if (terms_[k] != 0)
      return static_cast<int>(k);
  }
  return 0;
}

Polynomial& Polynomial::operator+=(const Polynomial& other) {
  for (std::size_t k = 0; k < kTerms; ++k)
    terms_[k] += other.terms_[k];
  return *this;
}

Polynomial& Polynomial::operator*=(double factor) {
  for (double& term : terms_)
    term *= factor;
  return *this;
}

std::vector<double> Polynomial::roots() const {
  if (degree() == 0)
    return {};
  std::vector<double> bounds = derivative().roots(); // between two extremes it is monotone
  bounds.insert(bounds.begin(), 0.0);
  bounds.push_back(1.0);
  std::vector<double> roots;
  for (std::size_t i = 1; i < bounds.size(); ++i) {
    double left = bounds[i - 1];
    double right = bounds[i];
    const bool is_below = at(left) < 0;
    if (is_below == (at(right) < 0))
      continue;
    for (int halvings = 0; halvings < 60; ++halvings) {
      const double middle = (left + right) / 2;
      ((at(middle) < 0) == is_below ? left : right) = middle;
    }
    roots.push_back(right);
  }
  return roots;
}

double Polynomial::first_below_zero() const {
  constexpr double kNever = 2;
  if (at(0) < 0)
    return 0;
  std::vector<double> bounds = roots();
  bounds.insert(bounds.begin(), 0.0);
  bounds.push_back(1.0);
  for (std::size_t i = 1; i < bounds.size(); ++i) {
    if (at((bounds[i - 1] + bounds[i]) / 2) < 0)
      return bounds[i - 1];
  }
  return kNever;
}

} // namespace lantian
