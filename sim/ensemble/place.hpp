#pragma once

// A Place picks the part of the inventory that a target speaks of: all of it, a zone, district,
// sector, plant or source; written "zones.key-area", and "" for all.

#include "ensemble/judge.hpp"
#include "ensemble/recorder.hpp"
#include "scenario/diagnostics.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

struct Place {
  Breakdown breakdown = Breakdown::total;
  std::size_t index = 0;
};

//! The place named by `text`; nothing where there is none.
std::optional<Place> find_place(const std::string& text, const Scenario& scenario);

//! The sources in a place, in id order.
std::vector<Index> sources_in(const Place& place, const Scenario& scenario);

//! Reports a place that does not exist.
std::optional<Place> check_place_exists(const std::string& text, const Scenario& scenario,
                                        const std::string& key, Diagnostics& diagnostics);
//! Reports a place that does not exist, or one that the output does not break down.
void check_place(const std::string& text, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics);

//! Direct emissions (stack and fugitive) of a pollutant in a place, by year.
class YearlyEmission {
public:
  YearlyEmission(const Recorder& recorder, std::size_t pollutant, const std::string& place);

  //! Emission in the calendar years from `first` to `last` [unit of the pollutant].
  double total(const RecordedReplication& replication, std::int64_t first, std::int64_t last) const;

private:
  const Blueprint* blueprint_;
  Place place_;
  std::size_t variable_;
};

//! Reports years outside the horizon, or cut by it.
void check_years(std::int64_t first, std::int64_t last, const Scenario& scenario,
                 const std::string& key, Diagnostics& diagnostics);

} // namespace lantian
