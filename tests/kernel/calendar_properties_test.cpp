// A calendar jumps from season to season. It is compared with one who looks at every day.

#include "kernel/calendar.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lantian {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

//! First and last day of each season, as days of a leap year from 0.
using Seasons = std::vector<std::pair<int, int>>;

//! One to four; days at the end of February, where leap years differ, come as often as all others.
rc::Gen<Seasons> any_seasons() {
  const auto any_day = rc::gen::oneOf(rc::gen::inRange(0, 366), rc::gen::inRange(57, 62));
  const auto any_season = rc::gen::resize(rc::kNominalSize, rc::gen::pair(any_day, any_day));
  return rc::gen::nonEmpty(rc::gen::resize(4, rc::gen::container<Seasons>(any_season)));
}

//! Any second of the twelve years from 1895 on; from 1897 to 1903 there was no 29 February.
Time any_time() {
  constexpr Time kBegin = sys_days(year{1895} / 1 / 1);
  return kBegin + Duration(*rc::gen::inRange(0, 12 * 31556952));
}

Calendar calendar_of(const Seasons& seasons) {
  const auto date = [](int day) {
    const year_month_day in_leap_year(sys_days(year{2000} / 1 / 1) + days(day));
    return in_leap_year.month() / in_leap_year.day();
  };
  std::vector<Season> open;
  for (const auto& [first, last] : seasons) {
    open.push_back({date(first), date(last)});
  }
  return Calendar(open);
}

bool is_in_season(const Seasons& seasons, Time time) {
  const year_month_day date(floor<days>(time));
  const int day = static_cast<int>(
      (sys_days(year{2000} / date.month() / date.day()) - sys_days(year{2000} / 1 / 1)).count());
  return std::ranges::any_of(seasons, [day](const auto& season) {
    const auto& [first, last] = season;
    return first <= last ? first <= day && day <= last : first <= day || day <= last;
  });
}

Time next_midnight(Time time) {
  return floor<days>(time) + days(1);
}

RC_GTEST_PROP(CalendarProperties, changes_next_on_the_first_day_that_differs, ()) {
  const Seasons seasons = *any_seasons();
  const Time from = any_time();
  const bool is_open = is_in_season(seasons, from);
  const Time end = from + std::chrono::years(9);
  Time change = next_midnight(from);
  while (change < end && is_in_season(seasons, change) == is_open) {
    change = next_midnight(change);
  }
  const Calendar calendar = calendar_of(seasons);
  RC_ASSERT(calendar.is_open(from) == is_open);
  RC_ASSERT(calendar.next_change(from) == (change < end ? change : kNever));
}

// `work` may be none, and may end with a season.
RC_GTEST_PROP(CalendarProperties, is_open_for_as_long_as_its_days_are, ()) {
  const Seasons seasons = *any_seasons();
  const Time from = any_time();
  const Time to = from + Duration(*rc::gen::inRange(0, 3 * 31556952));
  Duration open{};
  Time last_open = from;
  for (Time time = from; time < to;) {
    const Time next = std::min(next_midnight(time), to);
    if (is_in_season(seasons, time)) {
      open += next - time;
      last_open = next;
    }
    time = next;
  }
  const Calendar calendar = calendar_of(seasons);
  RC_ASSERT(calendar.open_between(from, to) == open);
  RC_ASSERT(calendar.advance(from, open) == last_open);
}

} // namespace
} // namespace lantian
