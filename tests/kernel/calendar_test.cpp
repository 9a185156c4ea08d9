#include "kernel/calendar.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

Time day(int year, unsigned month, unsigned day_of_month) {
  return std::chrono::sys_days(std::chrono::year{year} / std::chrono::month{month} /
                               std::chrono::day{day_of_month});
}

std::chrono::month_day md(unsigned month, unsigned day_of_month) {
  return std::chrono::month{month} / std::chrono::day{day_of_month};
}

const Calendar kOutdoor({{md(3, 15), md(11, 15)}});
const Calendar kHeating({{md(10, 15), md(4, 15)}});

TEST(Calendar, without_seasons_is_always_open) {
  const Calendar always;
  EXPECT_TRUE(always.is_open(day(2024, 1, 1)));
  EXPECT_EQ(always.next_change(day(2024, 1, 1)), kNever);
  EXPECT_EQ(always.open_between(day(2024, 1, 1), day(2025, 1, 1)), days(366));
  EXPECT_EQ(always.advance(day(2024, 1, 1), 90s), day(2024, 1, 1) + 90s);
  const Calendar of_no_season(std::vector<Season>{});
  EXPECT_TRUE(of_no_season.is_open(day(2024, 1, 1)));
  EXPECT_EQ(of_no_season.next_change(day(2024, 1, 1)), kNever);
}

TEST(Calendar, is_open_from_its_first_day_to_the_end_of_its_last) {
  EXPECT_FALSE(kOutdoor.is_open(day(2024, 3, 15) - 1s));
  EXPECT_TRUE(kOutdoor.is_open(day(2024, 3, 15)));
  EXPECT_TRUE(kOutdoor.is_open(day(2024, 11, 16) - 1s));
  EXPECT_FALSE(kOutdoor.is_open(day(2024, 11, 16)));
}

TEST(Calendar, changes_at_the_edges_of_its_season) {
  EXPECT_EQ(kOutdoor.next_change(day(2024, 1, 1)), day(2024, 3, 15));
  EXPECT_EQ(kOutdoor.next_change(day(2024, 3, 15)), day(2024, 11, 16));
  EXPECT_EQ(kOutdoor.next_change(day(2024, 11, 16)), day(2025, 3, 15));
}

TEST(Calendar, may_run_over_new_year) {
  EXPECT_TRUE(kHeating.is_open(day(2024, 12, 31)));
  EXPECT_TRUE(kHeating.is_open(day(2025, 1, 1)));
  EXPECT_EQ(kHeating.next_change(day(2024, 12, 1)), day(2025, 4, 16));
  EXPECT_EQ(kHeating.next_change(day(2024, 5, 1)), day(2024, 10, 15));
  // 15 October to 15 April: 17 + 30 + 31 days, then 31 + 28 + 31 + 15, one more in a leap year.
  EXPECT_EQ(kHeating.open_between(day(2024, 6, 1), day(2025, 6, 1)), days(183));
  EXPECT_EQ(kHeating.open_between(day(2023, 6, 1), day(2024, 6, 1)), days(184));
}

TEST(Calendar, of_several_seasons_is_open_in_each_and_joins_those_that_meet) {
  const Calendar both({{md(5, 1), md(5, 10)}, {md(5, 11), md(5, 20)}, {md(7, 1), md(7, 1)}});
  EXPECT_EQ(both.next_change(day(2024, 5, 3)), day(2024, 5, 21));
  EXPECT_EQ(both.next_change(day(2024, 6, 1)), day(2024, 7, 1));
  EXPECT_EQ(both.next_change(day(2024, 7, 1)), day(2024, 7, 2));
}

TEST(Calendar, of_the_whole_year_never_changes) {
  const Calendar whole({{md(3, 1), md(2, 29)}});
  EXPECT_EQ(whole.next_change(day(2023, 1, 1)), kNever);
}

TEST(Calendar, that_begins_on_a_leap_day_begins_on_1_march_of_a_common_year) {
  const Calendar spring({{md(2, 29), md(3, 31)}});
  EXPECT_EQ(spring.next_change(day(2024, 1, 1)), day(2024, 2, 29));
  EXPECT_EQ(spring.next_change(day(2025, 1, 1)), day(2025, 3, 1));
}

TEST(Calendar, that_ends_on_a_leap_day_ends_with_february) {
  const Calendar winter({{md(2, 1), md(2, 29)}});
  EXPECT_EQ(winter.next_change(day(2024, 2, 1)), day(2024, 3, 1));
  EXPECT_EQ(winter.next_change(day(2025, 2, 1)), day(2025, 3, 1));
}

TEST(Calendar, of_the_leap_day_alone_waits_for_years) {
  const Calendar leap({{md(2, 29), md(2, 29)}});
  EXPECT_EQ(leap.next_change(day(2025, 1, 1)), day(2028, 2, 29));
  EXPECT_EQ(leap.next_change(day(2096, 3, 1)), day(2104, 2, 29)); // 2100 is a common year
  EXPECT_EQ(leap.advance(day(2025, 1, 1), days(1)), day(2028, 3, 1));
}

// From 10 November 2024, 6 days are left of the season (10 to 15); 4 more from 15 March.
TEST(Advancing, waits_while_the_calendar_is_closed) {
  EXPECT_EQ(kOutdoor.advance(day(2024, 11, 10), days(10)), day(2025, 3, 19));
  EXPECT_EQ(kOutdoor.advance(day(2024, 1, 1), 1s), day(2024, 3, 15) + 1s);
  EXPECT_EQ(kOutdoor.advance(day(2024, 1, 1), 0s), day(2024, 1, 1));
}

TEST(Advancing, by_just_what_is_left_ends_with_the_season) {
  EXPECT_EQ(kOutdoor.advance(day(2024, 11, 10), days(6)), day(2024, 11, 16));
}

TEST(Advancing, is_the_inverse_of_the_open_time) {
  const Time from = day(2024, 2, 3) + 12345s;
  for (int n = 1; n < 40; ++n) {
    const Duration work = days(37 * n) + 77s * n;
    EXPECT_EQ(kHeating.open_between(from, kHeating.advance(from, work)), work);
  }
}

TEST(Advancing, ends_at_never_beyond_the_year_9999) {
  EXPECT_EQ(kOutdoor.advance(day(9999, 12, 1), days(1)), kNever);
  EXPECT_EQ(kOutdoor.advance(day(2024, 1, 1), std::chrono::years(100000)), kNever);
}

TEST(Calendar, refuses_a_day_of_no_year) {
  EXPECT_THROW(Calendar({{md(2, 30), md(3, 1)}}), std::invalid_argument);
}

} // namespace
} // namespace lantian
