#include "kernel/time.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace lantian {

void refuse_duration(double seconds) {
  throw std::invalid_argument(
      fmt::format("a duration of {} s: must be finite, not negative and at most 9e15 s", seconds));
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
