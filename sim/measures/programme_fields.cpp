#include "measures/programme.hpp"

#include "measures/project_checks.hpp"
#include "measures/shift.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lantian {

namespace {

const FieldTable<Programme::Item>& item_fields() {
  using Item = Programme::Item;
  static const auto fields =
      FieldTable<Item>("item", "One of the things that a programme works off.")
          .text("name", &Item::name, {.doc = "Its name.", .preset = "the id"})
          .number("size", &Item::size,
                  {.doc = "Its size, in the same unit for all items: its part of what `from` does.",
                   .required = true,
                   .low = 0,
                   .above_low = true})
          .number("duration", &Item::duration,
                  {.doc = "Working time that it needs.",
                   .dimension = kTime,
                   .unit = "day",
                   .low = 0,
                   .preset = "work or work_per_size",
                   .chance = true})
          .integer("turn", &Item::turn,
                   {.doc = "Its turn where the order is given; items of one turn go by their id.",
                    .preset = "0"});
  return fields;
}

const FieldTable<Stage>& piece_fields() {
  static const auto fields =
      FieldTable<Stage>("piece", "What one item needs.")
          .keyed_numbers("crews", &Stage::crews,
                         {.doc = "Crews that an item holds while it is worked on.",
                          .dimension = kDimensionless,
                          .low = 0,
                          .table = "resources"})
          .reference("fund", &Stage::fund,
                     {.doc = "Budget that pays an item, taken whole before its work starts.",
                      .table = "resources"})
          .reference("calendar", &Stage::calendar,
                     {.doc = "When an item can be worked on.", .table = "calendars"});
  return fields;
}

const FieldTable<Programme::Relapse>& relapse_fields() {
  using Relapse = Programme::Relapse;
  static const auto fields =
      FieldTable<Relapse>("relapse", "What is done and does not work out of season.")
          .reference(
              "calendar", &Relapse::calendar,
              {.doc = "When all that is done works.", .required = true, .table = "calendars"})
          .number("share", &Relapse::share,
                  {.doc = "Share of what is done that does not work while it is closed.",
                   .required = true,
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1});
  return fields;
}

FieldOptions per_size(std::string doc, std::string unit) {
  return {.doc = std::move(doc), .unit = std::move(unit), .low = 0, .chance = true};
}

void check_sizes(const Programme& plan, TableReader& reader) {
  if (plan.count > 0 && !plan.size) {
    reader.error("items", "are not told apart: give the key 'size', which they all have");
  }
  if (plan.count == 0 && plan.size && !plan.items.empty()) {
    reader.error("size", "contradicts the items, each of which states its own");
  }
}

} // namespace

const FieldTable<Programme>& programme_fields() {
  using Order = Programme::Order;
  static const auto fields =
      FieldTable<Programme>("programme", "Many small items are worked off one by one.")
          .include(project_fields())
          .reference(
              "from", &Programme::from,
              {.doc = "What all items do before their work.", .required = true, .table = "sources"})
          .reference("to", &Programme::to,
                     {.doc = "What an item does after its work; idle until the measure.",
                      .preset = "nothing: what it did ends",
                      .table = "sources"})
          .counted_tables("items", &Programme::items, &Programme::Item::id, &Programme::count,
                          item_fields(),
                          {.doc = "The items by id, best in a CSV file; or just how many.",
                           .required = true,
                           .high = 1e6})
          .number("size", &Programme::size,
                  {.doc = "Size of each item where only their number is given, in any unit.",
                   .low = 0,
                   .above_low = true,
                   .chance = true})
          .number("work", &Programme::work,
                  {.doc = "Working time of an item.",
                   .dimension = kTime,
                   .unit = "day",
                   .low = 0,
                   .chance = true})
          .number("work_per_size", &Programme::work_per_size,
                  per_size("Working time per size instead.", "h/household"))
          .include(piece_fields(), &Programme::piece)
          .integer("at_once", &Programme::at_once,
                   {.doc = "Most items that are worked on at the same time.",
                    .low = 1,
                    .preset = "as the crews allow"})
          .number("cost", &Programme::cost,
                  {.doc = "Capital of an item, spent evenly over its work.",
                   .dimension = kMoney,
                   .unit = "kCNY",
                   .low = 0,
                   .chance = true})
          .number("cost_per_size", &Programme::cost_per_size,
                  per_size("Capital per size instead.", "CNY/household"))
          .choice("order", &Programme::order,
                  {{"given", Order::given},
                   {"largest_first", Order::largest_first},
                   {"random", Order::random}},
                  {.doc = "Order in which the items are begun.", .preset = "given"})
          .boolean("stops", &Programme::stops,
                   {.doc = "Whether an item stands still during its work.", .preset = "false"})
          .table("relapse", &Programme::relapse, relapse_fields(),
                 {.doc = "What does not work out of season, such as village plants in the frost."})
          .at_most_one({"work", "work_per_size"})
          .at_most_one({"cost", "cost_per_size"})
          .check(check_sizes);
  return fields;
}

namespace {

//! Dimension of the items' sizes.
Dimension size_dimension(const Programme& plan) {
  return plan.items.empty() ? plan.size->dimension() : plan.items.front().size.dimension();
}

void check_items(const Programme& plan, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  if (plan.item_count() == 0) {
    diagnostics.error(key + ".items", "there are none");
    return;
  }
  const Dimension dimension = size_dimension(plan);
  for (const Programme::Item& item : plan.items) {
    const std::string at = key + ".items." + item.id;
    if (item.size.dimension() != dimension) {
      diagnostics.error(at + ".size", "is " + describe(item.size.dimension()) + " where that of " +
                                          plan.items.front().id + " is " + describe(dimension));
    }
    if (!item.duration && !plan.work && !plan.work_per_size) {
      diagnostics.error(at, "nothing says how long its work takes: give its duration, or the "
                            "programme's work or work_per_size");
    }
  }
  if (plan.items.empty() && !plan.work && !plan.work_per_size) {
    diagnostics.error(key, "one of the keys 'work' or 'work_per_size' is missing");
  }
  const Number& first = plan.items.empty() ? *plan.size : plan.items.front().size;
  if (plan.items.empty() && first.bounds(parameter_bounds(scenario)).high <= 0)
    diagnostics.error(key + ".size", "must be above 0");
}

void check_rate(const std::optional<Number>& per_size, const Programme& plan, Dimension needed,
                const std::string& key, Diagnostics& diagnostics) {
  if (!per_size || plan.item_count() == 0)
    return;
  const Dimension size = size_dimension(plan);
  if (per_size->dimension() * size == needed)
    return;
  diagnostics.error(key,
                    fmt::format("is {}; times the size of an item, which is {}, it must be {}",
                                describe(per_size->dimension()), describe(size), describe(needed)));
}

//! The most that one item can cost [CNY].
double highest_cost(const Programme& plan, const Scenario& scenario) {
  if (plan.cost)
    return highest(*plan.cost, scenario);
  double largest = plan.size ? highest(*plan.size, scenario) : 0;
  for (const Programme::Item& item : plan.items)
    largest = std::max(largest, highest(item.size, scenario));
  return highest(*plan.cost_per_size, scenario) * largest;
}

void check_programme_fund(const Programme& plan, const Scenario& scenario, const std::string& key,
                          Diagnostics& diagnostics) {
  if (plan.piece.fund == kNone)
    return;
  const ResourceRow& fund = scenario.resources[plan.piece.fund];
  if (fund.kind != ResourceKind::consumable) {
    diagnostics.error(key + ".fund", fund.id + " is no budget but crews");
  } else if (!plan.cost && !plan.cost_per_size) {
    diagnostics.error(key + ".fund", "pays for nothing: the items have no cost");
  } else if (const double cost = highest_cost(plan, scenario);
             cost > whole_budget(fund, scenario)) {
    diagnostics.error(key + (plan.cost ? ".cost" : ".cost_per_size"),
                      fmt::format("one item may cost {:.4g} CNY, more than {} ever holds ({:.4g} "
                                  "CNY)",
                                  cost, fund.id, whole_budget(fund, scenario)));
  }
}

void check_effect(const Programme& plan, const Scenario& scenario, const std::string& key,
                  Diagnostics& diagnostics) {
  check_touched({plan.from}, scenario, key + ".from", diagnostics);
  if (plan.to != kNone)
    check_shift(plan.from, plan.to, scenario, key + ".to", diagnostics);
  check_moved_shares(plan.from, scenario, key + ".from", diagnostics);
  if (plan.to != kNone && scenario.sources[plan.from].idle) {
    diagnostics.error(key + ".from", "sources." + scenario.sources[plan.from].id +
                                         " is idle: there is nothing to move");
  }
  for (const Stage& stage : plan.stages) {
    if (stage.effect == Effect::none)
      continue;
    diagnostics.error(fmt::format("{}.stages[{}].effect", key, stage.id),
                      "the effect comes item by item, after the stages");
  }
  if (plan.stops && (!plan.lost_output || plan.lost_output->fate != LostOutput::Fate::lost)) {
    diagnostics.error(key + ".stops", "what an item does not do during its work is lost; say so "
                                      "with lost_output.fate = \"lost\"");
  }
}

} // namespace

void check_programme(const Programme& plan, const Scenario& scenario, const std::string& key,
                     Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  check_effect(plan, scenario, key, diagnostics);
  check_items(plan, scenario, key, diagnostics);
  check_rate(plan.work_per_size, plan, kTime, key + ".work_per_size", diagnostics);
  check_rate(plan.cost_per_size, plan, kMoney, key + ".cost_per_size", diagnostics);
  check_crews(plan.piece.crews, scenario, key, diagnostics);
  check_programme_fund(plan, scenario, key, diagnostics);
  if (plan.relapse) {
    check_seasons_only(plan.relapse->calendar, scenario, key + ".relapse.calendar", diagnostics);
  }
  if (plan.piece.crews.empty() && plan.at_once == 0) {
    diagnostics.error(key, "nothing says how many items go on at the same time: give crews or "
                           "at_once");
  }
}

} // namespace lantian
