#include "world/rolling_window.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

constexpr double kTie = 1e-12;     //!< windows that differ by less are equal
constexpr double kRounding = 1e-9; //!< share of the limit that is not above it

//! Walks over all windows, from one corner of W to the next.
class WindowWalk {
public:
  WindowWalk(const EmissionCurve& curve, double length, double limit)
      : curve_(curve), length_(length), most_(limit * (1 + kRounding)) {
    worst_.end = length;
  }

  WorstWindow walk() {
    double t = length_;
    go_to(t);
    meet(held(t), t);
    while (t < curve_.length()) {
      const double next =
          std::min(curve_.end(lead_), std::min(curve_.end(trail_) + length_, curve_.length()));
      if (next > t)
        pass(t, next);
      t = next;
      go_to(t);
    }
    finish();
    return worst_;
  }

private:
  void go_to(double t) {
    while (lead_ + 1 < curve_.stretches() && curve_.end(lead_) <= t)
      ++lead_;
    while (trail_ + 1 < curve_.stretches() && curve_.end(trail_) + length_ <= t)
      ++trail_;
  }

  //! What the window that ends at `t` holds.
  double held(double t) const {
    return curve_.emitted(lead_, t) - curve_.emitted(trail_, t - length_);
  }

  void meet(double amount, double t) {
    if (amount > worst_.amount * (1 + kTie))
      worst_.end = t;
    worst_.amount = std::max(worst_.amount, amount);
  }

  //! The windows that end from `a` to `b`, between which W has no corner.
  void pass(double a, double b) {
    const double first = held(a);
    const double last = held(b);
    if (curve_.is_constant(lead_) && curve_.is_constant(trail_)) {
      above_ += (b - a) * share_above(first, last);
    } else {
      pass_curved(a, b, first);
    }
    meet(last, b);
  }

  //! Of a straight line from `first` to `last`.
  double share_above(double first, double last) const {
    const double low = std::min(first, last);
    const double high = std::max(first, last);
    if (low > most_)
      return 1;
    return high > most_ ? (high - most_) / (high - low) : 0;
  }

  void pass_curved(double a, double b, double first) {
    const Polynomial gain =
        curve_.rate(lead_, a, b) + curve_.rate(trail_, a - length_, b - length_) * -1.0;
    const Polynomial grown = gain.integral() * (b - a);
    for (const double u : gain.roots())
      meet(first + grown.at(u), a + (b - a) * u);
    const Polynomial over = Polynomial(first - most_) + grown;
    double left = 0;
    std::vector<double> cuts = over.roots();
    cuts.push_back(1);
    for (const double right : cuts) {
      if (over.at((left + right) / 2) > 0)
        above_ += (b - a) * (right - left);
      left = right;
    }
  }

  void finish() {
    const double all = curve_.length() - length_;
    worst_.exceeding = all > 0 ? std::min(1.0, above_ / all) : worst_.amount > most_ ? 1.0 : 0.0;
  }

  const EmissionCurve& curve_;
  double length_;
  double most_;
  std::size_t lead_ = 0;  //!< stretch in which the window ends
  std::size_t trail_ = 0; //!< stretch in which it begins
  double above_ = 0;      //!< windows above the limit, by the time of their ends [s]
  WorstWindow worst_;
};

} // namespace

WorstWindow worst_window(const EmissionCurve& curve, double length, double limit) {
  return WindowWalk(curve, length, limit).walk();
}

} // namespace lantian
