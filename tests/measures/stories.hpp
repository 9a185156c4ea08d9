#pragma once

// What tests of measures share: stages in days, fates of lost output, and the checks of a kind.

#include "measures/alert_response.hpp"
#include "measures/closure.hpp"
#include "measures/dry_quenching.hpp"
#include "measures/grading.hpp"
#include "measures/registry.hpp"
#include "measures/relocation.hpp"
#include "measures/retrofit.hpp"
#include "measures/ultra_low_emission.hpp"
#include "world/small_world.hpp"

#include <string>
#include <vector>

namespace lantian {

inline Stage stage(std::string id, double length, Effect effect = Effect::none) {
  Stage stage;
  stage.id = std::move(id);
  stage.duration = fixed_days(length);
  stage.effect = effect;
  return stage;
}

//! Works that hold one of the first resource, a crew.
inline Stage crewed(double length) {
  Stage works = stage("works", length);
  works.crews = {{0, fixed(1)}};
  return works;
}

//! From 1 March (day 59) to 31 October (until day 304), and again from day 424.
inline const std::vector<Season> kOutdoorSeason{
    {std::chrono::March / 1, std::chrono::October / 31}};

inline LostOutput output_is(LostOutput::Fate fate, double made_up_at = 0) {
  LostOutput lost;
  lost.fate = fate;
  if (made_up_at > 0)
    lost.made_up_at = fixed(made_up_at);
  return lost;
}

inline Index source_of(const Scenario& all, const std::string& id) {
  return *all.sources.find(id);
}
inline Index plant_of(const Scenario& all, const std::string& id) {
  return *all.plants.find(id);
}
inline Index pollutant_of(const Scenario& all, const std::string& id) {
  return *all.pollutants.find(id);
}

//! A kiln that makes one a day and emits 1 kg of PM each.
inline Inventory kiln_town() {
  Inventory town;
  town.source("kiln").raw("PM", 1);
  return town;
}

//! The kiln's factor becomes `raw`.
inline SourceChange kiln_becomes(const Scenario& all, double raw) {
  SourceChange change;
  change.source = source_of(all, "kiln");
  OutletChange outlet;
  outlet.pollutant = pollutant_of(all, "PM");
  outlet.raw = fixed(raw);
  change.emits.push_back(outlet);
  return change;
}

//! Adds a retrofit of the kiln to 0.5 kg, beginning so many days after the start of 2025.
inline void add_retrofit(Inventory& town, std::string id, double start, std::vector<Stage> stages,
                         std::function<void(Retrofit&, const Scenario&)> more = nullptr) {
  town.measure<Retrofit>(std::move(id), [=](Retrofit& plan, const Scenario& all) {
    plan.start = day(start);
    plan.stages = stages;
    plan.changes = {kiln_becomes(all, 0.5)};
    if (more)
      more(plan, all);
  });
}

//! What the kind's check says of a measure, line by line.
inline std::string mistakes_of(const Scenario& scenario, const std::string& kind,
                               const std::string& measure) {
  Diagnostics diagnostics;
  const std::vector<Kind> kinds = measure_kinds();
  const Plan& plan = *scenario.measures.at(measure).plan;
  KindRegistry::find(kinds, kind)->check(plan, scenario, "measures." + measure, diagnostics);
  std::string text;
  for (const Mistake& mistake : diagnostics.sorted())
    text += mistake.text() + "\n";
  return text;
}

} // namespace lantian
