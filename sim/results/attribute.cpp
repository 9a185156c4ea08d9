#include "results/attribute.hpp"

#include "results/attribution_totals.hpp"
#include "results/output_file.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

std::vector<std::string> ids_of(const Table<Entry>& table) {
  std::vector<std::string> ids;
  for (const Entry& entry : table)
    ids.push_back(entry.id);
  return ids;
}

//! Measures of the plan: those that the base has in the same words are in every coalition.
struct Players {
  std::vector<std::string> credited;
  std::vector<std::string> fixed;
};

Players players_of(const ReadScenario& plan, const std::optional<ReadScenario>& base,
                   const Coalitions& coalitions, const KindRegistry& kinds) {
  Players players;
  const std::optional<Coalitions> before =
      base ? std::optional<Coalitions>(std::in_place, *base, kinds) : std::nullopt;
  for (const std::string& measure : ids_of(plan.scenario->measures)) {
    const bool is_shared = base && base->scenario->measures.find(measure) &&
                           before->text_of(measure) == coalitions.text_of(measure);
    (is_shared ? players.fixed : players.credited).push_back(measure);
  }
  if (players.credited.empty())
    throw UsageError(fmt::format("{} has no measures{}: there is nothing to share out",
                                 plan.scenario->id, base ? " that the base lacks" : ""));
  return players;
}

AttributionDesign shapley_design(std::size_t groups, const AttributionOptions& options) {
  const std::int64_t permutations =
      options.permutations.value_or(groups <= kMostExactGroups ? 0 : kDefaultPermutations);
  if (permutations == 0 && groups <= kMostExactGroups)
    return AttributionDesign::shapley(groups);
  if (permutations == 0) {
    throw UsageError(fmt::format("{} groups have 2^{} coalitions, too many to run them all; put "
                                 "measures together until there are {} groups, or sample orders",
                                 groups, groups, kMostExactGroups));
  }
  if (permutations < 4 || permutations % 2 != 0) {
    throw UsageError(fmt::format("{} permutations: give an even number from 4 on (they come in "
                                 "pairs), or 0 for all",
                                 permutations));
  }
  return AttributionDesign::sampled_shapley(groups, static_cast<std::size_t>(permutations),
                                            options.run.ensemble.seed);
}

GameValues difference(const GameValues& a, const GameValues& b) {
  GameValues result(a.size());
  std::transform(a.begin(), a.end(), b.begin(), result.begin(), std::minus<>());
  return result;
}

//! The whole of one attribution, step by step.
class AttributionRun {
public:
  AttributionRun(const ReadScenario& plan, const std::optional<ReadScenario>& base,
                 const AttributionOptions& options, const KindRegistry& kinds,
                 const Progress& progress, const std::stop_token& stop)
      : plan_(plan), base_(base), options_(options), kinds_(kinds), progress_(progress),
        stop_(stop), coalitions_(plan, kinds) {
    if (base)
      require_same_money(*plan.scenario, *base->scenario);
    const Players players = players_of(plan, base, coalitions_, kinds);
    grouping_ = group_measures(players.credited, players.fixed, options.groups,
                               coalitions_.links(players.credited));
    if (grouping_.groups.size() > kMostGroups)
      throw UsageError(fmt::format("{} groups are too many; put measures together until there are "
                                   "at most {}",
                                   grouping_.groups.size(), kMostGroups));
  }

  AttributionRecord run() {
    const std::vector<std::size_t> order = options_.method == AttributionMethod::sequential
                                               ? this->order()
                                               : std::vector<std::size_t>{};
    const AttributionDesign design = this->design(order);
    const YearlyTotals totals = simulate(design);
    AttributionRecord record;
    record.plan = plan_.scenario->id;
    record.base = base_ ? base_->scenario->id : "";
    record.method = kAttributionMethods[static_cast<std::size_t>(options_.method)];
    record.rows = grouping_.groups;
    record.order = order;
    record.coalitions = static_cast<std::int64_t>(design.coalitions().size());
    record.permutations = 2 * static_cast<std::int64_t>(design.pairs());
    record.years = totals.years;
    if (has_interaction())
      record.rows.push_back({kInteraction, {}});
    if (base_)
      record.rows.push_back({kOtherChanges, {}});
    for (const TotalledVariable& variable : totals.variables)
      record.variables.push_back(share_out(variable, design));
    return record;
  }

  const std::vector<std::string>& notes() const { return grouping_.notes; }

private:
  //! Shares of one group alone, or taken last, sum to the total only by luck.
  bool has_interaction() const {
    return options_.method == AttributionMethod::first_in ||
           options_.method == AttributionMethod::last_in;
  }

  AttributionDesign design(const std::vector<std::size_t>& order) const {
    const std::size_t groups = grouping_.groups.size();
    switch (options_.method) {
    case AttributionMethod::first_in:
      return AttributionDesign::first_in(groups);
    case AttributionMethod::last_in:
      return AttributionDesign::last_in(groups);
    case AttributionMethod::sequential:
      return AttributionDesign::sequential(order);
    case AttributionMethod::shapley:
      break;
    }
    return shapley_design(groups, options_);
  }

  //! Named groups as they were given, then by the median date at which the last measure is built.
  std::vector<std::size_t> order() const {
    const std::size_t named = options_.groups.size();
    const auto dates = median_works_dates(coalitions_.without({}, plan_.scenario->id + "-whole"),
                                          options_.run.ensemble, stop_);
    const auto date_of = [&](std::size_t group) {
      double last = -INFINITY;
      for (const std::string& measure : grouping_.groups[group].measures)
        last = std::max(last, dates.at(measure));
      return last;
    };
    std::vector<std::size_t> order(grouping_.groups.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(named), order.end(),
                     [&](std::size_t a, std::size_t b) { return date_of(a) < date_of(b); });
    return order;
  }

  std::vector<std::string> absent_from(Coalition coalition) const {
    std::vector<std::string> absent;
    for (std::size_t g = 0; g < grouping_.groups.size(); ++g) {
      const auto& measures = grouping_.groups[g].measures;
      if ((coalition >> g & 1) == 0)
        absent.insert(absent.end(), measures.begin(), measures.end());
    }
    return absent;
  }

  //! Shares are linear in the values, so those of the mean are the mean of those of replications.
  std::vector<double> errors_of_mean(std::span<const GameValues> values,
                                     const AttributionDesign& design) const {
    const auto replications = static_cast<double>(options_.run.ensemble.replications);
    std::vector<GameValues> means;
    for (const GameValues& value : values)
      means.push_back({std::accumulate(value.begin(), value.end(), 0.0) / replications});
    std::vector<double> errors;
    for (const GameValues& error : design.sampling_errors(means))
      errors.push_back(error.front());
    return errors;
  }

  //! All coalitions, then the base.
  YearlyTotals simulate(const AttributionDesign& design) const {
    const auto wanted = design.coalitions();
    const std::optional<Coalitions> before =
        base_ ? std::optional<Coalitions>(std::in_place, *base_, kinds_) : std::nullopt;
    const auto load = [&](std::size_t i) {
      return i == wanted.size() ? before->without({}, base_->scenario->id + "-base")
                                : coalitions_.without(absent_from(wanted[i]),
                                                      fmt::format("{}-coalition-{}",
                                                                  plan_.scenario->id, wanted[i]));
    };
    return run_yearly_totals(wanted.size() + (base_ ? 1 : 0), load, *plan_.scenario,
                             options_.run.ensemble, progress_, stop_);
  }

  AttributedVariable share_out(const TotalledVariable& totalled,
                               const AttributionDesign& design) const {
    const std::size_t coalitions = design.coalitions().size();
    const std::span<const GameValues> values = std::span(totalled.values).first(coalitions);
    AttributedVariable variable{
        totalled.name, totalled.unit, totalled.long_name, design.shares(values), {}, {}, {}};
    if (design.pairs() > 0)
      variable.errors = design.sampling_errors(values);
    const GameValues& none = values.front();
    const GameValues& all = values.back();
    const GameValues& before = totalled.values.back(); // the base; else that of `all`, unused
    if (has_interaction()) {
      GameValues rest(all.size());
      for (std::size_t i = 0; i < rest.size(); ++i) {
        rest[i] = all[i] - none[i];
        for (std::size_t g = 0; g < design.groups(); ++g)
          rest[i] -= variable.shares[g][i];
      }
      variable.shares.push_back(std::move(rest));
    }
    if (base_)
      variable.shares.push_back(difference(none, before));
    variable.total = difference(all, base_ ? before : none);
    if (!variable.errors.empty())
      variable.errors.resize(variable.shares.size(), GameValues(all.size(), 0.0));
    variable.error_of_mean = errors_of_mean(values, design);
    variable.error_of_mean.resize(variable.shares.size(), 0.0);
    return variable;
  }

  const ReadScenario& plan_;
  const std::optional<ReadScenario>& base_;
  const AttributionOptions& options_;
  const KindRegistry& kinds_;
  const Progress& progress_;
  const std::stop_token& stop_;
  Coalitions coalitions_;
  MeasureGrouping grouping_;
};

GameValues by_replication(const GameValues& values, std::size_t replications) {
  const std::size_t years = values.size() / replications;
  GameValues sums(replications, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i)
    sums[i / years] += values[i];
  return sums;
}

// Two independent samples lie behind a share: of worlds and of orders. Their variances add; the
// smaller of the two decides about the t quantile.
AttributedShare sum_up(std::string row, const GameValues& share, double sampling_error,
                       const AttributionRecord& record, std::int64_t replications) {
  Moments mean = moments(by_replication(share, static_cast<std::size_t>(replications)));
  if (sampling_error > 0) {
    mean.error = std::hypot(mean.error, sampling_error);
    mean.count = std::min(mean.count, record.permutations / 2);
  }
  return {std::move(row), mean.mean, mean.error, mean_interval(mean)};
}

AttributedQuantity sum_up(const AttributedVariable& variable, const AttributionRecord& record,
                          std::int64_t replications) {
  AttributedQuantity quantity{variable.name, variable.unit, {}, {}};
  for (std::size_t row = 0; row < record.rows.size(); ++row) {
    quantity.rows.push_back(sum_up(record.rows[row].id, variable.shares[row],
                                   variable.error_of_mean[row], record, replications));
  }
  quantity.total = sum_up("in all", variable.total, 0, record, replications);
  return quantity;
}

ScenarioSet set_of(const ReadScenario& plan, const std::optional<ReadScenario>& base) {
  std::vector<SharedScenario> scenarios = {plan.scenario};
  if (base)
    scenarios.push_back(base->scenario);
  return ScenarioSet(std::move(scenarios));
}

} // namespace

Attribution attribute_to_file(const ReadScenario& plan, const std::optional<ReadScenario>& base,
                              const std::filesystem::path& output,
                              const AttributionOptions& options, const KindRegistry& kinds,
                              const Progress& progress, const std::stop_token& stop) {
  const auto began = std::chrono::steady_clock::now();
  check_options(options.run.ensemble);
  const ScenarioSet scenarios = set_of(plan, base);
  AttributionRun run(plan, base, options, kinds, progress, stop);
  {
    const OutputFile can_be_written(output, options.run.overwrite);
  }
  const AttributionRecord record = run.run();
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
  write_attribution(record, scenarios, output, options.run, seconds.count(), stop);
  const std::int64_t replications = options.run.ensemble.replications;
  Attribution result{record.plan,
                     record.base,
                     record.method,
                     record.rows,
                     run.notes(),
                     replications,
                     record.coalitions,
                     record.permutations,
                     record.years.front(),
                     record.years.back(),
                     {}};
  for (const AttributedVariable& variable : record.variables)
    result.quantities.push_back(sum_up(variable, record, replications));
  return result;
}

} // namespace lantian
