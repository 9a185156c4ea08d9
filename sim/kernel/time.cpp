#include "kernel/time.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace lantian {

Duration whole_seconds(double seconds) {
  constexpr double kLargest = 9e15; // beyond 2^53 a double no longer counts single seconds
  if (!(seconds >= 0.0 && seconds <= kLargest)) {
    throw std::invalid_argument(fmt::format(
        "a duration of {} s: must be finite, not negative and at most 9e15 s", seconds));
  }
  return Duration(static_cast<Duration::rep>(seconds + 0.5)); // truncates, which is down here
}

Time saturating_add(Time time, Duration duration) {
  Duration::rep sum = 0;
  if (__builtin_add_overflow(time.time_since_epoch().count(), duration.count(), &sum)) {
    return kNever;
  }
  return Time(Duration(sum));
}

std::string format_time(Time time) {
  if (time == kNever) {
    return "never";
  }
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

} // namespace lantian
