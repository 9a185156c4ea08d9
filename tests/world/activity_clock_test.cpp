#include "world/activity_clock.hpp"

#include "world/small_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lantian {
namespace {

using testing::AnyOf;

Profile monthly(double january, double february, double rest) {
  Profile profile;
  profile.months.assign(12, rest);
  profile.months[0] = january;
  profile.months[1] = february;
  return profile;
}

Profile heating() {
  using namespace std::chrono;
  Profile profile;
  profile.season = Calendar({{October / 15, April / 15}});
  return profile;
}

TEST(ActivityClock, counts_each_calendar_year_as_exactly_one) {
  Profile mixed = monthly(3, 2, 1);
  mixed.weekdays = {1, 1, 1, 1, 1, 0.5, 0};
  const Profile season = heating();
  for (const Profile* profile :
       {static_cast<const Profile*>(nullptr), &season, static_cast<const Profile*>(&mixed)}) {
    const ActivityClock clock(profile, {}, date(2023, 1, 1), date(2029, 1, 1));
    for (int year = 2023; year < 2029; ++year) { // 2024 and 2028 have a leap day
      EXPECT_NEAR(clock.elapsed(date(year, 1, 1), date(year + 1, 1, 1)), 1, 1e-13);
    }
  }
}

TEST(ActivityClock, spreads_a_flat_year_over_its_own_days) {
  const ActivityClock clock(nullptr, {}, date(2024, 1, 1), date(2026, 1, 1));
  EXPECT_DOUBLE_EQ(clock.elapsed(date(2024, 2, 1), date(2024, 3, 1)), 29.0 / 366);
  EXPECT_DOUBLE_EQ(clock.elapsed(date(2025, 2, 1), date(2025, 3, 1)), 28.0 / 365);
  // half a day on each side of new year
  EXPECT_DOUBLE_EQ(clock.elapsed(date(2025, 1, 1) - days(0.5), date(2025, 1, 1) + days(0.5)),
                   0.5 / 366 + 0.5 / 365);
}

TEST(ActivityClock, says_by_when_so_much_activity_has_passed) {
  // 2025 with January twice as busy: 396 day weights; 62 of them pass in January
  const Profile profile = monthly(2, 1, 1);
  const ActivityClock clock(&profile, {}, date(2025, 1, 1), date(2027, 1, 1));
  const auto late = [&](Time from, double amount, Time exact) { // rounding may add a second
    return (clock.advance(from, amount) - exact).count();
  };
  EXPECT_THAT(late(date(2025, 1, 1), 31.0 / 396, date(2025, 1, 16) + days(0.5)), AnyOf(0, 1));
  EXPECT_THAT(late(date(2025, 1, 1), 90.0 / 396, date(2025, 3, 1)), AnyOf(0, 1));
  EXPECT_THAT(late(date(2025, 6, 1), 1, date(2026, 6, 1)), AnyOf(0, 1));
  EXPECT_EQ(clock.advance(date(2025, 6, 1), 0), date(2025, 6, 1));
  EXPECT_EQ(clock.advance(date(2026, 6, 1), 1), kNever) << "that lies after the horizon";
}

TEST(ActivityClock, waits_through_the_closed_season) {
  // heating from 15 October to 15 April: what is one second's worth short of the season's end comes
  // then, and the next second's worth in autumn
  const Profile profile = heating();
  const ActivityClock clock(&profile, {}, date(2025, 1, 1), date(2026, 1, 1));
  const Time spring = date(2025, 4, 16);
  const double left = clock.elapsed(date(2025, 3, 1), spring);
  const double second = clock.elapsed(date(2025, 3, 1), date(2025, 3, 1) + Duration{1});
  EXPECT_LE(clock.advance(date(2025, 3, 1), left - second / 2), spring);
  EXPECT_EQ(clock.advance(date(2025, 3, 1), left + second / 2), date(2025, 10, 15) + Duration{1});
  EXPECT_EQ(clock.advance(date(2025, 7, 1), second / 2), date(2025, 10, 15) + Duration{1});
}

TEST(ActivityClock, weighs_months_by_their_days) {
  // 2025 with January twice as busy: 31 x 2 + 334 = 396 day weights
  const Profile profile = monthly(2, 1, 1);
  const ActivityClock clock(&profile, {}, date(2025, 1, 1), date(2026, 1, 1));
  EXPECT_NEAR(clock.elapsed(date(2025, 1, 1), date(2025, 2, 1)), 62.0 / 396, 1e-15);
  EXPECT_NEAR(clock.elapsed(date(2025, 1, 31), date(2025, 2, 2)), 3.0 / 396, 1e-15);
}

TEST(ActivityClock, rests_on_sundays) {
  // 2025 begins on a Wednesday and has 52 Sundays, so 313 working days; 5 January is a Sunday
  Profile profile;
  profile.weekdays = {1, 1, 1, 1, 1, 1, 0};
  const ActivityClock clock(&profile, {}, date(2025, 1, 1), date(2026, 1, 1));
  EXPECT_EQ(clock.elapsed(date(2025, 1, 5), date(2025, 1, 6)), 0);
  EXPECT_NEAR(clock.elapsed(date(2025, 1, 6), date(2025, 1, 7)), 1.0 / 313, 1e-16);
}

TEST(ActivityClock, heats_over_new_year_and_knows_leap_years) {
  // 2024: 1 January to 15 April 106 days, 15 October to 31 December 78; a day less in 2025
  const Profile profile = heating();
  const ActivityClock clock(&profile, {}, date(2024, 1, 1), date(2026, 1, 1));
  EXPECT_NEAR(clock.elapsed(date(2024, 1, 1), date(2024, 4, 16)), 106.0 / 184, 1e-15);
  EXPECT_NEAR(clock.elapsed(date(2025, 1, 1), date(2025, 4, 16)), 105.0 / 183, 1e-15);
  EXPECT_EQ(clock.elapsed(date(2025, 4, 16), date(2025, 10, 15)), 0);
}

TEST(ActivityClock, follows_a_trend_whose_last_factor_holds_on) {
  const std::vector<double> trend = {1, 1.5};
  const ActivityClock clock(nullptr, trend, date(2024, 1, 1), date(2027, 1, 1));
  EXPECT_NEAR(clock.elapsed(date(2024, 1, 1), date(2025, 1, 1)), 1, 1e-15);
  EXPECT_NEAR(clock.elapsed(date(2025, 1, 1), date(2026, 1, 1)), 1.5, 1e-15);
  EXPECT_NEAR(clock.elapsed(date(2026, 1, 1), date(2027, 1, 1)), 1.5, 1e-15);
}

TEST(ActivityClock, weighs_a_horizon_that_begins_within_a_year_as_part_of_that_year) {
  // 2 July is the 183rd day: 183 days of 365 remain
  const ActivityClock clock(nullptr, {}, date(2025, 7, 2), date(2026, 1, 1));
  EXPECT_DOUBLE_EQ(clock.elapsed(date(2025, 7, 2), date(2026, 1, 1)), 183.0 / 365);
}

TEST(TimeAxis, cuts_the_first_and_the_last_interval_at_the_horizon) {
  const TimeAxis axis(date(2025, 1, 20), date(2025, 3, 5), Interval::month);
  const std::vector<Time> bounds = {date(2025, 1, 20), date(2025, 2, 1), date(2025, 3, 1),
                                    date(2025, 3, 5)};
  EXPECT_EQ(axis.bounds(), bounds);
  EXPECT_EQ(axis.index(date(2025, 2, 1)), 1u);
  EXPECT_EQ(axis.index(date(2025, 2, 1) - Duration{1}), 0u);
}

} // namespace
} // namespace lantian
