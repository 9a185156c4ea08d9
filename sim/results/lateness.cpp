#include "results/lateness.hpp"

#include "results/columns.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

namespace lantian {

namespace {

//! Dates by which so many of all replications have reached it; those that do not come last.
std::array<double, kDateShares.size()> date_quantiles(std::vector<double> dates) {
  for (double& date : dates) {
    if (std::isnan(date))
      date = std::numeric_limits<double>::infinity();
  }
  std::sort(dates.begin(), dates.end());
  std::array<double, kDateShares.size()> at{};
  std::ranges::transform(kDateShares, at.begin(),
                         [&](double share) { return sorted_quantile(dates, share); });
  return at;
}

double p90(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return sorted_quantile(values, 0.9);
}

std::vector<LateCause> causes_of(const ResultFile& file, const std::string& scenario,
                                 std::size_t target, double mean_lateness) {
  const std::vector<std::string>& names = labels_of(file, scenario, "path_cause");
  const std::vector<double> path_times = file.read(scenario, "target_path_time");
  const std::vector<double> latenesses = file.read(scenario, "target_lateness_by_cause");
  const auto replications = static_cast<std::size_t>(file.replications());
  std::vector<LateCause> causes;
  for (std::size_t c = 0; c < names.size(); ++c) {
    const std::size_t k = target * names.size() + c;
    const std::vector<double> on_path = column(path_times, replications, k);
    const std::vector<double> late = column(latenesses, replications, k);
    const double mean_late = moments(late).mean;
    causes.push_back({names[c], moments(on_path).mean, p90(on_path), mean_late, p90(late),
                      mean_lateness > 0 ? mean_late / mean_lateness : 0});
  }
  return causes;
}

std::vector<LastMeasure> last_measures(const ResultFile& file, const std::string& scenario,
                                       std::size_t target) {
  const std::vector<std::string>& ids = labels_of(file, scenario, "measure");
  const std::vector<double> positions = column(file, scenario, "target_last_measure", target);
  std::vector<double> counts(ids.size(), 0.0);
  for (const double position : positions)
    ++counts[static_cast<std::size_t>(position)];
  std::vector<LastMeasure> last;
  for (std::size_t m = 0; m < ids.size(); ++m) {
    if (counts[m] > 0)
      last.push_back({ids[m], counts[m] / static_cast<double>(positions.size())});
  }
  std::ranges::stable_sort(last, std::greater{}, &LastMeasure::share);
  return last;
}

} // namespace

std::optional<Lateness> lateness_of(const ResultFile& file, const std::string& scenario,
                                    std::size_t target) {
  const Layout& layout = file.layout(scenario);
  if (!layout.find("target_lateness"))
    return std::nullopt;
  const std::vector<double> days = column(file, scenario, "target_lateness", target);
  if (std::isnan(days.front()))
    return std::nullopt;
  Lateness result;
  result.due = companion<double>(file, scenario, "target", "due").at(target);
  const auto& bounds = std::get<Intervals>(layout.coordinate("time")->values).bounds;
  result.horizon_end = days_since_epoch(bounds.back());
  const std::vector<double> dates = column(file, scenario, "target_date", target);
  const auto never = std::ranges::count_if(dates, [](double date) { return std::isnan(date); });
  result.never = static_cast<double>(never) / static_cast<double>(dates.size());
  result.dates = date_quantiles(dates);
  result.days = moments(days);
  result.interval = mean_interval(result.days);
  result.interval.low = std::max(0.0, result.interval.low);
  result.causes = causes_of(file, scenario, target, result.days.mean);
  result.last = last_measures(file, scenario, target);
  return result;
}

} // namespace lantian
