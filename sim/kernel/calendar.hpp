#pragma once
//! A working calendar: the days of the year on which work goes on, as seasons from one day to
//! another, both included, which may run over new year. Work of a given length advances only while
//! the calendar is open. 29 February belongs to a season as in a leap year; in a common year it is
//! not there. Immutable; a question costs a few date conversions for each season it passes.

#include <array>
#include <bitset>
#include <chrono>
#include <cstdint>
#include <vector>

#include "kernel/time.hpp"

namespace lantian {

//! From the start of the first day to the end of the last.
struct Season {
  std::chrono::month_day first;
  std::chrono::month_day last;
};

class Calendar {
public:
  //! Always open.
  Calendar() = default;
  //! Open in any of the seasons; always if there are none. Throws std::invalid_argument for a day
  //! that is in no year.
  explicit Calendar(const std::vector<Season>& open);

  bool is_open(Time time) const;
  //! When it next opens or closes, after `time`; kNever if it is always open.
  Time next_change(Time time) const;
  //! Open time between two times, the first not after the second.
  Duration open_between(Time from, Time to) const;
  //! When as much open time as `work` has passed since `from`; with no work, `from` itself. Work
  //! that ends when the season does ends with it, not at the next opening. kNever beyond year 9999.
  Time advance(Time from, Duration work) const;

private:
  static constexpr std::size_t kDays = 366; // of a leap year

  Time end_of_run(std::chrono::year_month_day date) const;

  std::bitset<kDays> open_ = std::bitset<kDays>().set();
  std::array<std::uint16_t, kDays> run_{}; //!< Days from each to the first that differs.
};

} // namespace lantian
