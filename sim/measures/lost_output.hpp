#pragma once

// What becomes of the output that a stopped unit or plant would have made: it is lost, made up later
// by the same unit, or taken by other plants with their own factors. The scenario must say which,
// because a stop saves emissions only where nobody else makes the output.

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

//! A stop of some units and plants under way, and where their output goes meanwhile.
class Outage {
public:
  //! Stops `sources` and `plants` now, because of `measure`. `lost` must outlive the outage.
  Outage(World& world, Index measure, const LostOutput& lost, std::vector<Index> sources,
         std::vector<Index> plants);
  Outage(const Outage&) = delete;
  Outage& operator=(const Outage&) = delete;

  //! Starts them again, and making up what was lost where the scenario says so.
  void end();

private:
  World& world_;
  Index measure_;
  const LostOutput& lost_;
  std::vector<Index> sources_;
  std::vector<Index> plants_;
  Influence who_;
  Time since_;
};

//! Hands `amount` [product amount/calendar year] to the takers under the influence `who`, in a
//! straight line over `length`.
void hand_to_takers(World& world, const LostOutput& lost, Influence who, double amount,
                    Duration length = {});
//! The takers give back what they took under `who`, in a straight line over `length`.
void take_back(World& world, const LostOutput& lost, Influence who, double amount,
               Duration length);

} // namespace lantian
