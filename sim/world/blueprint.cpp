#include "world/blueprint.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

namespace lantian {

namespace {

using ClockKey = std::pair<std::optional<Index>, std::vector<double>>; // that of the flat one first
using CellKey = std::pair<Index, Index>;

ClockKey clock_of(const Source& source) {
  if (source.profile == kNone)
    return {std::nullopt, source.trend};
  return {source.profile, source.trend};
}

CellKey cell_of(const Source& source) {
  return {source.district, source.sector};
}

template <class Key> struct Numbering {
  std::vector<Key> keys;
  std::vector<std::size_t> of_source;
};

//! Numbers the keys of all sources, and those given, in the order of the keys and not of the
//! sources that have them: sums run in this order, which a source more must not change.
template <class Key>
Numbering<Key> numbered(const Table<Source>& sources, Key (*key_of)(const Source&),
                        std::set<Key> keys) {
  for (const Source& source : sources)
    keys.insert(key_of(source));
  Numbering<Key> numbering{{keys.begin(), keys.end()}, {}};
  for (const Source& source : sources) {
    const auto at = std::ranges::lower_bound(numbering.keys, key_of(source));
    numbering.of_source.push_back(static_cast<std::size_t>(at - numbering.keys.begin()));
  }
  return numbering;
}

} // namespace

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

  has_beds_ = std::any_of(scenario.controls.begin(), scenario.controls.end(),
                          [](const Control& control) { return control.adsorber.has_value(); });

  for (const Carrier& carrier : scenario.carriers) {
    std::set<Index> charged;
    for (const CarrierFactor& factor : carrier.factors)
      charged.insert(factor.pollutant);
    charged_.emplace_back(charged.begin(), charged.end());
  }

  const auto clocks = numbered(scenario.sources, clock_of, {ClockKey{}});
  for (const auto& [profile, trend] : clocks.keys) {
    clocks_.emplace_back(profile ? &scenario.profiles[*profile] : nullptr, trend, scenario.start,
                         scenario.end);
  }
  source_clock_ = clocks.of_source;

  const auto cells = numbered(scenario.sources, cell_of, {});
  for (const auto& [district, sector] : cells.keys)
    cells_.push_back({district, sector});
  source_cell_ = cells.of_source;

  for (std::size_t s = 0; s < scenario.sources.size(); ++s) {
    const Source& source = scenario.sources[s];
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
