#include "kernel/calendar.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace lantian {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr year kLeapYear{2000};
constexpr std::size_t kLeapDay = 59; // 29 February, from 0 on 1 January
constexpr Time kLastChange = sys_days(year{10000} / 1 / 1);

std::size_t day_of_leap_year(std::chrono::month_day day) {
  return static_cast<std::size_t>(
      (sys_days(kLeapYear / day) - sys_days(kLeapYear / 1 / 1)).count());
}

std::size_t checked_day(std::chrono::month_day day) {
  if (!day.ok()) {
    throw std::invalid_argument(fmt::format("calendar: {:02}-{:02} is not a day of the year",
                                            static_cast<unsigned>(day.month()),
                                            static_cast<unsigned>(day.day())));
  }
  return day_of_leap_year(day);
}

} // namespace

Calendar::Calendar(const std::vector<Season>& open) {
  if (open.empty()) {
    return;
  }
  open_.reset();
  for (const Season& season : open) {
    const std::size_t last = checked_day(season.last);
    std::size_t day = checked_day(season.first);
    while (day != last) {
      open_.set(day);
      day = (day + 1) % kDays;
    }
    open_.set(last);
  }
  // From the last day backwards, twice, so that runs over new year are seen whole.
  std::uint16_t run = 0;
  for (std::size_t step = 2 * kDays; step-- > 0;) {
    const std::size_t day = step % kDays;
    run = open_[day] == open_[(day + 1) % kDays] ? static_cast<std::uint16_t>(run + 1) : 1;
    run_[day] = run;
  }
}

bool Calendar::is_open(Time time) const {
  const year_month_day date(floor<days>(time));
  return open_[day_of_leap_year(date.month() / date.day())];
}

Time Calendar::next_change(Time time) const {
  const bool was_open = is_open(time);
  while (!open_.all() && time < kLastChange) {
    time = end_of_run(year_month_day(floor<days>(time)));
    if (is_open(time) != was_open) {
      return time;
    }
  }
  return kNever;
}

// The first day after `date` that differs from it in a leap year; in a common year 29 February is
// 1 March, which may be no different.
Time Calendar::end_of_run(year_month_day date) const {
  const std::size_t today = day_of_leap_year(date.month() / date.day());
  const std::size_t end = today + run_[today];
  const year end_year = date.year() + years(end / kDays);
  const std::size_t day = end % kDays;
  const std::size_t missing = !end_year.is_leap() && day > kLeapDay ? 1 : 0;
  return sys_days(end_year / 1 / 1) + days(day - missing);
}

Duration Calendar::open_between(Time from, Time to) const {
  Duration open{};
  while (from < to) {
    const Time next = std::min(next_change(from), to);
    open += is_open(from) ? next - from : Duration::zero();
    from = next;
  }
  return open;
}

Time Calendar::advance(Time from, Duration work) const {
  if (open_.all() || work == Duration::zero()) {
    return saturating_add(from, work);
  }
  while (from < kLastChange) {
    const Time next = next_change(from);
    if (is_open(from)) {
      if (next - from >= work) {
        return from + work;
      }
      work -= next - from;
    }
    from = next;
  }
  return kNever;
}

} // namespace lantian
