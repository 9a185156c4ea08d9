#include "world/activity.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

void append_ramp_corners(const Ramp& ramp, Time a, Time b, std::vector<double>& corners) {
  if (ramp.is_constant())
    return;
  for (const Time corner : {ramp.begin, ramp.end}) {
    if (corner > a && corner < b)
      corners.push_back(static_cast<double>((corner - a).count()));
  }
}

void Activity::set(Terms& terms, const Term& term) {
  const auto mine = std::find_if(terms.begin(), terms.end(),
                                 [&term](const Term& other) { return other.who == term.who; });
  if (mine != terms.end()) {
    *mine = term;
  } else {
    terms.push_back(term);
  }
}

void Activity::lift(Influence who) {
  for (Terms* terms : {&additions_, &moved_, &factors_, &ceilings_}) {
    std::erase_if(*terms, [who](const Term& term) { return term.who == who; });
  }
}

double Activity::supply(Time base, double offset) const {
  double share = base_;
  for (const Term& term : additions_)
    share += term.ramp.at(base, offset);
  return share;
}

double Activity::passing(Time base, double offset, Orders orders) const {
  double moved = 0;
  for (const Term& term : moved_)
    moved += term.ramp.at(base, offset);
  double factor = std::max(0.0, 1 - moved); // shares that add up to 1 may round to a little more
  for (const Term& term : factors_)
    factor *= term.ramp.at(base, offset);
  double ceiling = 1;
  for (const Term& term : ceilings_) {
    if (term.counts(orders))
      ceiling = std::min(ceiling, term.seen(orders).at(base, offset));
  }
  return factor * ceiling;
}

bool Activity::is_ordered() const {
  return std::any_of(ceilings_.begin(), ceilings_.end(),
                     [](const Term& term) { return term.is_order; });
}

int Activity::degree(Time a, Time b) const {
  const auto moving = [a, b](const Term& term) {
    return term.ramp.is_moving(a, b) || (term.is_order && term.unexempted.is_moving(a, b));
  };
  const auto factors = std::count_if(factors_.begin(), factors_.end(), moving);
  return static_cast<int>(factors) +
         (std::any_of(additions_.begin(), additions_.end(), moving) ? 1 : 0) +
         (std::any_of(moved_.begin(), moved_.end(), moving) ? 1 : 0) +
         (std::any_of(ceilings_.begin(), ceilings_.end(), moving) ? 1 : 0);
}

void Activity::append_corners(Time a, Time b, std::vector<double>& corners) const {
  for (const Terms* terms : {&additions_, &moved_, &factors_, &ceilings_}) {
    for (const Term& term : *terms) {
      append_ramp_corners(term.ramp, a, b, corners);
      if (term.is_order)
        append_ramp_corners(term.unexempted, a, b, corners);
    }
  }
}

void Activity::append_crossings(Time a, double from, double to,
                                std::vector<double>& corners) const {
  for (const Orders orders : {Orders::in_force, Orders::without_exemptions}) {
    for (std::size_t i = 0; i < ceilings_.size(); ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        // j == i stands for the implicit ceiling of 1
        const auto gap = [&](double offset) {
          const double other = j == i ? 1.0 : ceilings_[j].seen(orders).at(a, offset);
          return ceilings_[i].seen(orders).at(a, offset) - other;
        };
        const double left = gap(from);
        const double right = gap(to);
        if ((left < 0) == (right < 0) || left == right)
          continue;
        corners.push_back(from + (to - from) * (left / (left - right)));
      }
    }
    if (!is_ordered())
      return; // the two views are one
  }
}

} // namespace lantian
