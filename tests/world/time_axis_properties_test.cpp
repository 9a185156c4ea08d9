#include "world/time_axis.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lantian {
namespace {

namespace chrono = std::chrono;

//! Whether a second is the first of a day, month or year.
bool is_first(Time t, Interval interval) {
  const chrono::year_month_day date(chrono::floor<chrono::days>(t));
  const bool is_midnight = chrono::floor<chrono::days>(t) == t;
  const bool is_first_of_month = is_midnight && date.day() == chrono::day(1);
  return interval == Interval::day     ? is_midnight
         : interval == Interval::month ? is_first_of_month
                                       : is_first_of_month && date.month() == chrono::January;
}

//! Any second within so many days from a time on, or a midnight, where intervals end.
rc::Gen<Time> any_time(Time from, int within) {
  const auto any = rc::gen::map(rc::gen::inRange<std::int64_t>(0, within * 86400LL),
                                [from](std::int64_t s) { return from + Duration(s); });
  return rc::gen::oneOf(any, rc::gen::map(any, [](Time t) -> Time {
                          return chrono::floor<chrono::days>(t) + chrono::days(1);
                        }));
}

// From some day between 1895 and 2045 on for up to three years; asked for a second around them.
RC_GTEST_PROP(TimeAxisProperties, knows_of_any_second_which_calendar_interval_it_is_in, ()) {
  const Time start = *any_time(chrono::sys_days(chrono::year{1895} / 1 / 1), 150 * 365);
  const Time end = *any_time(start + Duration(1), 3 * 365);
  const Time asked = *any_time(start - chrono::days(3), 3 * 365);
  const auto interval = *rc::gen::element(Interval::day, Interval::month, Interval::year);
  RC_LOG() << format_time(start) << " to " << format_time(end) << ", at " << format_time(asked);

  std::size_t index = 0; // of those who walk from midnight to midnight
  std::size_t size = 1;
  for (Time t = chrono::floor<chrono::days>(start) + chrono::days(1); t < end;
       t += chrono::days(1)) {
    size += is_first(t, interval) ? 1 : 0;
    index += is_first(t, interval) && t <= asked ? 1 : 0;
  }

  const TimeAxis axis(start, end, interval);
  RC_ASSERT(axis.size() == size);
  RC_ASSERT(axis.index(asked) == index);
  RC_ASSERT(axis.begin(0) == start);
  RC_ASSERT(axis.end(size - 1) == end);
  for (std::size_t i = 1; i < size; ++i) {
    RC_ASSERT(is_first(axis.begin(i), interval));
    RC_ASSERT(axis.begin(i) == axis.end(i - 1));
  }
}

} // namespace
} // namespace lantian
