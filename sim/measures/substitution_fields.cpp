#include "measures/substitution.hpp"

#include "measures/project_checks.hpp"
#include "measures/shift.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace lantian {

namespace {

FieldOptions share_of(std::string doc) {
  return {.doc = std::move(doc), .dimension = kDimensionless, .low = 0, .high = 1};
}

FieldOptions time_of(std::string doc, std::string unit) {
  return {
      .doc = std::move(doc), .dimension = kTime, .unit = std::move(unit), .low = 0, .chance = true};
}

FieldOptions required(FieldOptions options) {
  options.required = true;
  return options;
}

FieldOptions positive(FieldOptions options) {
  options.required = true;
  options.above_low = true;
  return options;
}

const FieldTable<Substitution::Step>& step_fields() {
  using Step = Substitution::Step;
  static const auto fields =
      FieldTable<Step>("step", "A delivery, or a change of price or subsidy.")
          .id("id", &Step::id, {.doc = "Name of the step.", .required = true})
          .date("on", &Step::on,
                {.doc = "When; at the end of the stages where they end later.", .required = true})
          .number("delay", &Step::delay, time_of("Slip of that date.", "month"))
          .number("adds", &Step::adds,
                  share_of("A delivery: what it adds to the share; part of the works."))
          .number("share", &Step::becomes, share_of("Another price: what the share becomes."))
          .number("over", &Step::over, time_of("In a straight line over this time.", "month"))
          .exactly_one({"adds", "share"});
  return fields;
}

const FieldTable<Substitution::Breakdowns>& breakdown_fields() {
  using Breakdowns = Substitution::Breakdowns;
  static const auto fields =
      FieldTable<Breakdowns>("breakdowns", "Failures of what is new, after the works.")
          .number("time_between", &Breakdowns::time_between,
                  positive(time_of("Time in service to the next failure.", "day")))
          .number("repair", &Breakdowns::repair, positive(time_of("Time to repair.", "h")))
          .reference("fallback", &Breakdowns::fallback,
                     {.doc = "Source that does it meanwhile; idle otherwise.",
                      .preset = "from",
                      .table = "sources"});
  return fields;
}

const FieldTable<Substitution::Inspections>& inspection_fields() {
  using Inspections = Substitution::Inspections;
  FieldOptions effect = share_of("Share of what can be undone that an inspection undoes.");
  effect.preset = "1";
  effect.chance = true;
  static const auto fields =
      FieldTable<Inspections>("inspections", "What undoes the backslide.")
          .number("every", &Inspections::every,
                  positive(time_of("Time from one to the next.", "month")))
          .reference("calendar", &Inspections::calendar,
                     {.doc = "When they are possible; one that is due waits for it.",
                      .table = "calendars"})
          .number("effect", &Inspections::effect, effect);
  return fields;
}

const FieldTable<Substitution::Backslide>& backslide_fields() {
  using Backslide = Substitution::Backslide;
  FieldOptions fades = time_of("Time in which it grows from low to high.", "month");
  fades.chance = false;
  static const auto fields =
      FieldTable<Backslide>("backslide", "What of the share slides back after the works.")
          .number("low", &Backslide::low,
                  share_of("Share of what has moved that is back after an inspection."))
          .number("high", &Backslide::high,
                  required(share_of("Share of what has moved that is back in the end.")))
          .number("fades_over", &Backslide::fades_over, positive(fades))
          .table("inspections", &Backslide::inspections, inspection_fields(),
                 {.doc = "Inspections that undo it.", .preset = "none"});
  return fields;
}

const FieldTable<Substitution::Check>& check_fields() {
  using Check = Substitution::Check;
  static const auto fields =
      FieldTable<Check>("check", "The share that must be seen before it is assessed.")
          .number("share", &Check::share,
                  required(share_of("Least share of the new source in each month.")))
          .integer("months", &Check::months,
                   {.doc = "Whole calendar months running, after the works.",
                    .low = 1,
                    .high = 60,
                    .preset = "1"})
          .references("clean", &Check::clean,
                      {.doc = "Sources that count beside the new one, such as those of other "
                              "substitutions.",
                       .table = "sources"});
  return fields;
}

} // namespace

const FieldTable<Substitution>& substitution_fields() {
  FieldOptions share = share_of("Share of what `from` does that the stages move.");
  share.preset = "1";
  static const auto fields =
      FieldTable<Substitution>("substitution", "A share of what a source does goes to another.")
          .include(project_fields())
          .reference("from", &Substitution::from,
                     {.doc = "The source that did it.", .required = true, .table = "sources"})
          .reference("to", &Substitution::to,
                     {.doc = "The source that does it now; idle until the measure.",
                      .required = true,
                      .table = "sources"})
          .number("share", &Substitution::share, share)
          .tables("steps", &Substitution::steps, step_fields(),
                  {.doc = "Dated changes of the share."})
          .table("breakdowns", &Substitution::breakdowns, breakdown_fields(),
                 {.doc = "Random failures of the new source."})
          .table("backslide", &Substitution::backslide, backslide_fields(),
                 {.doc = "What slides back, and inspections against it."})
          .table("check", &Substitution::check, check_fields(),
                 {.doc = "What must be seen before it is assessed.",
                  .preset = "assessed at the end of the works"});
  return fields;
}

namespace {

void check_steps(const Substitution& plan, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  std::set<std::string> ids;
  for (const Substitution::Step& step : plan.steps) {
    const std::string at = fmt::format("{}.steps[{}]", key, step.id);
    if (!ids.insert(step.id).second)
      diagnostics.error(at + ".id", "two steps of this measure are called " + step.id);
    if (step.on >= scenario.end) {
      diagnostics.error(at + ".on", "lies after the end of the scenario (" +
                                        format_time(scenario.end).substr(0, 10) + ")");
    }
    if (step.on < scenario.start) {
      diagnostics.error(at + ".on", "lies before the start of the scenario (" +
                                        format_time(scenario.start).substr(0, 10) +
                                        "): what was delivered then belongs to the inventory");
    }
  }
}

void check_sources(const Substitution& plan, const Scenario& scenario, const std::string& key,
                   Diagnostics& diagnostics) {
  check_shift(plan.from, plan.to, scenario, key + ".to", diagnostics);
  check_moved_shares(plan.from, scenario, key + ".share", diagnostics);
  if (scenario.sources[plan.from].idle) {
    diagnostics.error(key + ".from", "sources." + scenario.sources[plan.from].id +
                                         " is idle: there is nothing to move");
  }
  if (!plan.breakdowns || plan.breakdowns->fallback == kNone)
    return;
  const std::string at = key + ".breakdowns.fallback";
  check_shift(plan.from, plan.breakdowns->fallback, scenario, at, diagnostics);
  if (plan.breakdowns->fallback == plan.to)
    diagnostics.error(at, "is the source that breaks down");
}

void check_clean(const Substitution& plan, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  const Dimension dimension = scenario.sources[plan.from].activity.dimension();
  std::set<Index> seen = {plan.from, plan.to};
  for (const Index source : plan.check->clean) {
    if (!seen.insert(source).second) {
      diagnostics.error(key, "sources." + scenario.sources[source].id + " counts already, as " +
                                 (source == plan.from ? "from" : "to") + " or twice here");
    } else if (scenario.sources[source].activity.dimension() != dimension) {
      diagnostics.error(key, "the activities of sources." + scenario.sources[source].id +
                                 " and sources." + scenario.sources[plan.from].id +
                                 " are not of one dimension, so that they have no share in a sum");
    }
  }
}

} // namespace

void check_substitution(const Substitution& plan, const Scenario& scenario, const std::string& key,
                        Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  check_sources(plan, scenario, key, diagnostics);
  check_steps(plan, scenario, key, diagnostics);
  if (plan.backslide) {
    const double most = highest(plan.backslide->low, scenario);
    const double least = plan.backslide->high.bounds(parameter_bounds(scenario)).low;
    if (most > least) {
      diagnostics.error(key + ".backslide.high",
                        fmt::format("may be {:.4g}, below low, which may be {:.4g}", least, most));
    }
  }
  if (plan.backslide && plan.backslide->inspections) {
    check_seasons_only(plan.backslide->inspections->calendar, scenario,
                       key + ".backslide.inspections.calendar", diagnostics);
  }
  if (plan.check)
    check_clean(plan, scenario, key + ".check.clean", diagnostics);
}

} // namespace lantian
