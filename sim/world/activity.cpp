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

void Activity::set(Terms& terms, Influence who, Ramp ramp) {
  const auto mine =
      std::find_if(terms.begin(), terms.end(), [who](const Term& term) { return term.who == who; });
  if (mine != terms.end()) {
    mine->ramp = ramp;
  } else {
    terms.push_back({who, ramp});
  }
}

void Activity::lift(Influence who) {
  for (Terms* terms : {&additions_, &factors_, &ceilings_}) {
    std::erase_if(*terms, [who](const Term& term) { return term.who == who; });
  }
}

double Activity::share(Time base, double offset) const {
  double share = base_;
  for (const Term& term : additions_)
    share += term.ramp.at(base, offset);
  for (const Term& term : factors_)
    share *= term.ramp.at(base, offset);
  double ceiling = 1;
  for (const Term& term : ceilings_)
    ceiling = std::min(ceiling, term.ramp.at(base, offset));
  return share * ceiling;
}

int Activity::degree(Time a, Time b) const {
  const auto moving = [a, b](const Term& term) { return term.ramp.is_moving(a, b); };
  const auto factors = std::count_if(factors_.begin(), factors_.end(), moving);
  return static_cast<int>(factors) +
         (std::any_of(additions_.begin(), additions_.end(), moving) ? 1 : 0) +
         (std::any_of(ceilings_.begin(), ceilings_.end(), moving) ? 1 : 0);
}

void Activity::append_corners(Time a, Time b, std::vector<double>& corners) const {
  for (const Terms* terms : {&additions_, &factors_, &ceilings_}) {
    for (const Term& term : *terms)
      append_ramp_corners(term.ramp, a, b, corners);
  }
}

void Activity::append_crossings(Time a, double from, double to,
                                std::vector<double>& corners) const {
  for (std::size_t i = 0; i < ceilings_.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      // j == i stands for the implicit ceiling of 1
      const auto gap = [&](double offset) {
        const double other = j == i ? 1.0 : ceilings_[j].ramp.at(a, offset);
        return ceilings_[i].ramp.at(a, offset) - other;
      };
      const double left = gap(from);
      const double right = gap(to);
      if ((left < 0) == (right < 0) || left == right)
        continue;
      corners.push_back(from + (to - from) * (left / (left - right)));
    }
  }
}

} // namespace lantian
