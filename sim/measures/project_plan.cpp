#include "measures/project_plan.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

namespace lantian {

namespace {

const FieldTable<InProgress>& in_progress_fields() {
  static const auto fields =
      FieldTable<InProgress>("in_progress", "A measure that began before the horizon.")
          .id("stage", &InProgress::stage,
              {.doc = "The stage that is under way at the horizon's start.", .required = true})
          .number("remaining", &InProgress::remaining,
                  {.doc = "Working time that this stage still needs.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "month",
                   .low = 0,
                   .chance = true});
  return fields;
}

} // namespace

const FieldTable<Stage>& stage_fields() {
  static const auto fields =
      FieldTable<Stage>("stage", "A step of a measure, in the order written.")
          .id("id", &Stage::id, {.doc = "Name of the stage.", .required = true})
          .number("duration", &Stage::duration,
                  {.doc = "Working time; it advances only while the calendar is open.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "month",
                   .low = 0,
                   .chance = true})
          .choice("cause", &Stage::is_permit, {{"work", false}, {"permits", true}},
                  {.doc = "What its time is counted as in `why`.", .preset = "work"})
          .keyed_numbers("crews", &Stage::crews,
                         {.doc = "Crews that it holds while working.",
                          .dimension = kDimensionless,
                          .low = 0,
                          .table = "resources"})
          .number("cost", &Stage::cost,
                  {.doc = "Capital, spent evenly over the work.",
                   .dimension = kMoney,
                   .unit = "MCNY",
                   .low = 0,
                   .chance = true})
          .reference("fund", &Stage::fund,
                     {.doc = "Budget that pays the cost, taken whole before the stage starts.",
                      .table = "resources"})
          .reference("calendar", &Stage::calendar,
                     {.doc = "When its work is possible.", .table = "calendars"})
          .references("units_down", &Stage::units_down,
                      {.doc = "Sources that stand still from its first work to its end.",
                       .table = "sources"})
          .references("plants_down", &Stage::plants_down,
                      {.doc = "Plants that stand still likewise.", .table = "plants"})
          .choice("effect", &Stage::effect,
                  {{"none", Effect::none}, {"step", Effect::step}, {"ramp", Effect::ramp}},
                  {.doc = "The measure's effect comes at its end, or in a straight line over it.",
                   .preset = "none; step in the last stage where none has one"});
  return fields;
}

const FieldTable<ProjectPlan>& project_fields() {
  static const auto fields =
      FieldTable<ProjectPlan>("project", "What every project-like measure states.")
          .date("start", &ProjectPlan::start,
                {.doc = "Earliest beginning.", .required = true})
          .number("delay", &ProjectPlan::delay,
                  {.doc = "Slip of the beginning, after start and predecessors.",
                   .dimension = kTime,
                   .unit = "month",
                   .low = 0,
                   .chance = true})
          .texts("after", &ProjectPlan::after, {.doc = "Measures that must be there before."})
          .choice("after_milestone", &ProjectPlan::after_milestone,
                  {{"begun", Milestone::begun},
                   {"works", Milestone::works},
                   {"assessed", Milestone::assessed},
                   {"published", Milestone::published}},
                  {.doc = "Which milestone of those.", .preset = "works"})
          .choice("if_absent", &ProjectPlan::if_absent,
                  {{"error", IfAbsent::error},
                   {"ignore", IfAbsent::ignore},
                   {"never", IfAbsent::never}},
                  {.doc = "What if one of those is cancelled or not in the scenario.",
                   .preset = "error"})
          .table("in_progress", &ProjectPlan::in_progress, in_progress_fields(),
                 {.doc = "Where it stood at the horizon's start."})
          .number("cancel_probability", &ProjectPlan::cancel_probability,
                  {.doc = "Probability that it is given up.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1})
          .text("cancelled_before", &ProjectPlan::cancelled_before,
                {.doc = "Stage before which that is decided.", .preset = "the first"})
          .tables("stages", &ProjectPlan::stages, stage_fields(), {.doc = "Its stages, in order."})
          .table("lost_output", &ProjectPlan::lost_output, lost_output_fields(),
                 {.doc = "What becomes of output that is not made because of it."})
          .number("operating_cost", &ProjectPlan::operating_cost,
                  {.doc = "Running cost from the end of the works on.",
                   .dimension = kMoneyRate,
                   .unit = "MCNY/year",
                   .low = 0});
  return fields;
}

std::size_t ProjectPlan::find_stage(const std::string& id) const {
  const auto found = std::find_if(stages.begin(), stages.end(),
                                  [&](const Stage& stage) { return stage.id == id; });
  return static_cast<std::size_t>(found - stages.begin());
}

namespace {

std::string date_text(Time time) { return format_time(time).substr(0, 10); }

//! Everything a budget ever releases, at most [CNY].
double whole_budget(const ResourceRow& fund, const Scenario& scenario) {
  const std::vector<Bounds> bounds = parameter_bounds(scenario);
  double sum = 0;
  for (const BudgetRelease& release : fund.releases) sum += release.amount.bounds(bounds).high;
  return sum;
}

double highest(const Number& number, const Scenario& scenario) {
  return number.bounds(parameter_bounds(scenario)).high;
}

void check_needs(const Stage& stage, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  for (const CrewNeed& need : stage.crews) {
    const ResourceRow& crews = scenario.resources[need.resource];
    const std::string at = key + ".crews." + crews.id;
    if (crews.kind != ResourceKind::counted) {
      diagnostics.error(at, fmt::format("{} is a budget; name it as fund", crews.id));
    } else if (highest(need.amount, scenario) > static_cast<double>(crews.capacity)) {
      diagnostics.error(at, fmt::format("needs up to {:g} crews where there are only {}",
                                        highest(need.amount, scenario), crews.capacity));
    }
  }
  if (stage.fund == kNone) return;
  const ResourceRow& fund = scenario.resources[stage.fund];
  if (fund.kind != ResourceKind::consumable) {
    diagnostics.error(key + ".fund", fund.id + " is no budget but crews");
  } else if (!stage.cost) {
    diagnostics.error(key + ".fund", "pays for nothing: the stage has no cost");
  } else if (highest(*stage.cost, scenario) > whole_budget(fund, scenario)) {
    diagnostics.error(key + ".cost",
                      fmt::format("may reach {:.4g} CNY, more than {} ever releases ({:.4g} CNY)",
                                  highest(*stage.cost, scenario), fund.id,
                                  whole_budget(fund, scenario)));
  }
}

} // namespace

void check_stages(const std::vector<Stage>& stages, const Scenario& scenario,
                  const std::string& key, Diagnostics& diagnostics) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const std::string at = fmt::format("{}.stages[{}]", key, i);
    if (!ids.insert(stages[i].id).second) {
      diagnostics.error(at + ".id", "two stages of this measure are called " + stages[i].id);
    }
    check_needs(stages[i], scenario, at, diagnostics);
  }
}

namespace {

void check_predecessors(const ProjectPlan& plan, const Scenario& scenario, const std::string& key,
                        Diagnostics& diagnostics) {
  for (const std::string& id : plan.after) {
    if (plan.if_absent == IfAbsent::error && !scenario.measures.find(id)) {
      diagnostics.error(key + ".after",
                        fmt::format("no measure is called {}; name one of this scenario, or say "
                                    "if_absent = \"ignore\" or \"never\"",
                                    id));
    }
  }
}

} // namespace

void check_stops(const ProjectPlan& plan, const std::vector<Stage>& stages,
                 const std::string& key, Diagnostics& diagnostics) {
  const bool stops = std::any_of(stages.begin(), stages.end(), [](const Stage& stage) {
    return !stage.units_down.empty() || !stage.plants_down.empty();
  });
  if (stops && !plan.lost_output) {
    diagnostics.error(key, "a stage stops units, so lost_output must say what becomes of their "
                           "output: lost, made_up or taken_by");
  }
}

void check_project(const ProjectPlan& plan, const Scenario& scenario, const std::string& key,
                   Diagnostics& diagnostics) {
  check_stages(plan.stages, scenario, key, diagnostics);
  check_predecessors(plan, scenario, key, diagnostics);
  if (plan.start >= scenario.end) {
    diagnostics.error(key + ".start",
                      fmt::format("{} lies after the end of the scenario ({})",
                                  date_text(plan.start), date_text(scenario.end)));
  }
  if (plan.start < scenario.start && !plan.in_progress) {
    diagnostics.error(key + ".start",
                      fmt::format("{} lies before the start of the scenario ({}); say with "
                                  "in_progress where it stood then",
                                  date_text(plan.start), date_text(scenario.start)));
  }
  if (plan.in_progress && plan.find_stage(plan.in_progress->stage) == plan.stages.size()) {
    diagnostics.error(key + ".in_progress.stage", "no stage is called " + plan.in_progress->stage);
  }
  if (!plan.cancelled_before.empty() &&
      plan.find_stage(plan.cancelled_before) == plan.stages.size()) {
    diagnostics.error(key + ".cancelled_before", "no stage is called " + plan.cancelled_before);
  }
  if (plan.lost_output) {
    check_lost_output(*plan.lost_output, scenario, key + ".lost_output", diagnostics);
  }
  check_stops(plan, plan.stages, key, diagnostics);
}

} // namespace lantian
