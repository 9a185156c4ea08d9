#pragma once

// Dates as text, and which dates a scenario may have.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/calendar.hpp"
#include "kernel/time.hpp"

namespace lantian {

//! Dates from here …
inline constexpr Time kEarliestDate =
    std::chrono::sys_days(std::chrono::year(1600) / std::chrono::January / 1);
//! … to before here may stand in a scenario.
inline constexpr Time kLatestDate =
    std::chrono::sys_days(std::chrono::year(10000) / std::chrono::January / 1);

//! "2024-03-31"; with the time of day where that is not midnight.
std::string format_date(Time time);
//! "2024-03-31" as date; nothing when it is not one.
std::optional<Time> parse_date(std::string_view text);
//! "10-15".
std::optional<std::chrono::month_day> parse_month_day(std::string_view text);
//! "03-15 to 11-15", both days included.
std::optional<Season> parse_window(std::string_view text);

} // namespace lantian
