#include "scenario/matter_checks.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/units.hpp"

namespace lantian {

namespace {

std::vector<Index> sources_under(const Scenario& scenario, Index control) {
  std::vector<Index> sources;
  for (Index s = 0; s < scenario.sources.size(); ++s) {
    const std::vector<Index>& controls = scenario.sources[s].controls;
    if (std::find(controls.begin(), controls.end(), control) != controls.end()) {
      sources.push_back(s);
    }
  }
  return sources;
}

//! The pollutant that a bed holds back: one, a mass, emitted `raw`.
void check_bed(const Scenario& scenario, Index control, Diagnostics& diagnostics) {
  const Control& row = scenario.controls[control];
  const std::string key = "controls." + row.id;
  if (row.efficiency.size() != 1) {
    diagnostics.error(key + ".efficiency",
                      fmt::format("a bed of carbon holds back one pollutant; this one has {}",
                                  row.efficiency.size()));
    return;
  }
  const Pollutant& pollutant = scenario.pollutants[row.efficiency[0].pollutant];
  if (parse_unit(pollutant.unit).dimension != kMass) {
    diagnostics.error(key + ".efficiency." + pollutant.id,
                      fmt::format("{} is counted in {}, and carbon adsorbs a mass", pollutant.id,
                                  pollutant.unit));
  }
  if (row.efficiency[0].efficiency.bounds(parameter_bounds(scenario)).low <= 0) {
    diagnostics.error(key + ".efficiency." + pollutant.id,
                      "must be above 0: it is that of fresh carbon");
  }
}

//! Where a bed stands: on one source, of which it is the only bed.
void check_place(const Scenario& scenario, Index control, Diagnostics& diagnostics) {
  const Control& row = scenario.controls[control];
  const std::string key = "controls." + row.id + ".adsorber";
  const std::vector<Index> sources = sources_under(scenario, control);
  if (sources.size() > 1) {
    diagnostics.error(key, fmt::format("stands on {} sources, such as {} and {}: a bed has one "
                                       "source, give each its own",
                                       sources.size(), scenario.sources[sources[0]].id,
                                       scenario.sources[sources[1]].id));
  }
  for (const Index s : sources) {
    const std::vector<EmissionFactor>& emits = scenario.sources[s].emits;
    const bool is_fed = std::any_of(emits.begin(), emits.end(), [&](const EmissionFactor& each) {
      return each.raw && !row.efficiency.empty() && each.pollutant == row.efficiency[0].pollutant;
    });
    if (!is_fed) {
      diagnostics.error(key, fmt::format("stands on sources.{}, which does not emit `raw` what it "
                                         "holds back",
                                         scenario.sources[s].id));
    }
    for (const Index other : scenario.sources[s].controls) {
      if (other < control && scenario.controls[other].adsorber) {
        diagnostics.error(key, fmt::format("sources.{} has another bed, {}: one a source",
                                           scenario.sources[s].id, scenario.controls[other].id));
      }
    }
  }
}

void check_waste(const Scenario& scenario, const Control& control, Diagnostics& diagnostics) {
  if (control.adsorber->waste == kNone) {
    return;
  }
  const Source& waste = scenario.sources[control.adsorber->waste];
  if (waste.activity.dimension() != kMassRate) {
    diagnostics.error("controls." + control.id + ".adsorber.waste",
                      fmt::format("the activity of sources.{} is {}; a mass per time is needed: "
                                  "it counts spent carbon",
                                  waste.id, describe(waste.activity.dimension())));
  }
}

//! The units that a source feeds, and those feed, until it ends or comes back.
std::vector<Index> chain_from(const Scenario& scenario, Index source) {
  std::vector<Index> chain{source};
  while (scenario.sources[chain.back()].feeds && chain.size() <= scenario.sources.size()) {
    chain.push_back(scenario.sources[chain.back()].feeds->unit);
    if (chain.back() == source) {
      break;
    }
  }
  return chain;
}

void check_circle(const Scenario& scenario, Index source, Diagnostics& diagnostics) {
  const std::vector<Index> chain = chain_from(scenario, source);
  const bool is_circle = chain.size() > 1 && chain.back() == source;
  if (!is_circle || source != *std::min_element(chain.begin(), chain.end())) {
    return; // said once, at the first of the circle
  }
  std::string text;
  for (const Index each : chain) {
    text += (text.empty() ? "" : " -> ") + scenario.sources[each].id;
  }
  diagnostics.error("sources." + scenario.sources[source].id + ".feeds.unit",
                    "feeds itself: " + text);
}

void check_ratio(const Scenario& scenario, const Source& source, Diagnostics& diagnostics) {
  const Source& unit = scenario.sources[source.feeds->unit];
  const Dimension needed = source.activity.dimension() / unit.activity.dimension();
  if (source.feeds->ratio && source.feeds->ratio->dimension() != needed) {
    diagnostics.error("sources." + source.id + ".feeds.ratio",
                      fmt::format("is {}; {} is needed, because sources.{} is counted in {} and "
                                  "sources.{} in {}",
                                  describe(source.feeds->ratio->dimension()), describe(needed),
                                  source.id, source.activity_unit, unit.id, unit.activity_unit));
  }
  const auto bounds = parameter_bounds(scenario);
  for (const Source* each : {&source, &unit}) {
    if (each->activity.bounds(bounds).low <= 0) {
      diagnostics.error("sources." + source.id + ".feeds",
                        fmt::format("the activity of sources.{} must be above 0: the stock is "
                                    "measured by it",
                                    each->id));
    }
  }
}

} // namespace

void check_adsorbers(const Scenario& scenario, const std::set<std::string>& unsound,
                     Diagnostics& diagnostics) {
  for (Index c = 0; c < scenario.controls.size(); ++c) {
    if (!scenario.controls[c].adsorber || unsound.count("controls." + scenario.controls[c].id)) {
      continue;
    }
    check_bed(scenario, c, diagnostics);
    check_place(scenario, c, diagnostics);
    check_waste(scenario, scenario.controls[c], diagnostics);
  }
}

void check_feeds(const Scenario& scenario, const std::set<std::string>& unsound,
                 Diagnostics& diagnostics) {
  for (Index s = 0; s < scenario.sources.size(); ++s) {
    const Source& source = scenario.sources[s];
    if (!source.feeds || unsound.count("sources." + source.id)) {
      continue;
    }
    check_circle(scenario, s, diagnostics);
    if (!unsound.count("sources." + scenario.sources[source.feeds->unit].id)) {
      check_ratio(scenario, source, diagnostics);
    }
  }
}

} // namespace lantian
