#pragma once

// A Shift moves a share of the activity of one source to another that does the same work: wet
// quenching to dry, lorries to rail. The total stays what it was; the emissions are the new
// source's.

#include "scenario/diagnostics.hpp"
#include "world/world.hpp"

#include <string>

namespace lantian {

class Shift {
public:
  //! `share` of the activity of `from` goes to `to` once started.
  Shift(World& world, Index from, Index to, double share);
  Shift(const Shift&) = delete;
  Shift& operator=(const Shift&) = delete;

  //! Moves it in a straight line over `over` (zero is at once).
  void start(Duration over);
  //! All goes back to `from`, until resumed.
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

} // namespace lantian
