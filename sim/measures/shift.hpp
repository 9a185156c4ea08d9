#pragma once

// A Shift moves a share of the activity of one source to another that does the same work: wet
// quenching to dry, lorries to rail. The total stays what it was; the emissions are the new
// source's. Several measures may move shares of one source: they add up, and the load refuses more
// than all of it. Without another source what is moved away is no more: an overflow that ends.

#include "scenario/diagnostics.hpp"
#include "world/world.hpp"

#include <string>

namespace lantian {

class Shift {
public:
  //! `share` of the activity of `from` goes to `to` once started; nowhere where `to` is kNone.
  Shift(World& world, Index from, Index to, double share = 1);
  Shift(const Shift&) = delete;
  Shift& operator=(const Shift&) = delete;

  //! Moves it in a straight line over `over` (zero is at once).
  void start(Duration over) { move(Ramp::linear(0, share_, world_.now(), over)); }
  //! From now on this share is with `to`, and `still` more of what `from` did stands still.
  void move(Ramp share, double still = 0);
  //! All goes back to `from`, until resumed or moved.
  void suspend();
  void resume() { start(Duration{0}); }

private:
  World& world_;
  Index from_;
  Index to_;
  double share_;
  double scale_; //!< activity of `from` in units of the nominal activity of `to`
  Influence who_;
};

//! Reports a shift between sources that do not count the same thing, or onto one that already runs.
void check_shift(Index from, Index to, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics);

//! Reports where all measures together move more of `from` than there is. `key` is that of a
//! measure or within it; the one that goes beyond, in the order of ids, is blamed.
void check_moved_shares(Index from, const Scenario& scenario, const std::string& key,
                        Diagnostics& diagnostics);

} // namespace lantian
