#include "kernel/time.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace lantian {
namespace {

using namespace std::chrono_literals;

TEST(WholeSeconds, are_rounded_half_up) {
  EXPECT_EQ(whole_seconds(0.0), 0s);
  EXPECT_EQ(whole_seconds(0.49), 0s);
  EXPECT_EQ(whole_seconds(0.5), 1s);
  EXPECT_EQ(whole_seconds(2.5), 3s);
  EXPECT_EQ(whole_seconds(86399.6), 86400s);
}

TEST(WholeSeconds, refuse_what_is_negative_or_not_finite) {
  EXPECT_THROW(whole_seconds(-0.1), std::invalid_argument);
  EXPECT_THROW(whole_seconds(std::numeric_limits<double>::infinity()), std::invalid_argument);
  EXPECT_THROW(whole_seconds(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
  EXPECT_THROW(whole_seconds(1e16), std::invalid_argument);
}

TEST(SaturatingAdd, ends_at_never) {
  EXPECT_EQ(saturating_add(Time(5s), 7s), Time(12s));
  EXPECT_EQ(saturating_add(Time(-5s), 7s), Time(2s));
  EXPECT_EQ(saturating_add(Time(5s), Duration::max()), kNever);
  EXPECT_EQ(saturating_add(kNever, 1s), kNever);
}

TEST(FormatTime, writes_date_and_clock) {
  EXPECT_EQ(format_time(std::chrono::sys_days(std::chrono::year{2024} / 2 / 29) + 45296s),
            "2024-02-29 12:34:56");
  EXPECT_EQ(format_time(Time(-1s)), "1969-12-31 23:59:59");
  EXPECT_EQ(format_time(kNever), "never");
}

} // namespace
} // namespace lantian
