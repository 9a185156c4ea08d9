#include "results/explanation.hpp"

#include "ensemble/statistics.hpp"
#include "results/attribution_file.hpp"
#include "scenario/diagnostics.hpp"
#include "world/books.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

namespace lantian {

namespace {

const std::vector<std::string>& measures_of(const ResultFile& file, const std::string& scenario) {
  return std::get<Labels>(file.layout(scenario).coordinate("measure")->values).ids;
}

//! Column `k` of the values of one measure, by replication.
std::vector<double> column(const std::vector<double>& values, std::size_t replications,
                           std::size_t k) {
  const std::size_t size = values.size() / replications;
  std::vector<double> result;
  for (std::size_t r = 0; r < replications; ++r)
    result.push_back(values[r * size + k]);
  return result;
}

ExplainedMilestone explain_milestone(std::string name, std::vector<double> dates) {
  const auto all = static_cast<double>(dates.size());
  std::erase_if(dates, [](double date) { return std::isnan(date); });
  std::sort(dates.begin(), dates.end());
  ExplainedMilestone milestone{std::move(name), static_cast<double>(dates.size()) / all, {}};
  constexpr std::array<double, 3> kShares = {0.1, 0.5, 0.9};
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    milestone.dates[i] = dates.empty() ? std::numeric_limits<double>::quiet_NaN()
                                       : sorted_quantile(dates, kShares[i]);
  }
  return milestone;
}

Explanation explain_in(const ResultFile& file, const std::string& scenario, std::size_t measure) {
  const auto replications = static_cast<std::size_t>(file.replications());
  Explanation result;
  result.scenario = scenario;
  result.measure = measures_of(file, scenario)[measure];
  for (const Companion& companion : file.layout(scenario).coordinate("measure")->companions) {
    if (companion.name != "name")
      continue;
    result.name = std::get<std::vector<std::string>>(companion.values)[measure];
  }
  const auto states = column(file.read(scenario, "measure_state"), replications, measure);
  result.cancelled = static_cast<double>(std::count(states.begin(), states.end(),
                                                    static_cast<double>(MeasureState::cancelled))) /
                     static_cast<double>(replications);
  const std::vector<double> dates = file.read(scenario, "measure_date");
  for (std::size_t k = 0; k < kMilestones; ++k) {
    result.milestones.push_back(explain_milestone(
        std::string(kMilestoneNames[k]), column(dates, replications, measure * kMilestones + k)));
  }
  const std::vector<double> times = file.read(scenario, "measure_time");
  for (std::size_t c = 0; c < kCauses; ++c) {
    std::vector<double> days = column(times, replications, measure * kCauses + c);
    const double mean = moments(days).mean;
    std::sort(days.begin(), days.end());
    result.causes.push_back({std::string(kCauseNames[c]), mean, sorted_quantile(days, 0.9)});
  }
  return result;
}

} // namespace

std::vector<Explanation> explain_measure(const ResultFile& file, const std::string& measure) {
  require_runs(file);
  std::vector<Explanation> explanations;
  std::set<std::string> known;
  for (const std::string& scenario : file.scenarios()) {
    const auto& ids = measures_of(file, scenario);
    known.insert(ids.begin(), ids.end());
    const auto found = std::find(ids.begin(), ids.end(), measure);
    if (found == ids.end())
      continue;
    explanations.push_back(
        explain_in(file, scenario, static_cast<std::size_t>(found - ids.begin())));
  }
  if (explanations.empty()) {
    const std::vector<std::string> names(known.begin(), known.end());
    throw UsageError(fmt::format("no scenario of {} has a measure '{}'{}; there are {}",
                                 file.path().string(), measure, did_you_mean(measure, names),
                                 names.empty() ? "none" : one_of(names)));
  }
  return explanations;
}

} // namespace lantian
