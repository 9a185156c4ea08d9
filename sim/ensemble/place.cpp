#include "ensemble/place.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lantian {

namespace {

std::optional<Index> find_row(Breakdown breakdown, const std::string& id,
                              const Scenario& scenario) {
  switch (breakdown) {
  case Breakdown::zone:
    return scenario.zones.find(id);
  case Breakdown::district:
    return scenario.districts.find(id);
  case Breakdown::sector:
    return scenario.sectors.find(id);
  case Breakdown::plant:
    return scenario.plants.find(id);
  case Breakdown::source:
    return scenario.sources.find(id);
  case Breakdown::total:
    break;
  }
  return std::nullopt;
}

} // namespace

std::optional<Place> find_place(const std::string& text, const Scenario& scenario) {
  if (text.empty())
    return Place{};
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos)
    return std::nullopt;
  for (std::size_t b = 1; b < kBreakdownNames.size(); ++b) {
    if (text.substr(0, dot) != std::string(kBreakdownNames[b]) + "s")
      continue;
    const auto breakdown = static_cast<Breakdown>(b);
    const auto row = find_row(breakdown, text.substr(dot + 1), scenario);
    if (row)
      return Place{breakdown, *row};
  }
  return std::nullopt;
}

std::vector<Index> sources_in(const Place& place, const Scenario& scenario) {
  const auto is_in = [&](Index s) {
    const Source& source = scenario.sources[s];
    switch (place.breakdown) {
    case Breakdown::zone:
      return scenario.districts[source.district].zone == place.index;
    case Breakdown::district:
      return source.district == place.index;
    case Breakdown::sector:
      return source.sector == place.index;
    case Breakdown::plant:
      return source.plant == place.index;
    case Breakdown::source:
      return s == place.index;
    case Breakdown::total:
      break;
    }
    return true;
  };
  std::vector<Index> sources;
  for (Index s = 0; s < scenario.sources.size(); ++s) {
    if (is_in(s))
      sources.push_back(s);
  }
  return sources;
}

std::optional<Place> check_place_exists(const std::string& text, const Scenario& scenario,
                                        const std::string& key, Diagnostics& diagnostics) {
  const auto place = find_place(text, scenario);
  if (!place) {
    diagnostics.error(key, "'" + text +
                               "' is no place of this scenario; write it like zones.key-area, "
                               "districts.ID, sectors.ID, plants.ID or sources.ID");
  }
  return place;
}

void check_place(const std::string& text, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  const auto place = check_place_exists(text, scenario, key, diagnostics);
  if (!place)
    return;
  const auto name = kBreakdownNames[static_cast<std::size_t>(place->breakdown)];
  const auto& asked = scenario.output.dimensions;
  if (std::find(asked.begin(), asked.end(), name) == asked.end()) {
    diagnostics.error(key, fmt::format("needs \"{}\" among output.dimensions", name));
  }
}

YearlyEmission::YearlyEmission(const Recorder& recorder, std::size_t pollutant,
                               const std::string& place)
    : blueprint_(&recorder.blueprint()),
      place_(*find_place(place, recorder.blueprint().scenario())),
      variable_(*recorder.emission(pollutant, place_.breakdown)) {}

double YearlyEmission::total(const RecordedReplication& replication, std::int64_t first,
                             std::int64_t last) const {
  const auto values = replication.values(variable_);
  const bool is_yearly =
      place_.breakdown == Breakdown::plant || place_.breakdown == Breakdown::source;
  const TimeAxis& axis = is_yearly ? blueprint_->years() : blueprint_->intervals();
  const bool has_accounts =
      place_.breakdown == Breakdown::total || place_.breakdown == Breakdown::zone;
  const std::size_t rows = has_accounts ? kAccounts : 1;
  const std::size_t direct_rows = has_accounts ? 2 : 1; // stack and fugitive come first

  double total = 0;
  for (std::size_t row = 0; row < direct_rows; ++row) {
    const std::size_t offset = (place_.index * rows + row) * axis.size();
    for (std::size_t i = 0; i < axis.size(); ++i) {
      const int year = year_of(axis.begin(i));
      if (year >= first && year <= last)
        total += values[offset + i];
    }
  }
  return total;
}

void check_years(std::int64_t first, std::int64_t last, const Scenario& scenario,
                 const std::string& key, Diagnostics& diagnostics) {
  if (first > last) {
    diagnostics.error(key + ".to", fmt::format("{} lies before from ({})", last, first));
    return;
  }
  const bool starts_on_new_year = year_start(scenario.start) == scenario.start;
  const std::int64_t first_whole = year_of(scenario.start) + (starts_on_new_year ? 0 : 1);
  const std::int64_t last_whole = year_of(scenario.end) - 1;
  if (first < first_whole || last > last_whole) {
    diagnostics.error(key + ".from", fmt::format("the years {} to {} are not all whole years of "
                                                 "the horizon ({} to {})",
                                                 first, last, first_whole, last_whole));
  }
}

} // namespace lantian
