#include "world/activity_clock.hpp"

#include "world/time_axis.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

namespace lantian {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
constexpr double kSecondsPerDay = 86400;

double weight_of(const Profile& profile, sys_days day) {
  const std::chrono::year_month_day date{day};
  double weight = 1;
  if (!profile.months.empty()) {
    weight *= profile.months[static_cast<unsigned>(date.month()) - 1];
  }
  if (!profile.weekdays.empty()) {
    weight *= profile.weekdays[std::chrono::weekday{day}.iso_encoding() - 1];
  }
  if (profile.season)
    weight *= profile.season->is_open(day) ? profile.inside : profile.outside;
  return weight;
}

//! The days of the calendar year that starts at `first`, with their weights.
std::vector<double> weights_of_year(const Profile* profile, sys_days first, sys_days next) {
  std::vector<double> weights;
  for (sys_days day = first; day < next; day += days{1}) {
    weights.push_back(profile ? weight_of(*profile, day) : 1.0);
  }
  return weights;
}

double trend_of_year(std::span<const double> trend, std::size_t year) {
  return trend.empty() ? 1.0 : trend[std::min(year, trend.size() - 1)];
}

} // namespace

ActivityClock::ActivityClock(const Profile* profile, std::span<const double> trend, Time start,
                             Time end)
    : end_(end) {
  std::size_t year = 0;
  for (Time first = year_start(start); first < end; ++year) {
    const Time next = next_boundary(first, Interval::year);
    const auto weights =
        weights_of_year(profile, std::chrono::floor<days>(first), std::chrono::floor<days>(next));
    double sum = 0;
    for (const double weight : weights)
      sum += weight;
    const double scale = trend_of_year(trend, year) / (sum * kSecondsPerDay);
    for (std::size_t d = 0; d < weights.size(); ++d) {
      if (d > 0 && weights[d] == weights[d - 1])
        continue;
      const Time begin = std::max<Time>(first + days{static_cast<int>(d)}, start);
      const double rate = weights[d] * scale;
      if (!runs_.empty() && runs_.back().begin == begin) {
        runs_.back().rate = rate; // the run before lies outside the horizon
      } else {
        runs_.push_back({begin, rate, 0});
      }
    }
    first = next;
  }
  for (std::size_t i = 1; i < runs_.size(); ++i) {
    const Run& last = runs_[i - 1];
    const double length = static_cast<double>((runs_[i].begin - last.begin).count());
    runs_[i].before = last.before + last.rate * length;
  }
}

std::size_t ActivityClock::find(Time t) const {
  const auto above = std::upper_bound(runs_.begin(), runs_.end(), t,
                                      [](Time value, const Run& run) { return value < run.begin; });
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(above - runs_.begin() - 1, 0));
}

Time ActivityClock::advance(Time from, double nominal_years) const {
  const std::size_t first = find(from);
  const auto seconds = [](Duration d) { return static_cast<double>(d.count()); };
  const double target =
      runs_[first].before + runs_[first].rate * seconds(from - runs_[first].begin) + nominal_years;
  // the last run that begins below the target; one that stands still ends with nothing more
  const auto above =
      std::lower_bound(runs_.begin() + static_cast<std::ptrdiff_t>(first) + 1, runs_.end(), target,
                       [](const Run& run, double value) { return run.before < value; });
  const Run& run = *(above - 1);
  if (run.rate <= 0)
    return nominal_years <= 0 ? from : kNever;
  const double offset = std::ceil((target - run.before) / run.rate);
  if (!(offset < seconds(end_ - run.begin)))
    return kNever;
  return std::max(from, run.begin + Duration{static_cast<std::int64_t>(offset)});
}

double ActivityClock::elapsed(Time from, Time to) const {
  const std::size_t first = find(from);
  const Run& a = runs_[first];
  const auto seconds = [](Duration d) { return static_cast<double>(d.count()); };
  const std::size_t next = first + 1;
  if (next == runs_.size() || to <= runs_[next].begin)
    return a.rate * seconds(to - from);
  const Run& b = runs_[find(to)];
  return (a.rate * seconds(runs_[next].begin - from)) + (b.before - runs_[next].before) +
         (b.rate * seconds(to - b.begin));
}

} // namespace lantian
