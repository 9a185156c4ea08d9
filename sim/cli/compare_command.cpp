// The verb `compare`. Its tables fit 80 columns.

#include "cli/cells.hpp"
#include "cli/commands.hpp"
#include "results/comparison.hpp"
#include "scenario/json.hpp"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

void print_quantity(const ComparedQuantity& quantity) {
  fmt::print("\n{:<24}{:>11}{:>12}{:>9}{:>24}\n",
             fmt::format("{} [{}]", quantity.name, quantity.unit), "mean", "difference", "P(below)",
             "95 % interval");
  for (const ComparedAmount& row : quantity.scenarios) {
    fmt::print("  {:<22}{:>11}", row.scenario, number_cell(row.amount.mean));
    if (row.difference) {
      fmt::print("{:>12}{:>9}{:>24}", number_cell(row.difference->difference.mean),
                 percent_cell(row.order->probability_below),
                 number_cell(row.difference->interval.low) + " to " +
                     number_cell(row.difference->interval.high));
    }
    fmt::print("\n");
  }
}

void print_target(const ComparedTarget& row) {
  fmt::print("  {:<34}", row.scenario);
  if (row.assessable == 0) {
    fmt::print("{:>22}\n", "not assessable");
    return;
  }
  const double share = static_cast<double>(row.met) / static_cast<double>(row.assessable);
  fmt::print(
      "{:>8}{:>20}{:>16}\n", percent_cell(share),
      fmt::format("{:.1f} to {:.1f} %", 100 * row.probability.low, 100 * row.probability.high),
      number_cell(row.median_margin) + (row.margin_unit == "1" ? "" : " " + row.margin_unit));
  if (!row.band)
    return;
  fmt::print("    between parameter draws {:.1f} to {:.1f} %\n", 100 * row.band->low,
             100 * row.band->high);
}

//! How the spread of each amount splits, where chance draws tell the two apart.
void print_spreads(const Comparison& comparison) {
  if (comparison.chance_draws < 2)
    return;
  fmt::print("\n{:<44}{:>17}{:>17}\n", "standard deviation from", "what is unknown", "what varies");
  for (const ComparedQuantity& quantity : comparison.quantities) {
    for (const ComparedAmount& row : quantity.scenarios) {
      fmt::print("  {:<42}{:>17}{:>17}\n",
                 fmt::format("{} [{}], {}", quantity.name, quantity.unit, row.scenario),
                 number_cell(std::sqrt(row.spread.parameter_variance)),
                 number_cell(std::sqrt(row.spread.chance_variance)));
    }
  }
}

//! When a deadline is there, and how late that is.
void print_lateness(const ComparedTarget& row) {
  const Lateness& lateness = *row.lateness;
  fmt::print("  {:<24}", row.scenario);
  for (const double day : lateness.dates)
    fmt::print("{:>13}", quantile_cell(day, lateness.horizon_end));
  const double half = lateness.interval.high - lateness.days.mean;
  fmt::print("{:>15}\n", fmt::format("{}{:.0f} +- {:.0f}", lateness.never > 0 ? ">" : "",
                                     lateness.days.mean, half));
}

void print_latenesses(const std::vector<const ComparedTarget*>& rows) {
  if (rows.empty())
    return;
  fmt::print("  {:<24}{:>13}{:>13}{:>13}{:>15}\n", "the deadline is reached", "in 50 % by",
             "in 80 % by", "in 95 % by", "days late");
  for (const ComparedTarget* row : rows)
    print_lateness(*row);
}

//! Targets of one name stand together, whichever scenarios have them.
void print_targets(const Comparison& comparison) {
  std::set<std::string> names;
  for (const ComparedTarget& row : comparison.targets)
    names.insert(row.target);
  bool has_deadlines = false;
  for (const std::string& name : names) {
    fmt::print("\n{:<36}{:>8}{:>20}{:>16}\n", "target " + name, "met", "95 % interval",
               "median margin");
    std::vector<const ComparedTarget*> deadlines;
    for (const ComparedTarget& row : comparison.targets) {
      if (row.target != name)
        continue;
      print_target(row);
      if (row.lateness)
        deadlines.push_back(&row);
    }
    print_latenesses(deadlines);
    has_deadlines |= !deadlines.empty();
  }
  if (names.empty())
    return;
  fmt::print("\nThe margin is by how much a target is met (positive) or missed.\n");
  if (has_deadlines) {
    fmt::print("Days late: the mean, and half its 95 % interval. A > stands before dates after\n"
               "the horizon, and before days that are at least so many, because it ends.\n");
  }
}

void print_comparison(const Comparison& comparison) {
  fmt::print("Direct emissions and cost from {} to {}, {} replications,\n"
             "differences from {} in the same paired worlds.\n",
             comparison.from, comparison.to, comparison.replications, comparison.base);
  for (const ComparedQuantity& quantity : comparison.quantities)
    print_quantity(quantity);
  print_spreads(comparison);
  print_targets(comparison);
}

Json json_of(const ConfidenceInterval& interval) {
  Json pair = Json::array();
  pair.add(Json(interval.low)).add(Json(interval.high));
  return pair;
}

Json json_of(const ComparedQuantity& quantity) {
  Json rows = Json::array();
  for (const ComparedAmount& amount : quantity.scenarios) {
    Json row = Json::object();
    row.set("scenario", amount.scenario)
        .set("mean", Json(amount.amount.mean))
        .set("standard_error", Json(amount.amount.error))
        .set("parameter_variance", Json(amount.spread.parameter_variance))
        .set("chance_variance", Json(amount.spread.chance_variance));
    if (amount.difference) {
      row.set("difference", Json(amount.difference->difference.mean))
          .set("difference_interval_95", json_of(amount.difference->interval))
          .set("probability_below", Json(amount.order->probability_below))
          .set("probability_below_interval_95", json_of(amount.order->interval));
    }
    rows.add(std::move(row));
  }
  Json json = Json::object();
  json.set("name", quantity.name).set("unit", quantity.unit).set("scenarios", std::move(rows));
  return json;
}

//! Dates that are not within the horizon are null.
Json json_of(const Lateness& lateness) {
  Json dates = Json::object();
  for (std::size_t k = 0; k < kDateShares.size(); ++k) {
    const double day = lateness.dates[k];
    dates.set(fmt::format("p{:.0f}", 100 * kDateShares[k]),
              std::isfinite(day) ? Json(date_cell(day)) : Json(day));
  }
  Json causes = Json::array();
  for (const LateCause& cause : lateness.causes) {
    Json row = Json::object();
    causes.add(std::move(row.set("cause", cause.name)
                             .set("mean_days", Json(cause.mean_days))
                             .set("p90_days", Json(cause.p90_days))
                             .set("mean_late", Json(cause.mean_late))
                             .set("p90_late", Json(cause.p90_late))
                             .set("share", Json(cause.share))));
  }
  Json last = Json::array();
  for (const LastMeasure& measure : lateness.last) {
    Json row = Json::object();
    last.add(std::move(row.set("measure", measure.id).set("share", Json(measure.share))));
  }
  Json json = Json::object();
  json.set("due", date_cell(lateness.due - 1))
      .set("dates", std::move(dates))
      .set("never", Json(lateness.never))
      .set("mean_days", Json(lateness.days.mean))
      .set("mean_days_interval_95", json_of(lateness.interval))
      .set("causes", std::move(causes))
      .set("last_measure", std::move(last));
  return json;
}

Json json_of(const ComparedTarget& target) {
  Json row = Json::object();
  row.set("scenario", target.scenario)
      .set("target", target.target)
      .set("met", Json(static_cast<double>(target.met)))
      .set("assessable", Json(static_cast<double>(target.assessable)))
      .set("probability_interval_95", json_of(target.probability))
      .set("median_margin", Json(target.median_margin))
      .set("margin_unit", target.margin_unit);
  if (target.band)
    row.set("probability_band_over_parameters_90", json_of(*target.band));
  if (target.against_base) {
    row.set("difference_to_base", Json(target.against_base->difference))
        .set("mcnemar_p_value", Json(target.against_base->p_value));
  }
  if (target.lateness)
    row.set("lateness", json_of(*target.lateness));
  return row;
}

Json json_of(const Comparison& comparison) {
  Json quantities = Json::array();
  for (const ComparedQuantity& quantity : comparison.quantities)
    quantities.add(json_of(quantity));
  Json targets = Json::array();
  for (const ComparedTarget& target : comparison.targets)
    targets.add(json_of(target));
  Json json = Json::object();
  json.set("base", comparison.base)
      .set("replications", Json(static_cast<double>(comparison.replications)))
      .set("from", comparison.from)
      .set("to", comparison.to)
      .set("quantities", std::move(quantities))
      .set("targets", std::move(targets));
  return json;
}

} // namespace

void add_compare(CLI::App& app) {
  auto* verb = app.add_subcommand("compare", "Compare the scenarios of a result file");
  struct Options {
    std::filesystem::path file;
    std::string base;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->file, "Result file")->required();
  verb->add_option("--base", options->base, "Scenario to compare with [the first]");
  verb->add_flag("--json", options->json, "Print JSON instead of tables");
  verb->callback([options] {
    const Comparison comparison = compare(ResultFile(options->file), options->base);
    if (options->json) {
      fmt::print("{}\n", json_of(comparison).text());
    } else {
      print_comparison(comparison);
    }
  });
}

} // namespace lantian
