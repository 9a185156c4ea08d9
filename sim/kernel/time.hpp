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

//! Seconds [s] as a whole duration, rounded half up; throws std::invalid_argument if they are
//! negative, not finite, or more than 9e15 (285 million years).
Duration whole_seconds(double seconds);

//! The time that is `duration` after `time`, and kNever if that is beyond every date.
Time saturating_add(Time time, Duration duration);

//! "2024-03-31 12:00:00", or "never".
std::string format_time(Time time);

} // namespace lantian
