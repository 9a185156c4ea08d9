#pragma once

// Changes that a measure makes to the outlets of a source: new factors, concentrations, capture,
// limits, controls and energy use; at once, or in a straight line over a commissioning time, whose
// hours do not count for compliance.

#include "scenario/field_table.hpp"
#include "scenario/scenario.hpp"
#include "world/world.hpp"

#include <optional>
#include <vector>

namespace lantian {

//! What one outlet becomes; what is absent stays as it is. Pollutants that are part of this one
//! (PM2.5 of PM) and have no change of their own follow it in proportion.
struct OutletChange {
  Index pollutant = kNone;
  std::optional<Number> raw;              //!< raw mode [amount per unit of activity]
  std::optional<Number> concentration;    //!< stack mode, at the reference oxygen [mass/volume]
  std::optional<Number> bypass;           //!< stack mode [mass/volume]
  std::optional<Number> capture;          //!< [share]
  std::optional<Number> fugitive_control; //!< [share]
  std::optional<Number> limit;            //!< [mass/volume]
};

struct EnergyChange {
  Index carrier = kNone;
  Number uses = Number::constant(0); //!< more than before [carrier amount per unit of activity]
};

struct SourceChange {
  Index source = kNone;
  std::vector<OutletChange> emits;
  std::vector<EnergyChange> energy;
  std::vector<Index> commission; //!< controls that go into service
};

const FieldTable<SourceChange>& source_change_fields();

//! Reports outlets that the source does not have, modes that do not fit, controls not on it.
void check_source_change(const SourceChange& change, const Scenario& scenario,
                         const std::string& key, Diagnostics& diagnostics);

//! Makes the change in a straight line over `over` (zero is at once).
void make_change(World& world, Index measure, const SourceChange& change, Duration over);

//! Moves the factor or concentration of `outlet`, one of `unit`, to `target` in a straight line
//! over `over`, and its parts in proportion, so that PM2.5 stays within PM; save those in `apart`.
void move_factor(World& world, ProcessUnit& unit, Outlet& outlet, double target, Duration over,
                 const std::vector<Index>& apart);

//! The hours of these sources do not count for compliance until `over` has passed.
void commission_outlets(World& world, Index measure, const std::vector<Index>& sources,
                        Duration over);

} // namespace lantian
