// Random occurrences: booked exactly, and the same in every scenario.

#include "world/small_world.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lantian {
namespace {

//! A field that emits 2 kg of PM for each kg burnt on it.
Inventory field() {
  Inventory town;
  town.source("field").makes(0).idle().raw("PM", 2);
  return town;
}

// ---- by hand

//! Looks at all occurrences from its first day on, and finds what has the ordinal within
//! `reaction`.
struct Finder final : Watch {
  Finder(std::uint32_t first, Duration reaction) : ordinal(first), reaction(reaction) {}
  bool prevents(const Occurrence& occurrence) const override {
    return occurrence.ordinal == prevented;
  }
  Time ends(const Occurrence& occurrence, Time from) const override {
    return occurrence.ordinal == ordinal ? from + reaction : kNever;
  }
  std::uint32_t ordinal;
  Duration reaction;
  std::uint32_t prevented = static_cast<std::uint32_t>(-1);
};

TEST(Arrivals, emit_by_the_factors_of_their_source_until_their_natural_end) {
  // each burns 1 kg, 2 kg of PM; those that last beyond the horizon leave the rest unburnt
  Inventory town = field();
  town.arrivals("fires", "field", 50, 0.5);
  Replay replay(town.scenario());
  const ArrivalsCount count = replay.arrivals();
  EXPECT_GT(count.number, 20);
  EXPECT_NEAR(count.open / 86400, 0.5 * static_cast<double>(count.number), 0.5);
  EXPECT_NEAR(replay.total("PM"), 2 * (count.open / 86400) / 0.5, 1e-9);
}

TEST(Arrivals, state_their_size_as_amount_or_as_flow) {
  // 1 kg over 12 h is 730.4850 kg in a mean year of 365.2425 d
  Inventory by_amount = field();
  by_amount.arrivals("fires", "field", 50, 0.5);
  Inventory by_flow = field();
  ArrivalsRow& row = by_flow.arrivals("fires", "field", 50, 0.5).row;
  row.amount.reset();
  row.flow = fixed(2 * 365.2425);
  Replay amount(by_amount.scenario());
  Replay flow(by_flow.scenario());
  EXPECT_NEAR(amount.total("PM"), flow.total("PM"), 1e-9);
}

TEST(Arrivals, pass_through_the_factors_of_their_source) {
  // from day 100 on the source is scaled down to a quarter
  Inventory town = field();
  town.arrivals("fires", "field", 400, 1);
  Replay whole(town.scenario());
  const double before = [&] {
    Inventory short_town = field();
    short_town.arrivals("fires", "field", 400, 1);
    short_town.horizon(day(0), day(100));
    return Replay(short_town.scenario()).total("PM");
  }();
  Replay scaled(town.scenario());
  scaled.at(day(100), [](World& world) {
    world.scale_source(0, world.new_influence(), Ramp::constant(0.25));
  });
  EXPECT_NEAR(scaled.total("PM"), before + (whole.total("PM") - before) / 4, 1e-9);
}

TEST(Arrivals, that_are_found_end_and_leave_the_others_as_they_were) {
  // the third burns for 1 of its 10 days, and so 0.1 kg
  Inventory town = field();
  town.arrivals("fires", "field", 20, 10);
  Replay alone(town.scenario());
  Replay watched(town.scenario());
  Finder finder(2, days(1));
  watched.at(day(0), [&](World& world) { world.arrivals(0).watch(finder); });
  EXPECT_NEAR(alone.total("PM") - watched.total("PM"), 2 * 0.9, 1e-9);
  EXPECT_EQ(watched.arrivals().found, 1);
  EXPECT_EQ(alone.arrivals().number, watched.arrivals().number);
}

TEST(Arrivals, that_are_prevented_are_counted_and_never_open) {
  Inventory town = field();
  town.arrivals("fires", "field", 20, 10);
  Replay alone(town.scenario());
  Replay watched(town.scenario());
  Finder finder(999, days(1));
  finder.prevented = 2;
  watched.at(day(0), [&](World& world) { world.arrivals(0).watch(finder); });
  EXPECT_EQ(watched.arrivals().prevented, 1);
  EXPECT_EQ(watched.arrivals().number, alone.arrivals().number - 1);
  EXPECT_NEAR(alone.total("PM") - watched.total("PM"), 2, 1e-9);
}

TEST(Arrivals, that_are_open_when_a_watch_begins_are_found_from_then_on) {
  // the first one is open, as all last 1,000 days; it ends on day 201, or already on day 200.5 when
  // two watch
  Inventory town = field();
  town.arrivals("fires", "field", 100, 1000);
  for (const bool is_watched_twice : {false, true}) {
    Replay alone(town.scenario());
    Replay watched(town.scenario());
    Finder slow(0, days(1));
    Finder fast(0, days(0.5));
    watched.at(day(200), [&](World& world) { world.arrivals(0).watch(slow); });
    if (is_watched_twice)
      watched.at(day(200), [&](World& world) { world.arrivals(0).watch(fast); });
    const double saved_days = is_watched_twice ? 164.5 : 164;
    EXPECT_NEAR(alone.total("PM") - watched.total("PM"), 2 * saved_days / 1000, 1e-9);
    EXPECT_EQ(watched.arrivals().found, 1);
    EXPECT_NEAR((alone.arrivals().open - watched.arrivals().open) / 86400, saved_days, 1e-9);
  }
}

TEST(Arrivals, of_two_rows_share_a_source_and_are_told_apart) {
  Inventory town = field();
  town.arrivals("straw", "field", 30, 1000);
  town.arrivals("waste", "field", 30, 1000);
  Replay alone(town.scenario());
  Replay watched(town.scenario());
  Finder finder(0, days(0));
  watched.at(day(200), [&](World& world) { world.arrivals(1).watch(finder); });
  EXPECT_NEAR(alone.total("PM") - watched.total("PM"), 2 * 165.0 / 1000, 1e-9);
}

TEST(Arrivals, that_run_in_are_open_at_the_start_and_not_counted_as_new) {
  // 1,000 years' life: all of the 5 years before are there, about 500
  Inventory town = field();
  town.arrivals("leaks", "field", 100, 365242.5).row.run_in = days(5 * 365.2425);
  Replay replay(town.scenario());
  std::size_t open = 0;
  replay.at(day(0) + Duration{1}, [&](World& world) { open = world.arrivals(0).open(); });
  EXPECT_LT(replay.arrivals().number, 150);
  EXPECT_GT(open, 400U);
  EXPECT_LT(open, 600U);
}

TEST(Arrivals, never_come_at_a_rate_of_zero_or_out_of_season) {
  Inventory town = field();
  town.arrivals("never", "field", 0, 1);
  town.profile("may").months = {0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
  auto& draft = town.arrivals("spring", "field", 100, 0.001);
  draft.links.push_back(
      [](ArrivalsRow& row, const Scenario& all) { row.profile = *all.profiles.find("may"); });
  Replay replay(town.scenario());
  EXPECT_EQ(replay.arrivals().number, 0);
  EXPECT_NEAR(replay.total("PM"), replay.in(4, "PM"), 1e-9);
  EXPECT_GT(replay.total("PM"), 100);
}

} // namespace
} // namespace lantian
