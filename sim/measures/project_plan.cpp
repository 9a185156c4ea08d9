#include "measures/project_plan.hpp"

#include <algorithm>

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
          .id("id", &Stage::id, {.doc = "Id of the stage.", .required = true})
          .text("name", &Stage::name, {.doc = "Name in English.", .preset = "the id"})
          .text("name_zh", &Stage::name_zh, {.doc = "Name in Chinese."})
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
                   .preset = "none; step in the last stage where none has one"})
          .then([](Stage& stage, TableReader&) {
            stage.name = stage.name.empty() ? stage.id : stage.name;
          });
  return fields;
}

const FieldTable<ProjectPlan>& begin_fields() {
  static const auto fields =
      FieldTable<ProjectPlan>("begin", "When a measure begins.")
          .date("start", &ProjectPlan::start, {.doc = "Earliest beginning.", .required = true})
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
                   .preset = "error"});
  return fields;
}

const FieldTable<ProjectPlan>& project_fields() {
  static const auto fields =
      FieldTable<ProjectPlan>("project", "What every project-like measure states.")
          .include(begin_fields())
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
                   .low = 0})
          .fixed("lifetime", &ProjectPlan::lifetime,
                 {.doc = "Economic life of what is built, over which its capital is recovered; the "
                         "default is an ASSUMPTION (10 to 20 years for flue-gas cleaning).",
                  .dimension = kTime,
                  .unit = "year",
                  .low = 0,
                  .above_low = true,
                  .preset = "15 year"});
  return fields;
}

std::size_t ProjectPlan::find_stage(const std::string& id) const {
  const auto found = std::find_if(stages.begin(), stages.end(),
                                  [&](const Stage& stage) { return stage.id == id; });
  return static_cast<std::size_t>(found - stages.begin());
}

} // namespace lantian
