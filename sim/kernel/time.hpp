#pragma once
//! Time is a whole number of seconds in the proleptic Gregorian calendar, without time zones.
//! Durations are whole seconds too: a sampled real duration is rounded half up, once, where it is
//! sampled, so that sums of durations are exact and two ways to the same date meet.

#include <chrono>
#include <string>

namespace lantian {

using Time = std::chrono::sys_seconds;
using Duration = std::chrono::seconds;

//! Later than every event: waiting until then is waiting for ever.
inline constexpr Time kNever = Time::max();

[[noreturn]] void refuse_duration(double seconds);

//! Seconds [s] as a whole duration, rounded half up; throws std::invalid_argument if they are
//! negative, not finite, or more than 9e15 (285 million years).
inline Duration whole_seconds(double seconds) {
  constexpr double kLargest = 9e15; // beyond 2^53 a double no longer counts single seconds
  if (!(seconds >= 0.0 && seconds <= kLargest)) [[unlikely]] {
    refuse_duration(seconds);
  }
  return Duration(static_cast<Duration::rep>(seconds + 0.5)); // truncates, which is down here
}

//! The time that is `duration` after `time`, and kNever if that is beyond every date.
inline Time saturating_add(Time time, Duration duration) {
  Duration::rep sum = 0;
  const bool is_beyond =
      __builtin_add_overflow(time.time_since_epoch().count(), duration.count(), &sum);
  return is_beyond ? kNever : Time(Duration(sum));
}

//! "2024-03-31 12:00:00", or "never".
std::string format_time(Time time);

} // namespace lantian
