// Programmes by hand. A house burns 1 kg a day before its work, half after it; 2025 is a common
// year that begins in winter.

#include "measures/programme.hpp"
#include "measures/stories.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

using FillProgramme = std::function<void(Programme&, const Scenario&)>;

Programme::Item item(std::string id, double size, double length) {
  Programme::Item item;
  item.id = std::move(id);
  item.size = fixed(size);
  item.duration = fixed_days(length);
  return item;
}

//! Stoves that become boilers with half the emission, by one crew; "frost-free" is from day 90
//! (1 April) to day 304 (31 October).
Inventory village(std::vector<Programme::Item> items, FillProgramme more = nullptr) {
  using namespace std::chrono;
  Inventory town;
  town.crews("fitters", 1).calendar("frost-free", {{April / 1, October / 31}});
  town.source("stoves").raw("PM", 1);
  town.source("boilers").idle().raw("PM", 0.5);
  town.measure<Programme>("new", [=](Programme& plan, const Scenario& all) {
    plan.from = source_of(all, "stoves");
    plan.to = source_of(all, "boilers");
    plan.items = items;
    plan.piece.crews = {{0, fixed(1)}};
    if (more)
      more(plan, all);
  });
  return town;
}

TEST(Programme, works_off_its_items_in_turn_and_moves_the_share_of_each) {
  // a (1/4) is done on day 10, b (3/4) on day 40
  Replay replay(village({item("a", 1, 10), item("b", 3, 30)}).scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("new"), 40);
  EXPECT_NEAR(replay.of("stoves", "PM"), 10 + 30 * 0.75, 1e-10);
  EXPECT_NEAR(replay.of("boilers", "PM"), 0.5 * (30 * 0.25 + 325), 1e-10);
  EXPECT_EQ(replay.days_of("new", Cause::work), 40);
}

TEST(Programme, reaches_all_exactly_whatever_the_sums_round_to) {
  // sizes of which tenths add up to 0.9999999999999999: nothing may remain of the old source
  std::vector<Programme::Item> items;
  for (int k = 0; k < 10; ++k)
    items.push_back(item("i" + std::to_string(k), 0.1, 1));
  Inventory town = village(items);
  town.interval(Interval::day);
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.in(20, "PM"), 0.5, 1e-12);
  EXPECT_EQ(replay.world().share_now(replay.source("stoves")), 0);
}

TEST(Programme, may_begin_with_the_largest_or_with_the_turn_that_is_given) {
  const std::vector<Programme::Item> items = {item("a", 1, 10), item("b", 3, 30)};
  Inventory largest = village(items, [](Programme& plan, const Scenario&) {
    plan.order = Programme::Order::largest_first;
  });
  Inventory turn = village(items, [](Programme& plan, const Scenario&) {
    plan.items[0].turn = 2;
    plan.items[1].turn = 1;
  });
  for (Inventory* town : {&largest, &turn}) {
    Replay replay(town->scenario(), {}, spawn_measures);
    EXPECT_NEAR(replay.of("stoves", "PM"), 30 + 10 * 0.25, 1e-10);
  }
}

TEST(Programme, lets_items_stand_still_during_their_work) {
  // a quarter stands still for 10 days, then three quarters for 30
  Inventory town =
      village({item("a", 1, 10), item("b", 3, 30)}, [](Programme& plan, const Scenario&) {
        plan.stops = true;
        plan.lost_output = output_is(LostOutput::Fate::lost);
      });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("stoves", "PM"), 10 * 0.75, 1e-10);
  EXPECT_NEAR(replay.of("boilers", "PM"), 0.5 * (30 * 0.25 + 325), 1e-10);
}

TEST(Programme, ends_what_it_does_not_move_to_another_source) {
  Inventory town = village({item("a", 1, 10), item("b", 3, 30)},
                           [](Programme& plan, const Scenario&) { plan.to = kNone; });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.total("PM"), 10 + 30 * 0.75, 1e-10);
}

TEST(Programme, rests_out_of_season_and_goes_on_with_the_item_in_hand) {
  // b is begun on day 300 with 30 days of work: 4 before the season closes on day 304, and the rest
  // from 1 April 2026 on (day 455): done on day 481
  Inventory town = village({item("b", 1, 30)}, [](Programme& plan, const Scenario& all) {
    plan.start = day(300);
    plan.piece.calendar = *all.calendars.find("frost-free");
  });
  town.horizon(day(0), day(730));
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("new"), 481);
  EXPECT_EQ(replay.days_of("new", Cause::season), 151);
}

TEST(Programme, relapses_out_of_season) {
  // done on day 10; until day 90 and from day 304 on a fifth is back at the stoves
  Inventory town = village({item("a", 1, 10)}, [](Programme& plan, const Scenario& all) {
    plan.relapse = Programme::Relapse{*all.calendars.find("frost-free"), fixed(0.2)};
  });
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_NEAR(replay.of("stoves", "PM"), 10 + 0.2 * (80 + 61), 1e-10);
}

TEST(Programme, pays_by_size_from_a_fund_and_waits_for_it) {
  // a costs 40 and b 120; the fund holds 100, and 60 more on day 50: b works from day 50 to 80
  Inventory town =
      village({item("a", 1, 10), item("b", 3, 30)}, [](Programme& plan, const Scenario& all) {
        plan.cost_per_size = fixed(40);
        plan.piece.fund = *all.resources.find("subsidy");
      });
  town.budget("subsidy", {{day(0), 100}, {day(50), 60}});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.reached("new"), 80);
  EXPECT_NEAR(replay.capital("new", 0), 40, 1e-9);
  EXPECT_EQ(replay.days_of("new", Cause::money), 40);
}

TEST(Programme, uses_crews_that_come_later) {
  // a and b by one crew until day 20, then c and d by two
  Inventory town =
      village({item("a", 1, 10), item("b", 1, 10), item("c", 1, 10), item("d", 1, 10)});
  Scenario scenario = town.scenario();
  scenario.resources[0].additions = {{day(20), 1}};
  Replay replay(std::move(scenario), {}, spawn_measures);
  EXPECT_EQ(replay.reached("new"), 30);
}

TEST(Programme, rests_in_alerts_that_stop_its_calendar) {
  // ten days of work from 1 April (day 90), three of them under a red alert
  Inventory town = village({item("a", 1, 10)}, [](Programme& plan, const Scenario& all) {
    plan.piece.calendar = *all.calendars.find("frost-free");
  });
  Scenario scenario = town.scenario();
  scenario.calendars[0].stopped_by_alerts = {AlertLevel::red};
  Replay replay(std::move(scenario), {}, spawn_measures);
  replay.at(day(95), [](World& world) { world.set_alert(AlertLevel::red); });
  replay.at(day(98), [](World& world) { world.set_alert(AlertLevel::none); });
  EXPECT_EQ(replay.reached("new"), 103);
  EXPECT_EQ(replay.days_of("new", Cause::alerts), 3);
}

TEST(Programme, records_its_progress_by_size) {
  Inventory town = village({item("a", 1, 10), item("b", 3, 30)});
  Replay replay(town.scenario(), {}, spawn_measures);
  EXPECT_EQ(replay.books().progress[0], 0.25); // at the end of January
  EXPECT_EQ(replay.books().progress[1], 1);
}

// ---- what cannot be meant

std::string mistakes_of_programme(FillProgramme more) {
  return mistakes_of(village({item("a", 1, 10)}, more).scenario(), "programme", "new");
}

TEST(ProgrammeChecks, let_a_sound_one_pass) {
  EXPECT_EQ(mistakes_of_programme(nullptr), "");
}

TEST(ProgrammeChecks, ask_how_many_items_go_on_at_once) {
  EXPECT_EQ(
      mistakes_of_programme([](Programme& plan, const Scenario&) { plan.piece.crews.clear(); }),
      "measures.new: nothing says how many items go on at the same time: give crews or "
      "at_once\n");
}

TEST(ProgrammeChecks, ask_how_long_an_item_takes) {
  EXPECT_EQ(mistakes_of_programme(
                [](Programme& plan, const Scenario&) { plan.items[0].duration.reset(); }),
            "measures.new.items.a: nothing says how long its work takes: give its duration, or the "
            "programme's work or work_per_size\n");
}

TEST(ProgrammeChecks, refuse_a_stop_that_does_not_say_what_becomes_of_the_output) {
  EXPECT_EQ(mistakes_of_programme([](Programme& plan, const Scenario&) { plan.stops = true; }),
            "measures.new.stops: what an item does not do during its work is lost; say so with "
            "lost_output.fate = \"lost\"\n");
}

TEST(ProgrammeChecks, refuse_to_move_what_comes_at_random) {
  Inventory town = village({item("a", 1, 10)});
  Scenario scenario = town.scenario();
  ArrivalsRow fires;
  fires.id = "fires";
  fires.source = source_of(scenario, "stoves");
  scenario.arrivals = {fires};
  EXPECT_EQ(
      mistakes_of(scenario, "programme", "new"),
      "measures.new.to: what comes at random to sources.stoves (arrivals.fires) would vanish, "
      "not move there\n");
}

TEST(ProgrammeChecks, refuse_a_relapse_that_would_see_alerts) {
  Inventory town = village({item("a", 1, 10)}, [](Programme& plan, const Scenario&) {
    plan.relapse = Programme::Relapse{0, fixed(0.2)};
  });
  Scenario scenario = town.scenario();
  scenario.calendars[0].stopped_by_alerts = {AlertLevel::red};
  EXPECT_EQ(mistakes_of(scenario, "programme", "new"),
            "measures.new.relapse.calendar: frost-free rests in alerts, of which nothing is seen "
            "here: name a calendar without stopped_by_alerts\n");
}

TEST(ProgrammeChecks, refuse_a_price_per_another_size) {
  EXPECT_EQ(mistakes_of_programme([](Programme& plan, const Scenario&) {
              plan.cost_per_size = Number::constant(1, kMoney / kCount);
            }),
            "measures.new.cost_per_size: is money per item; times the size of an item, which is a "
            "plain number or ratio, it must be an amount of money\n");
}

// ---- interaction 5: gas boilers cannot be worked on in the heating season

//! Day on which four boilers of 60 working days are done, begun on a day, with so many crews.
double boilers_done(double start, std::int64_t crews, bool only_off_season) {
  using namespace std::chrono;
  Inventory town;
  town.crews("burner crews", crews).calendar("off-season", {{April / 15, October / 14}});
  town.source("boilers").raw("NOx", 1);
  town.source("low-nox").idle().raw("NOx", 0.4);
  town.measure<Programme>("retrofit", [=](Programme& plan, const Scenario& all) {
    plan.start = day(start);
    plan.from = source_of(all, "boilers");
    plan.to = source_of(all, "low-nox");
    plan.count = 4;
    plan.size = fixed(1);
    plan.work = fixed_days(60);
    plan.piece.crews = {{0, fixed(1)}};
    if (only_off_season)
      plan.piece.calendar = 0;
  });
  town.horizon(day(0), day(1460));
  Replay replay(town.scenario(), {}, spawn_measures);
  return replay.reached("retrofit");
}

TEST(Programme, gains_nothing_from_a_start_in_the_heating_season) {
  // begun on 15 November (day 318) or on 15 April (day 469): the first two on day 529, the others
  // on day 589 all the same; without the season the early start gains all of its 151 days
  EXPECT_EQ(boilers_done(318, 2, true), 469 + 120);
  EXPECT_EQ(boilers_done(469, 2, true), 469 + 120);
  EXPECT_EQ(boilers_done(318, 2, false), 318 + 120);
}

TEST(Programme, gains_more_from_crews_and_an_early_start_together_than_from_each_alone) {
  // off-season from 15 April (day 104) to 14 October (day 287): 183 days, of which one crew needs
  // 240 for four boilers. Late in the season (day 227) one crew gets one boiler done and, next year
  // (from day 469), three more by day 649: 60 + 180 days. An early start alone: three in the first
  // season, 3 days of the fourth, then 57 days: day 526. Twice the crews alone: two by day 287, two
  // more by day 529. Both: day 104 + 120. What they gain together is more than the sum.
  const double neither = boilers_done(227, 1, true);
  const double early = neither - boilers_done(0, 1, true);
  const double crews = neither - boilers_done(227, 2, true);
  const double both = neither - boilers_done(0, 2, true);
  EXPECT_EQ(neither, 649);
  EXPECT_EQ(early, 649 - 526);
  EXPECT_EQ(crews, 649 - 529);
  EXPECT_EQ(both, 649 - 224);
  EXPECT_GT(both, early + crews);
}

} // namespace
} // namespace lantian
