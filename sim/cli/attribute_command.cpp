// The verb attribute. Its tables fit 80 columns.

#include "cli/cells.hpp"
#include "cli/commands.hpp"
#include "cli/limit_options.hpp"
#include "cli/progress_bar.hpp"
#include "results/attribute.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/json.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

struct Options {
  std::filesystem::path plan;
  std::filesystem::path base;
  std::filesystem::path output;
  std::string method = kAttributionMethods.front();
  std::vector<std::string> groups;
  AttributionOptions attribution;
  std::int64_t permutations = -1; //!< below 0: not said
  bool json = false;
  bool quiet = false;
};

//! Reads "id=measure,measure".
MeasureGroup group_of(const std::string& text) {
  const std::size_t sign = text.find('=');
  if (sign == text.npos || sign == 0 || sign + 1 == text.size())
    throw UsageError(
        fmt::format("--groups {}: write NAME=MEASURE,MEASURE, as in steel=ule-a,ule-b", text));
  MeasureGroup group{text.substr(0, sign), {}};
  for (std::size_t at = sign + 1; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    group.measures.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return group;
}

AttributionMethod method_of(const std::string& name) {
  const std::vector<std::string> names(kAttributionMethods.begin(), kAttributionMethods.end());
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
    throw UsageError(fmt::format("--method {}: there is no such method{}; choose {}", name,
                                 did_you_mean(name, names), one_of(names)));
  return static_cast<AttributionMethod>(found - names.begin());
}

//! At most so many bytes; what is cut off shows as dots.
std::string cut(const std::string& text, std::size_t width) {
  return text.size() <= width ? text : text.substr(0, width - 3) + "...";
}

std::string interval_cell(const ConfidenceInterval& interval) {
  if (!std::isfinite(interval.low))
    return "-";
  return number_cell(interval.low) + " to " + number_cell(interval.high);
}

void print_share(const AttributedShare& share, double total) {
  fmt::print("  {:<30}{:>12}{:>25}{:>11}\n", cut(share.row, 29), number_cell(share.mean),
             interval_cell(share.interval), total == 0 ? "-" : percent_cell(share.mean / total));
}

void print_quantity(const AttributedQuantity& quantity) {
  fmt::print("\n{:<32}{:>12}{:>25}{:>11}\n", fmt::format("{} [{}]", quantity.name, quantity.unit),
             "change", "95 % interval", "of all");
  for (const AttributedShare& share : quantity.rows)
    print_share(share, quantity.total.mean);
  print_share(quantity.total, quantity.total.mean);
}

void print_attribution(const Attribution& attribution) {
  const std::string base = attribution.base.empty() ? "itself without measures" : attribution.base;
  fmt::print("{} against {},\n"
             "direct emissions and cost, {} to {}, by measure\n"
             "({}, {} coalitions{}, {} replications).\n",
             attribution.plan, base, attribution.first_year, attribution.last_year,
             attribution.method, attribution.coalitions,
             attribution.permutations > 0
                 ? fmt::format(" of {} sampled orders", attribution.permutations)
                 : "",
             attribution.replications);
  for (const std::string& note : attribution.notes)
    fmt::print("{}.\n", note);
  for (const AttributedQuantity& quantity : attribution.quantities)
    print_quantity(quantity);
}

Json json_of(const AttributedShare& share) {
  Json interval = Json::array();
  interval.add(Json(share.interval.low)).add(Json(share.interval.high));
  Json json = Json::object();
  json.set("group", share.row)
      .set("change", Json(share.mean))
      .set("standard_error", Json(share.error))
      .set("interval_95", std::move(interval));
  return json;
}

Json json_of(const AttributedQuantity& quantity) {
  Json rows = Json::array();
  for (const AttributedShare& share : quantity.rows)
    rows.add(json_of(share));
  Json json = Json::object();
  json.set("name", quantity.name)
      .set("unit", quantity.unit)
      .set("groups", std::move(rows))
      .set("total", json_of(quantity.total));
  return json;
}

Json texts_of(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts)
    array.add(Json(text));
  return array;
}

Json json_of(const Attribution& attribution) {
  Json groups = Json::object();
  for (const MeasureGroup& row : attribution.rows)
    groups.set(row.id, texts_of(row.measures));
  Json quantities = Json::array();
  for (const AttributedQuantity& quantity : attribution.quantities)
    quantities.add(json_of(quantity));
  Json json = Json::object();
  json.set("plan", attribution.plan)
      .set("base", attribution.base)
      .set("method", attribution.method)
      .set("replications", Json(static_cast<double>(attribution.replications)))
      .set("coalitions", Json(static_cast<double>(attribution.coalitions)))
      .set("permutations", Json(static_cast<double>(attribution.permutations)))
      .set("from", Json(static_cast<double>(attribution.first_year)))
      .set("to", Json(static_cast<double>(attribution.last_year)))
      .set("notes", texts_of(attribution.notes))
      .set("groups", std::move(groups))
      .set("quantities", std::move(quantities));
  return json;
}

void attribute(Options options, const KindRegistry& kinds, const std::stop_token& stop) {
  options.attribution.method = method_of(options.method);
  for (const std::string& group : options.groups)
    options.attribution.groups.push_back(group_of(group));
  if (options.permutations >= 0)
    options.attribution.permutations = options.permutations;
  const RunOptions& run = options.attribution.run;
  const ReadScenario plan = read_scenario_at(options.plan, kinds, run.reading);
  std::optional<ReadScenario> base;
  if (!options.base.empty())
    base = read_scenario_at(options.base, kinds, run.reading);
  ProgressBar bar(options.quiet);
  const Attribution attribution = attribute_to_file(
      plan, base, options.output, options.attribution, kinds,
      [&bar](std::int64_t done, std::int64_t all) { bar.show(done, all); }, stop);
  bar.clear();
  if (options.json)
    fmt::print("{}\n", json_of(attribution).text());
  else if (!options.quiet)
    print_attribution(attribution);
}

} // namespace

void add_attribute(CLI::App& app, const KindRegistry& kinds, std::stop_token stop) {
  auto* verb = app.add_subcommand("attribute", "Share a plan's effect and cost out among measures");
  auto options = std::make_shared<Options>();
  RunOptions& run = options->attribution.run;
  verb->add_option("FILE", options->plan, "Scenario file of the plan")->required();
  verb->add_option("--base", options->base, "Scenario to compare with [the plan without measures]");
  verb->add_option("-o,--output", options->output, "Result file to write")->required();
  verb->add_option("--method", options->method, "shapley, first-in, last-in or sequential")
      ->capture_default_str();
  verb->add_option("--groups", options->groups,
                   "Measures credited together, NAME=MEASURE,MEASURE ...");
  verb->add_option("--permutations", options->permutations,
                   "Orders to sample for shapley, 0 for all [all up to 12 groups, then 64]")
      ->check(CLI::Range(0, 1'000'000));
  verb->add_option("--replications", run.ensemble.replications, "Replications of each coalition")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000'000));
  verb->add_option("--seed", run.ensemble.seed, "Seed of all random numbers")
      ->capture_default_str();
  verb->add_option("--threads", run.ensemble.threads, "Threads (0 is one a core)")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024));
  add_limits(*verb, run);
  verb->add_flag("--overwrite", run.overwrite, "Replace an existing result file");
  verb->add_flag("--json", options->json, "Print JSON instead of tables");
  verb->add_flag("--quiet", options->quiet, "Print no tables and no progress");
  verb->callback([options, &kinds, stop = std::move(stop)] { attribute(*options, kinds, stop); });
}

} // namespace lantian
