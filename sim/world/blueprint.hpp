#pragma once

// The Blueprint is what all replications of a scenario share: the time axes, the clocks, the cells
// in which sources add up, and the rank of every entity. Built once, read by all threads.

#include "kernel/simulation.hpp"
#include "scenario/scenario.hpp"
#include "world/activity_clock.hpp"
#include "world/time_axis.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lantian {

//! Where an emission is booked. Stack and fugitive together are direct; accounts are never netted.
enum class Account : std::uint8_t { stack, fugitive, indirect, avoided };
inline constexpr std::size_t kAccounts = 4;
inline constexpr std::array<std::string_view, kAccounts> kAccountNames = {"stack", "fugitive",
                                                                          "indirect", "avoided"};

class Blueprint {
public:
  explicit Blueprint(const Scenario& scenario);

  const Scenario& scenario() const { return *scenario_; }

  //! Output intervals, months (for compliance) and calendar years.
  const TimeAxis& intervals() const { return intervals_; }
  const TimeAxis& months() const { return months_; }
  const TimeAxis& years() const { return years_; }
  //! Year (index in years()) of output interval i.
  std::size_t year_of_interval(std::size_t i) const { return interval_year_[i]; }

  //! Clock of a source; of a plant (flat).
  const ActivityClock& clock(std::size_t source) const { return clocks_[source_clock_[source]]; }
  std::size_t clock_index(std::size_t source) const { return source_clock_[source]; }
  const std::vector<ActivityClock>& clocks() const { return clocks_; }
  const ActivityClock& flat_clock() const { return clocks_.front(); }
  //! Clock of a profile (kNone is flat) without trend: by which things arrive in their season.
  const ActivityClock& profile_clock(Index profile) const {
    return profile == kNone ? flat_clock() : profile_clocks_[profile];
  }
  //! True where emissions are accounted by alert level.
  bool follows_alerts() const { return follows_alerts_; }

  //! True where there are beds of carbon.
  bool has_beds() const { return has_beds_; }

  //! A channel is an account of a pollutant; behind those come the meters.
  std::size_t channels() const {
    return kAccounts * scenario_->pollutants.size() + 2 * scenario_->carriers.size();
  }
  std::size_t channel(Account account, std::size_t pollutant) const {
    return static_cast<std::size_t>(account) * scenario_->pollutants.size() + pollutant;
  }
  //! The meter of a carrier counts what is used (indirect) or recovered (avoided) of it, apart from
  //! all others, so that each is charged with its own factors when the books are closed.
  std::size_t meter(Account account, std::size_t carrier) const {
    const std::size_t of_carrier = 2 * carrier + (account == Account::avoided ? 1 : 0);
    return kAccounts * scenario_->pollutants.size() + of_carrier;
  }

  //! A cell collects the sources of one district and sector.
  struct Cell {
    Index district = kNone;
    Index sector = kNone;
  };
  const std::vector<Cell>& cells() const { return cells_; }
  std::size_t cell(std::size_t source) const { return source_cell_[source]; }

  //! Sources of a plant, in id order.
  const std::vector<Index>& sources_of(std::size_t plant) const { return plant_sources_[plant]; }
  //! Sources on which a control stands, in id order.
  const std::vector<Index>& sources_under(std::size_t control) const {
    return control_sources_[control];
  }

  //! Pollutants for which a carrier has a factor, in id order.
  const std::vector<Index>& charged_by(std::size_t carrier) const { return charged_[carrier]; }
  //! The carrier's factor for a pollutant by year() [amount per carrier amount].
  std::vector<double> carrier_factors(std::size_t carrier, Index pollutant,
                                      std::span<const double> parameters) const;

  //! Ranks that order ties: measures first, then controls, arrivals and sources, each in id order.
  EntityIndex entity_of_measure(std::size_t measure) const {
    return static_cast<EntityIndex>(measure);
  }
  EntityIndex entity_of_control(std::size_t control) const {
    return static_cast<EntityIndex>(scenario_->measures.size() + control);
  }
  EntityIndex entity_of_arrivals(std::size_t row) const {
    return entity_of_control(scenario_->controls.size() + row);
  }
  EntityIndex entity_of_source(std::size_t source) const {
    return entity_of_arrivals(scenario_->arrivals.size() + source);
  }

private:
  const Scenario* scenario_;
  TimeAxis intervals_;
  TimeAxis months_;
  TimeAxis years_;
  std::vector<std::size_t> interval_year_;
  std::vector<ActivityClock> clocks_; //!< the flat one first
  std::vector<std::size_t> source_clock_;
  std::vector<ActivityClock> profile_clocks_;
  bool follows_alerts_ = false;
  bool has_beds_ = false;
  std::vector<Cell> cells_;
  std::vector<std::size_t> source_cell_;
  std::vector<std::vector<Index>> plant_sources_;
  std::vector<std::vector<Index>> control_sources_;
  std::vector<std::vector<Index>> charged_;
};

} // namespace lantian
