#include "results/explanation.hpp"

#include "ensemble/statistics.hpp"
#include "results/attribution_file.hpp"
#include "results/columns.hpp"
#include "results/sentences.hpp"
#include "scenario/diagnostics.hpp"
#include "world/books.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

namespace lantian {

namespace {

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

//! Position of the id along an axis of a scenario, if it is there; what is there joins `known`.
std::optional<std::size_t> find(const ResultFile& file, const std::string& scenario,
                                const std::string& axis, const std::string& id,
                                std::set<std::string>& known) {
  const std::vector<std::string>& ids = labels_of(file, scenario, axis);
  known.insert(ids.begin(), ids.end());
  const auto found = std::find(ids.begin(), ids.end(), id);
  if (found == ids.end())
    return std::nullopt;
  return static_cast<std::size_t>(found - ids.begin());
}

Explanation introduce(const ResultFile& file, const std::string& scenario, const std::string& axis,
                      std::size_t position) {
  Explanation result;
  result.scenario = scenario;
  result.id = labels_of(file, scenario, axis)[position];
  const auto names = companion<std::string>(file, scenario, axis, "name");
  if (!names.empty())
    result.name = names[position];
  return result;
}

Explanation explain_measure(const ResultFile& file, const std::string& scenario,
                            std::size_t measure) {
  const auto replications = static_cast<std::size_t>(file.replications());
  Explanation result = introduce(file, scenario, "measure", measure);
  const auto states = column(file, scenario, "measure_state", measure);
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
  result.sentences = sentences_on_measure(result, file.replications());
  return result;
}

Explanation explain_target(const ResultFile& file, const std::string& scenario,
                           std::size_t target) {
  Explanation result = introduce(file, scenario, "target", target);
  result.target = compare_target(file, scenario, target, scenario);
  result.sentences = sentences_on_target(*result.target);
  return result;
}

} // namespace

std::vector<Explanation> explain(const ResultFile& file, const std::string& id) {
  require_runs(file);
  std::vector<Explanation> explanations;
  std::set<std::string> known;
  for (const std::string& scenario : file.scenarios()) {
    if (const auto measure = find(file, scenario, "measure", id, known))
      explanations.push_back(explain_measure(file, scenario, *measure));
    if (const auto target = find(file, scenario, "target", id, known))
      explanations.push_back(explain_target(file, scenario, *target));
  }
  if (explanations.empty()) {
    const std::vector<std::string> names(known.begin(), known.end());
    throw UsageError(fmt::format("no scenario of {} has a measure or target '{}'{} (there are {})",
                                 file.path().string(), id, did_you_mean(id, names),
                                 names.empty() ? "none" : one_of(names)));
  }
  return explanations;
}

} // namespace lantian
