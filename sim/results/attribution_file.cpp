#include "results/attribution_file.hpp"

#include "ensemble/parallel.hpp"
#include "results/result_writer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr char kGroupAxis[] = "group";

//! A group that nobody named is called as its measures are; any other by its id.
std::string name_of(const MeasureGroup& row, const Scenario& plan, std::string Entry::* name) {
  if (row.measures.empty() || row.id != fmt::format("{}", fmt::join(row.measures, "+")))
    return row.id;
  std::vector<std::string> names;
  for (const std::string& measure : row.measures) {
    const Entry& entry = plan.measures.at(measure);
    names.push_back((entry.*name).empty() ? entry.name : entry.*name);
  }
  return fmt::format("{}", fmt::join(names, " + "));
}

Coordinate group_axis(const AttributionRecord& record, const Scenario& plan) {
  Labels ids;
  std::vector<std::string> names;
  std::vector<std::string> names_zh;
  std::vector<std::string> measures;
  for (const MeasureGroup& row : record.rows) {
    ids.ids.push_back(row.id);
    names.push_back(name_of(row, plan, &Entry::name));
    names_zh.push_back(name_of(row, plan, &Entry::name_zh));
    measures.push_back(fmt::format("{}", fmt::join(row.measures, ", ")));
  }
  Coordinate axis{kGroupAxis,
                  "measures that are credited together, and what belongs to none",
                  std::move(ids),
                  {{"name", "name in English", "", std::move(names)},
                   {"name_zh", "name in Chinese", "", std::move(names_zh)},
                   {"measures", "measures of the group", "", std::move(measures)}}};
  if (!record.order.empty()) {
    std::vector<double> places(record.rows.size(), std::nan(""));
    for (std::size_t place = 0; place < record.order.size(); ++place)
      places[record.order[place]] = static_cast<double>(place + 1);
    axis.companions.push_back(
        {"order", "the how-manieth it came, missing where it is no group", "1", std::move(places)});
  }
  return axis;
}

Layout layout_of(const AttributionRecord& record, const Scenario& plan) {
  Layout layout(record.plan);
  layout.attributes = {
      {"title", plan.name},
      {"title_zh", plan.name_zh},
      {"as_of", format_time(Time{std::chrono::sys_days{plan.as_of}}).substr(0, 10)},
      {"scenario_file", plan.inputs.front().path},
      {"price_year", plan.price_year},
      {"discount_rate", plan.discount_rate},
      {"start", format_time(plan.start)},
      {"end", format_time(plan.end)},
      {"content", "attribution"},
      {"base", record.base},
      {"method", record.method},
      {"coalitions", record.coalitions},
      {"permutations", record.permutations}};
  layout.add(group_axis(record, plan));
  layout.add({"year", "calendar year", Years{record.years}});
  const auto add = [&](const AttributedVariable& variable, const char* suffix,
                       std::vector<std::string> dims, const char* what) {
    layout.add(Variable{.name = variable.name + suffix,
                        .dims = std::move(dims),
                        .unit = variable.unit,
                        .long_name = variable.long_name + what,
                        .cell_methods = "year: sum",
                        .with_statistics = true});
  };
  for (const AttributedVariable& variable : record.variables) {
    add(variable, "_by_group", {kGroupAxis, "year"}, ", change that the group is responsible for");
    add(variable, "_change", {"year"}, ", change in all");
    if (!variable.errors.empty()) {
      add(variable, "_by_group_sampling_error", {kGroupAxis, "year"},
          ", standard error of the group's share from having sampled orders");
    }
  }
  return layout;
}

//! From [row][replication][year] to [replication][row][year], for some replications.
std::vector<double> by_replication(const std::vector<GameValues>& rows, std::size_t years,
                                   ReplicationRange range) {
  std::vector<double> values;
  for (std::int64_t r = range.first; r < range.first + range.count; ++r) {
    for (const GameValues& row : rows) {
      const auto begin =
          row.begin() + static_cast<std::ptrdiff_t>(r) * static_cast<std::ptrdiff_t>(years);
      values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(years));
    }
  }
  return values;
}

Block block_of(const AttributionRecord& record, ReplicationRange range) {
  Block block{.scenario = 0, .first_replication = range.first, .count = range.count};
  const std::size_t years = record.years.size();
  for (const AttributedVariable& variable : record.variables) {
    block.data.push_back(by_replication(variable.shares, years, range));
    block.data.push_back(by_replication({variable.total}, years, range));
    if (!variable.errors.empty())
      block.data.push_back(by_replication(variable.errors, years, range));
  }
  return block;
}

} // namespace

void write_attribution(const AttributionRecord& record, const ScenarioSet& scenarios,
                       const std::filesystem::path& output, const RunOptions& options,
                       double seconds_to_run, const std::stop_token& stop) {
  const std::int64_t replications = options.ensemble.replications;
  const std::int64_t length = std::min(options.ensemble.block, replications);
  ResultWriter writer(output, record_of(scenarios, options.ensemble),
                      {layout_of(record, scenarios.models().front()->scenario())},
                      {.overwrite = options.overwrite,
                       .block = length,
                       .deflate = options.deflate,
                       .threads = threads_of(options.ensemble.threads),
                       .stop = stop});
  for (std::int64_t first = 0; first < replications; first += length)
    writer.write(block_of(record, {first, std::min(length, replications - first)}));
  writer.finish({{"threads", static_cast<std::int64_t>(threads_of(options.ensemble.threads))},
                 {"seconds_to_run", seconds_to_run}},
                stop);
}

void require_runs(const ResultFile& file) {
  for (const std::string& scenario : file.scenarios()) {
    if (file.layout(scenario).coordinate(kGroupAxis) != nullptr)
      throw UsageError(fmt::format("{} is an attribution: it has shares of measures, and no "
                                   "scenarios to compare or to explain",
                                   file.path().string()));
    const auto variables = file.layout(scenario).variables();
    if (!variables.empty() && !file.has_values(scenario, variables.front().name))
      throw UsageError(fmt::format("{} has statistics only: comparing and explaining need the "
                                   "values of every replication; run it without --statistics-only",
                                   file.path().string()));
  }
}

} // namespace lantian
