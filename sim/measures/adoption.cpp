#include "measures/adoption.hpp"

#include <algorithm>

namespace lantian {

Adoption::Adoption(World& world, Index from, Index to, Index fallback)
    : world_(world), shift_(world, from, to) {
  if (fallback != kNone)
    spare_.emplace(world, from, fallback);
}

void Adoption::aim_at(double share, Duration over) {
  aimed_ = Ramp::linear(aimed_.at(world_.now()), share, world_.now(), over);
  take_effect();
}

void Adoption::slide_back(Ramp part) {
  slid_back_ = part;
  take_effect();
}

void Adoption::break_down() {
  is_broken_ = true;
  shift_.suspend();
  take_effect();
}

void Adoption::repair() {
  is_broken_ = false;
  if (spare_)
    spare_->suspend();
  take_effect();
}

void Adoption::take_effect() {
  if (!is_broken_) {
    shift_.move(share());
  } else if (spare_) {
    spare_->move(share());
  }
}

//! The line from now to the next corner.
Ramp Adoption::share() const {
  const Time now = world_.now();
  Time corner = kNever;
  for (const Ramp& ramp : {aimed_, slid_back_}) {
    if (!ramp.is_constant() && ramp.end > now)
      corner = std::min(corner, ramp.end);
  }
  if (corner == kNever)
    return Ramp::constant(share_at(now));
  return Ramp::linear(share_at(now), share_at(corner), now, corner - now);
}

} // namespace lantian
