#include "measures/alert_episodes.hpp"

#include <algorithm>

namespace lantian {

Duration time_above(double aqi, double peak, Duration lasts, std::optional<double> floor) {
  if (peak < aqi)
    return Duration{0};
  if (!floor || aqi <= *floor)
    return lasts;
  return whole_seconds(static_cast<double>(lasts.count()) * (peak - aqi) / (peak - *floor));
}

namespace {

bool applies(const AlertResponse::Rule& rule, double peak, Duration lasts,
             std::optional<double> floor) {
  const auto holds = [&](double aqi, Duration lasting) {
    return peak >= aqi && time_above(aqi, peak, lasts, floor) >= lasting;
  };
  return holds(rule.above, rule.lasting) &&
         (!rule.and_above || holds(*rule.and_above, rule.and_lasting));
}

} // namespace

AlertLevel level_of(const AlertResponse& plan, double peak, Duration lasts, Time date) {
  Time revision = Time::min();
  for (const AlertResponse::Rule& rule : plan.rules) {
    if (rule.from <= date)
      revision = std::max(revision, rule.from);
  }
  AlertLevel level = AlertLevel::none;
  for (const AlertResponse::Rule& rule : plan.rules) {
    if (rule.from == revision && applies(rule, peak, lasts, plan.episodes.floor))
      level = std::max(level, rule.level);
  }
  return level;
}

namespace {

//! The profile's clock with a trend; nothing where there is none.
std::optional<ActivityClock> clock_with_trend(const Scenario& scenario,
                                              const AlertResponse::Episodes& plan) {
  if (plan.trend.empty())
    return std::nullopt;
  const Profile* profile = plan.profile == kNone ? nullptr : &scenario.profiles[plan.profile];
  return ActivityClock(profile, plan.trend, scenario.start, scenario.end);
}

} // namespace

Episodes::Episodes(const World& world, Index measure, const AlertResponse& plan)
    : world_(world), plan_(plan), own_clock_(clock_with_trend(world.scenario(), plan.episodes)),
      clock_(own_clock_ ? *own_clock_ : world.blueprint().profile_clock(plan.episodes.profile)),
      per_year_(world.draw().value(plan.episodes.per_year)),
      gaps_("measures." + world.scenario().measures[measure].id, "arrival"),
      peaks_("measures." + world.scenario().measures[measure].id, "peak"),
      lengths_("measures." + world.scenario().measures[measure].id, "lasts"),
      begin_(world.scenario().start) {}

std::optional<Episode> Episodes::next() {
  static const Number unit_exponential = Number::chance(Distribution::exponential(1), {});
  const Draw& draw = world_.draw();
  while (per_year_ > 0) {
    const std::uint32_t k = ordinal_++;
    begin_ = clock_.advance(begin_, draw.sample(unit_exponential, gaps_, k) / per_year_);
    if (begin_ == kNever)
      return std::nullopt;
    const Duration lasts = draw.duration(plan_.episodes.lasts, lengths_, k);
    const Time announced = std::max(begin_ - plan_.notice, world_.scenario().start);
    const double peak = draw.sample(plan_.episodes.peak, peaks_, k);
    const AlertLevel level = level_of(plan_, peak, lasts, announced);
    if (level != AlertLevel::none)
      return Episode{k, announced, begin_, saturating_add(begin_, lasts), level};
  }
  return std::nullopt;
}

} // namespace lantian
