#pragma once

// What can be said against a project-like measure once the whole scenario is known. Kinds call
// these from their `check` hooks. All mistakes of logic are found here, so that no run fails on
// them.

#include "measures/project_plan.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/scenario.hpp"

#include <string>
#include <vector>

namespace lantian {

//! Reports unknown stages and predecessors, predecessors that may be cancelled or wait for each
//! other, crews and costs beyond capacity and budget, stops without a fate for the output.
void check_project(const ProjectPlan& plan, const Scenario& scenario, const std::string& key,
                   Diagnostics& diagnostics);
//! The same for one list of stages under `key`, such as that of a limb.
void check_stages(const ProjectPlan& plan, const std::vector<Stage>& stages,
                  const Scenario& scenario, const std::string& key, Diagnostics& diagnostics);

//! Reports crews that are none, or more of them than there are.
void check_crews(const std::vector<CrewNeed>& crews, const Scenario& scenario,
                 const std::string& key, Diagnostics& diagnostics);
//! Reports a calendar that rests in alerts where only its seasons are looked at.
void check_seasons_only(Index calendar, const Scenario& scenario, const std::string& key,
                        Diagnostics& diagnostics);
//! The most that a number can come to.
double highest(const Number& number, const Scenario& scenario);
//! The most that a budget can ever hold [CNY]: all its releases, or the largest where they lapse.
double whole_budget(const ResourceRow& fund, const Scenario& scenario);

//! Reports takers that cannot take what `plants` made: there are none, or a taker is among them.
void check_handover(const LostOutput& lost, const std::vector<Index>& plants,
                    const Scenario& scenario, const std::string& key, Diagnostics& diagnostics);

//! Reports a source by whose activity a measure counts a mass of `what`, if it counts something
//! else or already runs; kNone is no source.
void check_counter(Index source, const std::string& what, const Scenario& scenario,
                   const std::string& key, Diagnostics& diagnostics);

//! Reports background sources, which no measure may touch.
void check_touched(const std::vector<Index>& sources, const Scenario& scenario,
                   const std::string& key, Diagnostics& diagnostics);
void check_touched_plants(const std::vector<Index>& plants, const Scenario& scenario,
                          const std::string& key, Diagnostics& diagnostics);

} // namespace lantian
