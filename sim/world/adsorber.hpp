#pragma once

// A bed of activated carbon. What it still removes depends on what it has adsorbed, m, by a sigmoid
// breakthrough law (a surrogate of Wheeler-Jonas and Yoon-Nelson):
//
//     eta(m) = eta0 / (1 + exp((m / M - midpoint) / width)),   M = carbon x capacity
//
// The bed does not work in time but in what is fed to it, R: dm/dR = eta(m) has a closed form. With
// x = (m / M - midpoint) / width it is (1 + e^x) dx = eta0 / (M width) dR, so that over a feed R
//
//     dx + e^x (e^dx - 1) = q = eta0 R / (M width)     (dx by Lambert's W function)
//     adsorbed = M width dx,   emitted = (1 - eta0) R + M width e^x (e^dx - 1)
//
// exact for any course of the feed in time. dx is found by Newton's iteration on the left side,
// which is convex, from the lesser of the bounds q and ln(1 + q/e^x), above the root: every step
// stays above it, nothing overflows, and neither amount is a difference of larger ones, so that
// both keep a relative error of a few 1e-15.

namespace lantian {

//! How a bed breaks through.
struct Breakthrough {
  double efficiency = 0; //!< of the fresh bed, eta0 [share], above 0
  double capacity = 0;   //!< what it is meant to hold, M [kg], above 0
  double midpoint = 0.9; //!< load at which the efficiency is halved [share of capacity]
  double width = 0.07;   //!< of the breakthrough [share of capacity]

  //! Share removed of the next that is fed to a bed that has adsorbed `load` [kg].
  double efficiency_at(double load) const;
  //! Feed that takes the load from `from` to `to`, at or above it [kg].
  double feed_between(double from, double to) const;
};

class AdsorberBed {
public:
  //! A bed that has adsorbed `load` [kg].
  AdsorberBed(Breakthrough law, double load) : law_(law), load_(load) {}

  const Breakthrough& law() const { return law_; }
  //! What it has adsorbed [kg].
  double load() const { return load_; }
  //! Feed until it has adsorbed `load` [kg]; 0 where it has.
  double feed_to(double load) const { return load > load_ ? law_.feed_between(load_, load) : 0; }

  //! Takes `feed` [kg] in and returns what of it breaks through [kg].
  double take(double feed);

private:
  Breakthrough law_;
  double load_;
};

} // namespace lantian
