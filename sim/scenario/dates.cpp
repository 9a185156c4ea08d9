#include "scenario/dates.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace lantian {

namespace chrono = std::chrono;

namespace {

//! The number that a text of digits only is; nothing when it is anything else.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) {
      return std::nullopt;
    }
    value = 10 * value + (c - '0');
  }
  return text.empty() ? std::nullopt : std::optional(value);
}

} // namespace

std::string format_date(Time time) {
  const auto day = chrono::floor<chrono::days>(time);
  const chrono::year_month_day date(day);
  const std::string text =
      fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (time == Time(day)) {
    return text;
  }
  const chrono::hh_mm_ss clock(time - day);
  return fmt::format("{}T{:02}:{:02}:{:02}", text, clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::optional<Time> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const auto year = digits(text.substr(0, 4));
  const auto day = parse_month_day(text.substr(5));
  if (!year || !day) {
    return std::nullopt;
  }
  const chrono::year_month_day date = chrono::year(*year) / *day;
  return date.ok() ? std::optional(Time(chrono::sys_days(date))) : std::nullopt;
}

std::optional<chrono::month_day> parse_month_day(std::string_view text) {
  if (text.size() != 5 || text[2] != '-') {
    return std::nullopt;
  }
  const auto month = digits(text.substr(0, 2));
  const auto day = digits(text.substr(3));
  if (!month || !day) {
    return std::nullopt;
  }
  const chrono::month_day date(chrono::month(static_cast<unsigned>(*month)),
                               chrono::day(static_cast<unsigned>(*day)));
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<Season> parse_window(std::string_view text) {
  constexpr std::string_view kTo = " to ";
  const std::size_t at = text.find(kTo);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const auto first = parse_month_day(text.substr(0, at));
  const auto last = parse_month_day(text.substr(at + kTo.size()));
  return first && last ? std::optional(Season{*first, *last}) : std::nullopt;
}

} // namespace lantian
