// What is generated is emitted or removed, and entities keep their balances.

#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(MassBalance, of_a_raw_outlet_closes_through_failures_and_ageing) {
  Inventory town;
  town.source("kiln").makes(365).raw("PM", 10, 0.8, 0.5).control("filter").control("scrubber");
  town.control("filter").removes("PM", 0.9).ages({{0, 0}, {4000, 0.3}});
  town.control("scrubber").removes("PM", 0.5);
  Replay replay(town.scenario());
  replay.at(day(50), [](World& world) { world.fail(0); });
  replay.at(day(60), [](World& world) { world.repair(0); });
  EXPECT_GT(replay.total("PM"), 0) << "closing the books has checked it";
}

TEST(MassBalance, names_the_source_that_loses_mass) {
  Inventory town;
  town.source("kiln").makes(365).raw("PM", 10);
  Replay replay(town.scenario());
  replay.at(day(50), [](World& world) {
    world.changing(0).flows[0].kind = Flow::Kind::energy; // the stack is taken for a meter
  });
  try {
    replay.books();
    FAIL() << "mass was lost and nobody noticed";
  } catch (const ModelError& error) {
    EXPECT_NE(std::string(error.what()).find("sources.kiln: mass balance of PM"), std::string::npos)
        << error.what();
  }
}

TEST(MassBalance, looks_at_every_outlet) {
  Inventory town;
  town.source("kiln").makes(365).raw("PM", 10).raw("SO2", 1);
  Replay replay(town.scenario());
  replay.at(day(50), [](World& world) {
    for (Flow& flow : world.changing(0).flows) {
      if (flow.kind == Flow::Kind::stack && flow.of == 1)
        flow.kind = Flow::Kind::energy;
    }
  });
  try {
    replay.books();
    FAIL() << "mass was lost and nobody noticed";
  } catch (const ModelError& error) {
    EXPECT_NE(std::string(error.what()).find("sources.kiln: mass balance of SO2"),
              std::string::npos)
        << error.what();
  }
}

// PM2.5 lies within PM10, and where there is none within PM.
TEST(MassBalance, compares_a_part_with_the_least_whole_that_is_emitted) {
  const auto is_sound = [](double fine, double dust) {
    Inventory town;
    auto& kiln = town.source("kiln").raw("PM25", fine).raw("SO2", 1);
    if (dust > 0)
      kiln.raw("PM", dust);
    Replay replay(town.scenario());
    try {
      replay.books();
      return true;
    } catch (const ModelError&) {
      return false;
    }
  };
  EXPECT_TRUE(is_sound(0.5, 0));
  EXPECT_TRUE(is_sound(0.5, 1));
  EXPECT_TRUE(is_sound(1, 1));
  EXPECT_FALSE(is_sound(1.1, 1));
}

TEST(MassBalance, of_an_entity_is_checked_when_the_horizon_ends) {
  const auto pile = [](double stored) {
    Inventory town;
    town.source("kiln");
    auto replay = std::make_unique<Replay>(town.scenario());
    replay->at(day(1), [stored](World& world) {
      MassBalance& balance = world.balance("measures.slag-line");
      world.on_close([&balance, stored] {
        balance.generated = 100;
        balance.used = 70;
        balance.stored = stored;
      });
    });
    return replay;
  };
  EXPECT_NO_THROW(pile(30)->books());
  try {
    pile(29)->books();
    FAIL() << "a kilogram is missing";
  } catch (const ModelError& error) {
    EXPECT_NE(std::string(error.what()).find("measures.slag-line: mass balance: 100 kg generated"),
              std::string::npos)
        << error.what();
  }
}

TEST(Energy, causes_each_pollutant_of_its_carrier) {
  // 365 x 10 J at 2 and at 3 kg/J; of the other carrier 365 x 1 J at 5 kg/J
  Inventory town;
  Carrier& power = town.carrier("power", {{2025, 2}});
  power.factors.push_back({*town.scenario().pollutants.find("NOx"), 2025, fixed(3)});
  town.carrier("steam", {{2025, 5}});
  town.source("kiln").makes(365).raw("PM", 1).uses("power", 10).uses("steam", 1);
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("CO2", Account::indirect), 365 * (20 + 5), 1e-9);
  EXPECT_NEAR(replay.total("NOx", Account::indirect), 365 * 30, 1e-9);
}

TEST(Activity, is_booked_as_the_last_flow_of_each_source) {
  Inventory town;
  town.source("kiln").makes(365).raw("PM", 10);
  Replay replay(town.scenario());
  replay.at(day(65), [](World& world) {
    world.scale_source(0, world.new_influence(), Ramp::constant(0.5));
  });
  EXPECT_NEAR(
      replay.books().sources[replay.layout().place(0, replay.layout().flow_count(0) - 1, 0)],
      65 + 300 * 0.5, 1e-9);
}

TEST(Progress, stands_at_the_end_of_each_interval) {
  Inventory town;
  town.source("boilers");
  town.measure("burners");
  Replay replay(town.scenario());
  replay.at(day(40), [](World& world) { world.advance(0, 0.25); });
  replay.at(day(50), [](World& world) { world.advance(0, 0.5); });
  replay.at(day(100), [](World& world) { world.reach(0, Milestone::works); });
  const std::vector<double>& progress = replay.books().progress;
  EXPECT_EQ(progress[0], 0);
  EXPECT_EQ(progress[1], 0.5);
  EXPECT_EQ(progress[2], 0.5);
  EXPECT_EQ(progress[3], 1); // day 100 lies in April
  EXPECT_EQ(progress[11], 1);
}

} // namespace
} // namespace lantian
