#include "world/time_axis.hpp"

#include <algorithm>
#include <chrono>

namespace lantian {

namespace {

std::chrono::year_month_day date_of(Time t) {
  return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(t)};
}

} // namespace

int year_of(Time t) {
  return static_cast<int>(date_of(t).year());
}

Time year_start(Time t) {
  return std::chrono::sys_days{date_of(t).year() / std::chrono::January / 1};
}

Time next_boundary(Time t, Interval interval) {
  using namespace std::chrono;
  const year_month_day date = date_of(t);
  switch (interval) {
  case Interval::day:
    return floor<days>(t) + days{1};
  case Interval::month:
    return sys_days{(date.year() / date.month() / 1) + months{1}};
  case Interval::year:
    return sys_days{(date.year() + years{1}) / January / 1};
  }
  return kNever;
}

TimeAxis::TimeAxis(Time start, Time end, Interval interval) {
  for (Time t = start; t < end; t = next_boundary(t, interval))
    bounds_.push_back(t);
  bounds_.push_back(end);
}

std::size_t TimeAxis::index(Time t) const {
  const auto above = std::upper_bound(bounds_.begin(), bounds_.end(), t);
  const auto i = std::max<std::ptrdiff_t>(above - bounds_.begin() - 1, 0);
  return std::min(static_cast<std::size_t>(i), size() - 1);
}

} // namespace lantian
