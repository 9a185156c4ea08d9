#include "results/comparison.hpp"

#include "results/accounts.hpp"
#include "results/attribution_file.hpp"
#include "results/columns.hpp"
#include "scenario/diagnostics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace lantian {

namespace {

//! Sums each replication's values of the first `rows` of `all_rows` equal parts.
std::vector<double> sum_rows(const std::vector<double>& values, std::size_t replications,
                             std::size_t rows, std::size_t all_rows) {
  const std::size_t size = values.size() / replications;
  const std::size_t used = size / all_rows * rows;
  std::vector<double> sums(replications, 0.0);
  for (std::size_t r = 0; r < replications; ++r) {
    for (std::size_t k = 0; k < used; ++k)
      sums[r] += values[r * size + k];
  }
  return sums;
}

std::vector<double> direct_emission(const ResultFile& file, const std::string& scenario,
                                    const std::string& pollutant) {
  const auto replications = static_cast<std::size_t>(file.replications());
  const std::size_t accounts = file.layout(scenario).coordinate("account")->size();
  return sum_rows(file.read(scenario, pollutant), replications, kDirectAccounts, accounts);
}

std::vector<double> cost(const ResultFile& file, const std::string& scenario) {
  const auto replications = static_cast<std::size_t>(file.replications());
  std::vector<double> total(replications, 0.0);
  for (const char* part : {"capital_by_measure", "operating_by_measure"}) {
    const std::vector<double> values = file.read(scenario, part);
    if (values.empty())
      continue;
    const auto sums = sum_rows(values, replications, 1, 1);
    for (std::size_t r = 0; r < replications; ++r)
      total[r] += sums[r];
  }
  return total;
}

template <class Read>
ComparedQuantity compare_quantity(const ResultFile& file, std::string name, std::string unit,
                                  const std::string& base, Read read) {
  ComparedQuantity quantity{std::move(name), std::move(unit), {}};
  const std::vector<double> before = read(base);
  for (const std::string& scenario : file.scenarios()) {
    const std::vector<double> amounts = scenario == base ? before : read(scenario);
    ComparedAmount row{
        scenario, moments(amounts), split_spread(amounts, file.chance_draws()), {}, {}};
    if (scenario != base) {
      row.difference = paired_difference(amounts, before);
      row.order = paired_order(amounts, before);
    }
    quantity.scenarios.push_back(std::move(row));
  }
  return quantity;
}

//! Pollutants that every scenario has, in the order of the base.
std::vector<const Variable*> shared_pollutants(const ResultFile& file, const std::string& base) {
  std::vector<const Variable*> shared;
  for (const Variable& variable : file.layout(base).variables()) {
    if (variable.dims != std::vector<std::string>{"account", "time"})
      continue;
    const bool is_shared =
        std::all_of(file.scenarios().begin(), file.scenarios().end(), [&](const std::string& id) {
          return file.layout(id).find(variable.name).has_value();
        });
    if (is_shared)
      shared.push_back(&variable);
  }
  return shared;
}

double median_of_known(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty())
    return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  return sorted_quantile(values, 0.5);
}

std::vector<std::uint8_t> is_met(const std::vector<double>& outcomes) {
  std::vector<std::uint8_t> met;
  for (const double outcome : outcomes)
    met.push_back(outcome == 1 ? 1 : 0);
  return met;
}

//! Spread over parameter draws of the share of assessable chance draws in which a target is met.
std::optional<ConfidenceInterval> probability_band(const std::vector<double>& outcomes,
                                                   std::int64_t chance_draws) {
  if (chance_draws < 2)
    return std::nullopt;
  const auto step = static_cast<std::size_t>(chance_draws);
  std::vector<double> shares;
  for (std::size_t first = 0; first + step <= outcomes.size(); first += step) {
    const auto begin = outcomes.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = begin + static_cast<std::ptrdiff_t>(step);
    const auto met = static_cast<double>(std::count(begin, end, 1.0));
    const auto missed = static_cast<double>(std::count(begin, end, 0.0));
    if (met + missed > 0)
      shares.push_back(met / (met + missed));
  }
  if (shares.empty())
    return std::nullopt;
  std::sort(shares.begin(), shares.end());
  return ConfidenceInterval{sorted_quantile(shares, 0.05), sorted_quantile(shares, 0.95)};
}

std::string day(Time time) {
  return format_time(time).substr(0, 10);
}

} // namespace

ComparedTarget compare_target(const ResultFile& file, const std::string& scenario,
                              std::size_t target, const std::string& base) {
  const std::string& id = labels_of(file, scenario, "target")[target];
  const auto outcomes = column(file, scenario, "target_met", target);
  ComparedTarget row;
  row.scenario = scenario;
  row.target = id;
  row.met = std::count(outcomes.begin(), outcomes.end(), 1.0);
  row.assessable = row.met + std::count(outcomes.begin(), outcomes.end(), 0.0);
  row.probability = wilson_interval(row.met, row.assessable);
  row.band = probability_band(outcomes, file.chance_draws());
  row.median_margin = median_of_known(column(file, scenario, "target_margin", target));
  row.margin_unit = companion<std::string>(file, scenario, "target", "margin_unit").at(target);
  row.lateness = lateness_of(file, scenario, target);
  const auto& of_base = labels_of(file, base, "target");
  const auto twin = std::find(of_base.begin(), of_base.end(), id);
  if (scenario != base && twin != of_base.end()) {
    const auto theirs =
        column(file, base, "target_met", static_cast<std::size_t>(twin - of_base.begin()));
    row.against_base = mcnemar(is_met(outcomes), is_met(theirs));
  }
  return row;
}

Comparison compare(const ResultFile& file, std::string base) {
  require_runs(file);
  if (base.empty())
    base = file.scenarios().front();
  if (std::find(file.scenarios().begin(), file.scenarios().end(), base) == file.scenarios().end()) {
    throw UsageError(fmt::format("{} has no scenario '{}'{}; it has {}", file.path().string(), base,
                                 did_you_mean(base, file.scenarios()), one_of(file.scenarios())));
  }
  const auto& bounds = std::get<Intervals>(file.layout(base).coordinate("time")->values).bounds;
  Comparison comparison{
      base, file.replications(), file.chance_draws(), day(bounds.front()), day(bounds.back()), {},
      {}};
  for (const Variable* pollutant : shared_pollutants(file, base)) {
    comparison.quantities.push_back(
        compare_quantity(file, pollutant->name, pollutant->unit, base, [&](const std::string& id) {
          return direct_emission(file, id, pollutant->name);
        }));
  }
  comparison.quantities.push_back(compare_quantity(
      file, "cost", "CNY", base, [&](const std::string& id) { return cost(file, id); }));
  for (const std::string& scenario : file.scenarios()) {
    for (std::size_t t = 0; t < labels_of(file, scenario, "target").size(); ++t) {
      comparison.targets.push_back(compare_target(file, scenario, t, base));
    }
  }
  return comparison;
}

} // namespace lantian
