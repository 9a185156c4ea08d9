#pragma once

// What becomes of the output that a stopped unit or plant would have made: it is lost, made up
// later by the same unit, or taken by other plants with their own factors. The scenario must say
// which, because a stop saves emissions only where nobody else makes the output.

#include "scenario/field_table.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

#include <optional>
#include <vector>

namespace lantian {

struct LostOutput {
  enum class Fate : std::uint8_t { lost, made_up, taken_by };
  struct Taker {
    Index plant = kNone;
    Number share = Number::constant(1); //!< of the lost output [share]
  };
  Fate fate = Fate::lost;
  std::optional<Number> made_up_at; //!< share above nominal at which it is made up
  std::vector<Taker> takers;
};

const FieldTable<LostOutput>& lost_output_fields();

//! Reports takers that are missing, named in vain, or without production of their own.
void check_lost_output(const LostOutput& lost, const Scenario& scenario, const std::string& key,
                       Diagnostics& diagnostics);

//! Output of one plant that other plants make instead, under an influence of its own.
class Handover {
public:
  //! Nothing yet, by the takers that `lost` names. `lost` must outlive it.
  Handover(World& world, Index measure, const LostOutput& lost);
  Handover(const Handover&) = delete;
  Handover& operator=(const Handover&) = delete;

  //! Hands `amount` [product amount/calendar year] over in a straight line over `length`. Each
  //! taker makes its share as far as its capacity and permit allow; what is beyond that is lost.
  void take(double amount, Duration length = {});
  //! The takers go on with `part` of what they took [share], in a straight line over `length`.
  void keep(double part, Duration length = {});
  void end();

private:
  World& world_;
  Index measure_;
  const LostOutput& lost_;
  Influence who_;
  double part_ = 1;           //!< of what they took
  std::vector<double> taken_; //!< by taker, of its nominal production [share]
};

//! A stop of some units and plants under way, and where their output goes meanwhile.
class Outage {
public:
  //! Stops `sources` and `plants` now, because of `measure`. `lost` must outlive the outage.
  Outage(World& world, Index measure, const LostOutput& lost, const std::vector<Index>& sources,
         const std::vector<Index>& plants);
  Outage(const Outage&) = delete;
  Outage& operator=(const Outage&) = delete;

  //! Starts them again, and making up what was lost where the scenario says so.
  void end();

  //! What stands still, and at which share of nominal it ran before.
  struct Stopped {
    Index index = kNone;
    double share = 0;
  };

private:
  void make_up();

  World& world_;
  Index measure_;
  const LostOutput& lost_;
  std::vector<Stopped> sources_;
  std::vector<Stopped> plants_;
  Handover handover_;
  Influence who_;
  Time since_;
};

} // namespace lantian
