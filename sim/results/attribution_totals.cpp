#include "results/attribution_totals.hpp"

#include "ensemble/recorder.hpp"
#include "ensemble/statistics.hpp"
#include "results/accounts.hpp"
#include "world/books.hpp"
#include "world/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr const char* kCapital = "capital_by_measure";
constexpr const char* kOperating = "operating_by_measure";

//! Adds up the rows of each replication, each times its weight: from [replication][row][year] to
//! [replication][year].
GameValues sum_rows(const std::vector<double>& values, std::size_t replications, std::size_t years,
                    const std::vector<double>& weights) {
  const std::size_t rows = weights.size();
  GameValues sums(replications * years, 0.0);
  for (std::size_t r = 0; r < replications; ++r) {
    for (std::size_t row = 0; row < rows; ++row) {
      if (weights[row] == 0)
        continue;
      for (std::size_t y = 0; y < years; ++y)
        sums[r * years + y] += weights[row] * values[(r * rows + row) * years + y];
    }
  }
  return sums;
}

const Coordinate& axis_of(const KeptRun& run, const std::string& name) {
  return *std::find_if(run.axes.begin(), run.axes.end(),
                       [&](const Coordinate& axis) { return axis.name == name; });
}

//! What recovers the capital of each measure [1/year].
const std::vector<double>& capital_recovery(const KeptRun& run) {
  const std::vector<Companion>& companions = axis_of(run, "measure").companions;
  const auto found =
      std::find_if(companions.begin(), companions.end(),
                   [](const Companion& companion) { return companion.name == kCapitalRecovery; });
  return std::get<std::vector<double>>(found->values);
}

std::vector<std::int32_t> years_of(const KeptRun& run) {
  std::vector<std::int32_t> years;
  const auto& bounds = std::get<Intervals>(axis_of(run, "time").values).bounds;
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i)
    years.push_back(year_of(bounds[i]));
  return years;
}

void require_alike(const KeptRun& run, const KeptRun& first) {
  const auto years = years_of(first);
  if (years_of(run) != years)
    throw UsageError(fmt::format("plan and base must have the same horizon; the plan has {} to {}, "
                                 "the base {} to {}",
                                 years.front(), years.back(), years_of(run).front(),
                                 years_of(run).back()));
  for (std::size_t v = 0; v < run.variables.size(); ++v) {
    if (run.variables[v].unit != first.variables[v].unit)
      throw UsageError(fmt::format("plan and base must account for {} in the same unit; the plan "
                                   "has {}, the base {}",
                                   run.variables[v].name, first.variables[v].unit,
                                   run.variables[v].unit));
  }
}

//! All rows of a variable that has two axes, summed by year.
GameValues totals_of(const KeptRun& run, std::size_t v, std::size_t replications,
                     std::size_t years) {
  std::vector<double> weights(run.variables[v].shape.front(), 1.0);
  if (run.variables[v].dims.front() == "account")
    std::fill(weights.begin() + kDirectAccounts, weights.end(), 0.0);
  return sum_rows(run.values[v], replications, years, weights);
}

TotalledVariable cost_of(const TotalledVariable& capital, const TotalledVariable& operating) {
  TotalledVariable cost{"cost", "CNY", "capital when spent and operating cost", {}};
  for (std::size_t s = 0; s < capital.values.size(); ++s) {
    GameValues& sum = cost.values.emplace_back(capital.values[s]);
    for (std::size_t i = 0; i < sum.size(); ++i)
      sum[i] += operating.values[s][i];
  }
  return cost;
}

} // namespace

YearlyTotals run_yearly_totals(std::size_t count,
                               const std::function<SharedScenario(std::size_t)>& load,
                               const Scenario& plan, const EnsembleOptions& options,
                               const Progress& progress, const std::stop_token& stop) {
  YearlyTotals totals;
  std::vector<std::string> wanted;
  for (const Pollutant& pollutant : plan.pollutants) {
    wanted.push_back(pollutant.id);
    totals.variables.push_back(
        {pollutant.id, pollutant.unit, pollutant.name + ", direct emission", {}});
  }
  wanted.insert(wanted.end(), {kCapital, kOperating});
  totals.variables.push_back({"capital", "CNY", "capital when spent", {}});
  totals.variables.push_back({"operating", "CNY", "operating cost", {}});
  const std::vector<KeptRun> runs = run_and_keep(count, load, wanted, options, progress, stop);
  totals.years = years_of(runs.front());
  const auto replications = static_cast<std::size_t>(options.replications);
  const std::size_t capital = plan.pollutants.size();
  TotalledVariable annuity{
      "annuity", "CNY/year", "capital, annualised, in the year it is spent", {}};
  for (const KeptRun& run : runs) {
    require_alike(run, runs.front());
    for (std::size_t v = 0; v < wanted.size(); ++v)
      totals.variables[v].values.push_back(totals_of(run, v, replications, totals.years.size()));
    annuity.values.push_back(
        sum_rows(run.values[capital], replications, totals.years.size(), capital_recovery(run)));
  }
  totals.variables.push_back(cost_of(totals.variables[capital], totals.variables[capital + 1]));
  totals.variables.push_back(std::move(annuity));
  return totals;
}

void require_same_money(const Scenario& plan, const Scenario& base) {
  if (plan.price_year == base.price_year && plan.discount_rate == base.discount_rate)
    return;
  throw UsageError(fmt::format("plan and base must value money alike ([money] price_year and "
                               "discount_rate); the plan has {} and {}, the base {} and {}",
                               plan.price_year, plan.discount_rate, base.price_year,
                               base.discount_rate));
}

std::map<std::string, double> median_works_dates(const SharedScenario& scenario,
                                                 const EnsembleOptions& options,
                                                 const std::stop_token& stop) {
  const std::vector<std::string> wanted = {"measure_date"};
  const std::vector<KeptRun> runs =
      run_and_keep(1, [&](std::size_t) { return scenario; }, wanted, options, {}, stop);
  const std::vector<double>& dates = runs.front().values.front();
  const std::size_t measures = scenario->measures.size();
  std::map<std::string, double> medians;
  for (std::size_t m = 0; m < measures; ++m) {
    std::vector<double> built;
    for (std::size_t r = 0; r < static_cast<std::size_t>(options.replications); ++r) {
      const double date =
          dates[(r * measures + m) * kMilestones + static_cast<std::size_t>(Milestone::works)];
      built.push_back(std::isnan(date) ? std::numeric_limits<double>::max() : date);
    }
    std::sort(built.begin(), built.end());
    medians[scenario->measures[m].id] = built[(built.size() - 1) / 2];
  }
  return medians;
}

} // namespace lantian
