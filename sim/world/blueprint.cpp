#include "world/blueprint.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace lantian {

Blueprint::Blueprint(const Scenario& scenario)
    : scenario_(&scenario), intervals_(scenario.start, scenario.end, scenario.output.interval),
      months_(scenario.start, scenario.end, Interval::month),
      years_(scenario.start, scenario.end, Interval::year), plant_sources_(scenario.plants.size()),
      control_sources_(scenario.controls.size()) {
  for (std::size_t i = 0; i < intervals_.size(); ++i) {
    interval_year_.push_back(years_.index(intervals_.begin(i)));
  }

  for (const Profile& profile : scenario.profiles) {
    profile_clocks_.emplace_back(&profile, std::span<const double>{}, scenario.start, scenario.end);
  }
  const auto& dimensions = scenario.output.dimensions;
  follows_alerts_ = std::find(dimensions.begin(), dimensions.end(), "alert") != dimensions.end();

  for (const Carrier& carrier : scenario.carriers) {
    std::set<Index> charged;
    for (const CarrierFactor& factor : carrier.factors)
      charged.insert(factor.pollutant);
    charged_.emplace_back(charged.begin(), charged.end());
  }

  using ClockKey = std::pair<Index, std::vector<double>>;
  std::map<ClockKey, std::size_t> known_clocks;
  clocks_.emplace_back(nullptr, std::span<const double>{}, scenario.start, scenario.end);
  known_clocks.emplace(ClockKey{kNone, {}}, 0);

  std::map<std::pair<Index, Index>, std::size_t> known_cells;
  for (std::size_t s = 0; s < scenario.sources.size(); ++s) {
    const Source& source = scenario.sources[s];
    const auto [clock, is_new_clock] =
        known_clocks.emplace(ClockKey{source.profile, source.trend}, clocks_.size());
    if (is_new_clock) {
      const Profile* profile =
          source.profile == kNone ? nullptr : &scenario.profiles[source.profile];
      clocks_.emplace_back(profile, source.trend, scenario.start, scenario.end);
    }
    source_clock_.push_back(clock->second);

    const auto [cell, is_new_cell] =
        known_cells.emplace(std::pair{source.district, source.sector}, cells_.size());
    if (is_new_cell)
      cells_.push_back({source.district, source.sector});
    source_cell_.push_back(cell->second);

    if (source.plant != kNone)
      plant_sources_[source.plant].push_back(static_cast<Index>(s));
    for (const Index control : source.controls) {
      control_sources_[control].push_back(static_cast<Index>(s));
    }
  }
}

std::vector<double> Blueprint::carrier_factors(std::size_t carrier, Index pollutant,
                                               std::span<const double> parameters) const {
  std::vector<double> by_year(years_.size(), 0.0);
  std::vector<std::int64_t> since(years_.size(), std::numeric_limits<std::int64_t>::min());
  for (const CarrierFactor& factor : scenario_->carriers[carrier].factors) {
    if (factor.pollutant != pollutant)
      continue;
    for (std::size_t y = 0; y < years_.size(); ++y) {
      if (factor.from > year_of(years_.begin(y)) || factor.from < since[y])
        continue;
      since[y] = factor.from;
      by_year[y] = factor.value.value(parameters);
    }
  }
  return by_year;
}

} // namespace lantian
