#include "measures/project_checks.hpp"

#include "measures/measure.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace lantian {

namespace {

std::string date_text(Time time) {
  return format_time(time).substr(0, 10);
}

} // namespace

double highest(const Number& number, const Scenario& scenario) {
  return number.bounds(parameter_bounds(scenario)).high;
}

double whole_budget(const ResourceRow& fund, const Scenario& scenario) {
  double whole = 0;
  for (const BudgetRelease& release : fund.releases) {
    const double amount = highest(release.amount, scenario);
    whole = fund.lapses ? std::max(whole, amount) : whole + amount;
  }
  return whole;
}

void check_crews(const std::vector<CrewNeed>& needs, const Scenario& scenario,
                 const std::string& key, Diagnostics& diagnostics) {
  for (const CrewNeed& need : needs) {
    const ResourceRow& crews = scenario.resources[need.resource];
    const std::string at = key + ".crews." + crews.id;
    if (crews.kind != ResourceKind::counted) {
      diagnostics.error(at, fmt::format("{} is a budget; name it as fund", crews.id));
    } else if (highest(need.amount, scenario) > static_cast<double>(crews.final_capacity())) {
      diagnostics.error(at, fmt::format("needs up to {:g} crews where there are only {}",
                                        highest(need.amount, scenario), crews.final_capacity()));
    }
  }
}

void check_seasons_only(Index calendar, const Scenario& scenario, const std::string& key,
                        Diagnostics& diagnostics) {
  if (calendar == kNone || scenario.calendars[calendar].stopped_by_alerts.empty())
    return;
  diagnostics.error(key, scenario.calendars[calendar].id +
                             " rests in alerts, of which nothing is seen here: name a calendar "
                             "without stopped_by_alerts");
}

namespace {

void check_fund(const Stage& stage, const Scenario& scenario, const std::string& key,
                Diagnostics& diagnostics) {
  if (stage.fund == kNone)
    return;
  const ResourceRow& fund = scenario.resources[stage.fund];
  if (fund.kind != ResourceKind::consumable) {
    diagnostics.error(key + ".fund", fund.id + " is no budget but crews");
  } else if (!stage.cost) {
    diagnostics.error(key + ".fund", "pays for nothing: the stage has no cost");
  } else if (highest(*stage.cost, scenario) > whole_budget(fund, scenario)) {
    diagnostics.error(key + ".cost",
                      fmt::format("may reach {:.4g} CNY, more than {} ever holds ({:.4g} CNY)",
                                  highest(*stage.cost, scenario), fund.id,
                                  whole_budget(fund, scenario)));
  }
}

void check_stop(const ProjectPlan& plan, const Stage& stage, const Scenario& scenario,
                const std::string& key, Diagnostics& diagnostics) {
  check_touched(stage.units_down, scenario, key + ".units_down", diagnostics);
  check_touched_plants(stage.plants_down, scenario, key + ".plants_down", diagnostics);
  if (stage.units_down.empty() && stage.plants_down.empty())
    return;
  if (!plan.lost_output) {
    diagnostics.error(key, "stops units, so the measure's lost_output must say what becomes of "
                           "their output: lost, made_up or taken_by");
  } else if (!plan.lost_output->takers.empty()) {
    check_handover(*plan.lost_output, stage.plants_down, scenario, key + ".plants_down",
                   diagnostics);
  }
}

} // namespace

void check_stages(const ProjectPlan& plan, const std::vector<Stage>& stages,
                  const Scenario& scenario, const std::string& key, Diagnostics& diagnostics) {
  std::set<std::string> ids;
  std::string effective;
  for (const Stage& stage : stages) {
    const std::string at = fmt::format("{}.stages[{}]", key, stage.id);
    if (!ids.insert(stage.id).second) {
      diagnostics.error(at + ".id", "two stages of this measure are called " + stage.id);
    }
    if (stage.effect != Effect::none && !effective.empty()) {
      diagnostics.error(at + ".effect", "the effect comes in stage " + effective + " already");
    }
    if (stage.effect != Effect::none)
      effective = stage.id;
    check_crews(stage.crews, scenario, at, diagnostics);
    check_fund(stage, scenario, at, diagnostics);
    check_stop(plan, stage, scenario, at, diagnostics);
  }
}

namespace {

const ProjectPlan* plan_of(const Entry& entry) {
  return static_cast<const MeasurePlan*>(entry.plan.get());
}

//! The measures that a plan waits for and that exist.
std::vector<Index> predecessors_of(const ProjectPlan& plan, const Scenario& scenario) {
  std::vector<Index> found;
  for (const std::string& id : plan.after) {
    const auto measure = scenario.measures.find(id);
    if (measure && plan_of(scenario.measures[*measure]))
      found.push_back(*measure);
  }
  return found;
}

//! Appends the way from `from` along predecessors back to `to`; false where there is none.
bool find_way(Index from, Index to, const Scenario& scenario, std::set<Index>& seen,
              std::vector<Index>& way) {
  way.push_back(from);
  for (const Index next : predecessors_of(*plan_of(scenario.measures[from]), scenario)) {
    if (next == to)
      return true;
    if (seen.insert(next).second && find_way(next, to, scenario, seen, way))
      return true;
  }
  way.pop_back();
  return false;
}

//! Reports a circle of predecessors at its first measure, once.
void check_circle(Index measure, const Scenario& scenario, const std::string& key,
                  Diagnostics& diagnostics) {
  std::set<Index> seen;
  std::vector<Index> way;
  if (!find_way(measure, measure, scenario, seen, way))
    return;
  if (measure != *std::min_element(way.begin(), way.end()))
    return;
  std::string text;
  for (const Index each : way)
    text += scenario.measures[each].id + " -> ";
  diagnostics.error(key + ".after", "waits for itself: " + text + scenario.measures[measure].id);
}

//! True where the measure may be given up, by its own chance or with a predecessor.
bool may_be_cancelled(Index measure, const Scenario& scenario, std::set<Index>& seen) {
  if (!seen.insert(measure).second)
    return false;
  const ProjectPlan& plan = *plan_of(scenario.measures[measure]);
  if (plan.cancel_probability && highest(*plan.cancel_probability, scenario) > 0)
    return true;
  if (plan.if_absent == IfAbsent::ignore)
    return false;
  const std::vector<Index> predecessors = predecessors_of(plan, scenario);
  return std::any_of(predecessors.begin(), predecessors.end(), [&](Index predecessor) {
    return may_be_cancelled(predecessor, scenario, seen);
  });
}

void check_predecessors(const ProjectPlan& plan, const Scenario& scenario, const std::string& key,
                        Diagnostics& diagnostics) {
  constexpr const char* kWays = "say if_absent = \"ignore\" or \"never\"";
  if (plan.if_absent != IfAbsent::error)
    return;
  for (const std::string& id : plan.after) {
    const auto measure = scenario.measures.find(id);
    std::set<Index> seen;
    if (!measure) {
      diagnostics.error(
          key + ".after",
          fmt::format("no measure is called {}; name one of this scenario, or {}", id, kWays));
    } else if (plan_of(scenario.measures[*measure]) && may_be_cancelled(*measure, scenario, seen)) {
      diagnostics.error(key + ".after",
                        fmt::format("{} may be cancelled; what then? {}", id, kWays));
    }
  }
}

void check_start(const ProjectPlan& plan, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  const std::string at = key + ".start";
  const std::string start = date_text(plan.start);
  if (plan.start >= scenario.end) {
    diagnostics.error(at, fmt::format("{} lies after the end of the scenario ({})", start,
                                      date_text(scenario.end)));
  } else if (plan.start < scenario.start && !plan.in_progress) {
    diagnostics.error(at, fmt::format("{} lies before the start of the scenario ({}); say with "
                                      "in_progress where it stood then",
                                      start, date_text(scenario.start)));
  } else if (plan.start > scenario.start && plan.in_progress) {
    diagnostics.error(at, fmt::format("{} lies after the start of the scenario ({}), so that it "
                                      "cannot be in progress then",
                                      start, date_text(scenario.start)));
  }
}

//! What began before the horizon cannot have been decided or have had its effect before it.
void check_progress(const ProjectPlan& plan, const std::string& key, Diagnostics& diagnostics) {
  const std::size_t now = plan.find_stage(plan.in_progress->stage);
  if (now == plan.stages.size()) {
    diagnostics.error(key + ".in_progress.stage", "no stage is called " + plan.in_progress->stage);
    return;
  }
  for (std::size_t i = 0; i < now; ++i) {
    if (plan.stages[i].effect == Effect::none)
      continue;
    diagnostics.error(key + ".in_progress.stage",
                      fmt::format("the effect came in stage {}, before the scenario: state it in "
                                  "the inventory instead",
                                  plan.stages[i].id));
  }
  const std::size_t decided =
      plan.cancelled_before.empty() ? 0 : plan.find_stage(plan.cancelled_before);
  if (plan.cancel_probability && decided <= now) {
    diagnostics.error(key + ".cancel_probability",
                      fmt::format("has no effect: it is decided before stage {}, which has begun; "
                                  "name a later one in cancelled_before",
                                  plan.stages[decided].id));
  }
}

} // namespace

void check_project(const ProjectPlan& plan, const Scenario& scenario, const std::string& key,
                   Diagnostics& diagnostics) {
  check_stages(plan, plan.stages, scenario, key, diagnostics);
  check_predecessors(plan, scenario, key, diagnostics);
  if (const auto measure = scenario.measures.find(key.substr(key.find('.') + 1))) {
    check_circle(*measure, scenario, key, diagnostics);
  }
  check_start(plan, scenario, key, diagnostics);
  if (plan.in_progress)
    check_progress(plan, key, diagnostics);
  if (!plan.cancelled_before.empty() &&
      plan.find_stage(plan.cancelled_before) == plan.stages.size()) {
    diagnostics.error(key + ".cancelled_before", "no stage is called " + plan.cancelled_before);
  }
  if (plan.lost_output) {
    check_lost_output(*plan.lost_output, scenario, key + ".lost_output", diagnostics);
  }
}

void check_handover(const LostOutput& lost, const std::vector<Index>& plants,
                    const Scenario& scenario, const std::string& key, Diagnostics& diagnostics) {
  if (plants.empty()) {
    diagnostics.error(key, "no plant stops here, and what single units make is no plant's product: "
                           "nobody can take it; say lost or made_up");
  }
  for (const LostOutput::Taker& taker : lost.takers) {
    if (std::find(plants.begin(), plants.end(), taker.plant) == plants.end())
      continue;
    diagnostics.error(key,
                      "plants." + scenario.plants[taker.plant].id + " cannot take its own output");
  }
}

void check_counter(Index source, const std::string& what, const Scenario& scenario,
                   const std::string& key, Diagnostics& diagnostics) {
  if (source == kNone)
    return;
  const Source& row = scenario.sources[source];
  if (row.activity.dimension() != kMassRate) {
    diagnostics.error(key, fmt::format("the activity of sources.{} is {}; a mass per time is "
                                       "needed, such as t/year: it counts {}",
                                       row.id, describe(row.activity.dimension()), what));
  }
  check_touched({source}, scenario, key, diagnostics);
  if (!row.idle && (row.plant == kNone || !scenario.plants[row.plant].idle)) {
    diagnostics.error(key, fmt::format("sources.{} already runs; what this measure does would be "
                                       "counted on top. Set idle = true there",
                                       row.id));
  }
}

void check_touched(const std::vector<Index>& sources, const Scenario& scenario,
                   const std::string& key, Diagnostics& diagnostics) {
  for (const Index source : sources) {
    if (!scenario.sources[source].background)
      continue;
    diagnostics.error(key, "sources." + scenario.sources[source].id +
                               " is background, which no measure may touch");
  }
}

void check_touched_plants(const std::vector<Index>& plants, const Scenario& scenario,
                          const std::string& key, Diagnostics& diagnostics) {
  if (plants.empty())
    return;
  for (std::size_t s = 0; s < scenario.sources.size(); ++s) {
    const Index plant = scenario.sources[s].plant;
    if (std::find(plants.begin(), plants.end(), plant) == plants.end())
      continue;
    check_touched({static_cast<Index>(s)}, scenario, key, diagnostics);
  }
}

} // namespace lantian
