// An activity clock of any profile, against a sum over days.

#include "world/activity_clock.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <ostream>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lantian {
namespace {

namespace chrono = std::chrono;

constexpr Time kStart = chrono::sys_days{chrono::year{2023} / 5 / 17};
constexpr Time kEnd = chrono::sys_days{chrono::year{2026} / 9 / 2};

//! What a profile is made of: weights in tenths, months and weekdays each where they are not empty.
struct Weights {
  std::vector<double> months;
  std::vector<double> weekdays;
  bool is_seasonal = false;
  std::vector<double> trend;

  Profile profile() const {
    Profile profile;
    profile.months = months;
    profile.weekdays = weekdays;
    if (is_seasonal)
      profile.season = Calendar({{chrono::October / 15, chrono::April / 15}});
    profile.inside = 1;
    profile.outside = 0.2;
    return profile;
  }

  double of(chrono::sys_days day) const {
    const chrono::year_month_day date{day};
    const auto month = static_cast<unsigned>(date.month());
    const auto in_month = static_cast<unsigned>(date.day());
    const bool is_inside = month > 10 || month < 4 || (month == 10 && in_month >= 15) ||
                           (month == 4 && in_month <= 15);
    return (months.empty() ? 1 : months[month - 1]) *
           (weekdays.empty() ? 1 : weekdays[chrono::weekday{day}.iso_encoding() - 1]) *
           (is_seasonal && !is_inside ? 0.2 : 1);
  }
};

void showValue(const Weights& weights, std::ostream& out) { // NOLINT(readability-identifier-naming)
  out << "months ";
  rc::show(weights.months, out);
  out << ", weekdays ";
  rc::show(weights.weekdays, out);
  out << (weights.is_seasonal ? ", heating season, trend " : ", trend ");
  rc::show(weights.trend, out);
}

//! Not all of them are 0.
rc::Gen<std::vector<double>> any_weights(std::size_t count) {
  using namespace rc;
  const auto tenths = gen::map(gen::inRange(0, 30), [](int n) { return n / 10.0; });
  const auto positive = gen::map(gen::inRange(1, 30), [](int n) { return n / 10.0; });
  const auto all =
      gen::map(gen::pair(positive, gen::container<std::vector<double>>(count - 1, tenths)),
               [](const auto& parts) {
                 std::vector<double> weights = parts.second;
                 weights.push_back(parts.first);
                 return weights;
               });
  return gen::oneOf(gen::just(std::vector<double>()), all);
}

rc::Gen<Weights> any_profile() {
  using namespace rc;
  return gen::build<Weights>(
      gen::set(&Weights::months, any_weights(12)), gen::set(&Weights::weekdays, any_weights(7)),
      gen::set(&Weights::is_seasonal), gen::set(&Weights::trend, any_weights(3)));
}

//! A second of the horizon, or a midnight, at which weights change.
rc::Gen<Time> any_time(Time from) {
  const auto any = rc::gen::map(rc::gen::inRange<std::int64_t>(0, (kEnd - from).count() + 1),
                                [from](std::int64_t s) { return from + Duration(s); });
  return rc::gen::oneOf(any, rc::gen::map(any, [from](Time t) -> Time {
                          return std::max<Time>(from, chrono::floor<chrono::days>(t));
                        }));
}

//! More than rounding makes of a sum over 1,200 days that comes to 10 at most [calendar years].
constexpr double kRounding = 1e-12;

void log_times(Time from, Time to) {
  RC_LOG() << format_time(from) << " to " << format_time(to);
}

//! [nominal calendar years]
double counted_by_days(const Weights& weights, Time from, Time to) {
  double sum = 0;
  double of_year = 0;
  chrono::year counted{0};
  for (chrono::sys_days day = chrono::floor<chrono::days>(from); day < to; day += chrono::days(1)) {
    const chrono::year now = chrono::year_month_day{day}.year();
    if (now != counted) {
      of_year = 0;
      for (chrono::sys_days each = now / 1 / 1;
           each < chrono::sys_days((now + chrono::years(1)) / 1 / 1); each += chrono::days(1))
        of_year += weights.of(each);
      counted = now;
    }
    const auto place = static_cast<std::size_t>(int(now) - 2023);
    const double trend =
        weights.trend.empty() ? 1 : weights.trend[std::min(place, weights.trend.size() - 1)];
    const Duration part = std::min<Time>(day + chrono::days(1), to) - std::max<Time>(day, from);
    sum += trend * weights.of(day) / of_year * static_cast<double>(part.count()) / 86400;
  }
  return sum;
}

RC_GTEST_PROP(ActivityClockProperties, counts_what_the_weights_of_the_days_add_up_to, ()) {
  const Weights weights = *any_profile();
  const Time from = *any_time(kStart);
  const Time to = *any_time(from);
  log_times(from, to);
  const Profile profile = weights.profile();
  const ActivityClock clock(&profile, weights.trend, kStart, kEnd);
  const double expected = counted_by_days(weights, from, to);
  RC_ASSERT(std::abs(clock.elapsed(from, to) - expected) <= kRounding);
}

// The first second: a second before, it is not there yet. What is left over is rounding.
RC_GTEST_PROP(ActivityClockProperties, says_the_first_second_by_which_so_much_has_passed, ()) {
  const Weights weights = *any_profile();
  const Time from = *any_time(kStart);
  const double amount = *rc::gen::inRange(0, 3000) / 1000.0;
  const Profile profile = weights.profile();
  const ActivityClock clock(&profile, weights.trend, kStart, kEnd);
  const Time by = clock.advance(from, amount);
  log_times(from, by);
  if (by == kNever) {
    RC_ASSERT(clock.elapsed(from, kEnd) <= amount + kRounding);
  } else {
    RC_ASSERT(clock.elapsed(from, by) >= amount - kRounding);
    const double a_second_before = clock.elapsed(from, std::max(from, by - Duration(1)));
    RC_ASSERT(a_second_before <= amount + kRounding);
  }
}

} // namespace
} // namespace lantian
