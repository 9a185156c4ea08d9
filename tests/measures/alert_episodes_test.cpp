// Spells of heavy pollution and the rules that give them a level.

#include "measures/alert_episodes.hpp"

#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using Plan = AlertResponse;

TEST(AlertRules, ask_how_long_a_spell_stays_above) {
  using std::chrono::hours;
  const auto above = [](double aqi, std::optional<double> floor) {
    return time_above(aqi, 300, hours(100), floor);
  };
  EXPECT_EQ(above(301, std::nullopt), hours(0));
  EXPECT_EQ(above(300, std::nullopt), hours(100));
  EXPECT_EQ(above(200, 100), hours(50)); // from 100 up to 300 and back: half of the time above 200
  EXPECT_EQ(above(100, 100), hours(100));
  EXPECT_EQ(above(50, 100), hours(100));
}

//! The rules of 2019 to 2023 and, from mid-2025 in this test, those of 2024 (F232, F233).
Plan baotou_rules() {
  using std::chrono::hours;
  using Level = AlertLevel;
  const auto rule = [](Time from, Level level, double above, int lasting) {
    return AlertResponse::Rule{from, level, above, hours(lasting), std::nullopt, {}};
  };
  Plan plan;
  plan.rules = {
      rule(Time::min(), Level::yellow, 200, 48), rule(Time::min(), Level::orange, 200, 72),
      rule(Time::min(), Level::red, 200, 96),    rule(Time::min(), Level::red, 500, 0),
      rule(day(180), Level::yellow, 200, 0),     rule(day(180), Level::yellow, 150, 48),
      rule(day(180), Level::orange, 200, 48),    rule(day(180), Level::orange, 150, 72),
      rule(day(180), Level::red, 200, 72)};
  for (AlertResponse::Rule& red : plan.rules) {
    if (red.level != Level::red || red.above == 500)
      continue;
    red.and_above = 300;
    red.and_lasting = red.from == Time::min() ? hours(48) : hours(24);
  }
  return plan;
}

TEST(AlertRules, give_a_level_and_change_with_a_revision_of_the_plan) {
  using std::chrono::hours;
  const Plan plan = baotou_rules();
  const auto before = [&](double peak, int length) {
    return level_of(plan, peak, hours(length), day(10));
  };
  const auto after = [&](double peak, int length) {
    return level_of(plan, peak, hours(length), day(180));
  };
  EXPECT_EQ(before(180, 100), AlertLevel::none); // too mild
  EXPECT_EQ(before(220, 47), AlertLevel::none);
  EXPECT_EQ(before(220, 48), AlertLevel::yellow);
  EXPECT_EQ(before(220, 72), AlertLevel::orange);
  EXPECT_EQ(before(220, 200), AlertLevel::orange); // never above 300
  EXPECT_EQ(before(320, 96), AlertLevel::red);
  EXPECT_EQ(before(500, 5), AlertLevel::red);
  EXPECT_EQ(after(160, 47), AlertLevel::none);
  EXPECT_EQ(after(160, 48), AlertLevel::yellow);
  EXPECT_EQ(after(220, 5), AlertLevel::yellow);
  EXPECT_EQ(after(220, 48), AlertLevel::orange);
  EXPECT_EQ(after(320, 72), AlertLevel::red);
  EXPECT_EQ(after(500, 5), AlertLevel::yellow); // the revision says nothing of 500
}

//! The spells of one replication with a season from 1 to 10 April, each of one day, told a week
//! before.
std::vector<Episode> april_spells(Time start) {
  using namespace std::chrono;
  Inventory town;
  town.horizon(start, date(2027, 1, 1));
  Profile& april = town.profile("april");
  april.season = Calendar({{April / 1, April / 10}});
  town.source("kiln").raw("PM", 1);
  town.measure<Plan>("alerts", [](Plan& plan, const Scenario&) {
    plan.episodes.per_year = fixed(20);
    plan.episodes.profile = 0;
    plan.episodes.peak = fixed(300);
    plan.episodes.lasts = fixed_days(1);
    plan.rules = {{Time::min(), AlertLevel::red, 300, {}, std::nullopt, {}}};
    plan.notice = days(7);
  });
  Replay replay(town.scenario());
  Episodes episodes(replay.world(), 0,
                    static_cast<const Plan&>(*replay.scenario().measures[0].plan));
  std::vector<Episode> all;
  for (auto episode = episodes.next(); episode; episode = episodes.next())
    all.push_back(*episode);
  return all;
}

TEST(Episodes, begin_in_their_season_and_are_announced_before) {
  const std::vector<Episode> spells = april_spells(day(0));
  ASSERT_GT(spells.size(), 20U); // 40 in two years, deviation 6
  ASSERT_LT(spells.size(), 60U);
  Time last = day(0);
  for (const Episode& spell : spells) {
    const std::chrono::year_month_day begins{std::chrono::floor<std::chrono::days>(spell.begin)};
    EXPECT_EQ(static_cast<unsigned>(begins.month()), 4U);
    EXPECT_LE(static_cast<unsigned>(begins.day()), 10U);
    EXPECT_EQ(spell.end - spell.begin, days(1));
    EXPECT_EQ(spell.begin - spell.announced, days(7));
    EXPECT_GE(spell.begin, last);
    last = spell.begin;
  }
}

TEST(Episodes, are_not_announced_before_the_horizon) {
  for (const Episode& spell : april_spells(date(2025, 4, 1)))
    EXPECT_EQ(spell.announced, std::max(spell.begin - days(7), date(2025, 4, 1)));
}

} // namespace
} // namespace lantian
