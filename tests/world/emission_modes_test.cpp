// The two modes of an emission factor, controls, energy and the checks on them, by hand.

#include "world/process_unit.hpp"

#include "world/small_world.hpp"

#include <gtest/gtest.h>

namespace lantian {
namespace {

constexpr double kMilligram = 1e-6; // [kg]

TEST(EmissionModes, pass_captured_raw_emissions_through_every_control) {
  // 100 x 0.8 captured x 0.1 x 0.5 = 4 up the stack; 100 x 0.2 x (1 - 0.25) = 15 past it
  Inventory town;
  town.control("filter").removes("PM", 0.9);
  town.control("scrubber").removes("PM", 0.5).removes("SO2", 0.95);
  town.source("kiln").makes(1).raw("PM", 100, 0.8, 0.25).control("filter").control("scrubber");
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("PM"), 4, 1e-12);
  EXPECT_NEAR(replay.total("PM", Account::fugitive), 15, 1e-12);
}

TEST(EmissionModes, correct_an_outlet_concentration_to_the_reference_oxygen) {
  // 30 mg/m3 at 18 % are 30 x (21 - 16)/(21 - 18) = 50 mg/m3 at 16 %; x 2000 m3 = 0.1 kg each
  Inventory town;
  town.source("sinter").makes(1000).stack("NOx", 30 * kMilligram, 2000);
  town.source("sinter2")
      .makes(1000)
      .stack("NOx", 30 * kMilligram, 2000)
      .emits("NOx", [](EmissionFactor& e) {
        e.oxygen = fixed(0.18);
        e.reference_oxygen = fixed(0.16);
      });
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.of("sinter", "NOx"), 60, 1e-10);
  EXPECT_NEAR(replay.of("sinter2", "NOx"), 100, 1e-10);
}

TEST(EmissionModes, lead_a_failed_control_to_the_bypass_where_the_outlet_has_one) {
  // 10 days of 365 at 400 instead of 50 mg/m3; PM states no bypass and does not notice
  Inventory town;
  town.control("fgd");
  town.source("kiln")
      .stack("SO2", 50 * kMilligram, 1000)
      .stack("PM", 10 * kMilligram, 1000)
      .emits("SO2", [](EmissionFactor& e) { e.bypass = fixed(400 * kMilligram); })
      .control("fgd");
  Replay replay(town.scenario());
  replay.at(day(100), [](World& world) { world.fail(0); });
  replay.at(day(110), [](World& world) { world.repair(0); });
  EXPECT_NEAR(replay.total("SO2"), 0.05 * 355 + 0.4 * 10, 1e-10);
  EXPECT_NEAR(replay.total("PM"), 0.01 * 365, 1e-10);
}

TEST(EmissionModes, belong_to_outlets_and_flows_that_can_be_asked_for) {
  Inventory town;
  town.carrier("power", {{2025, 0.5}});
  town.carrier("steam", {{2025, 0.1}});
  town.source("kiln").raw("PM", 1).raw("SO2", 2).uses("power", 3);
  Replay replay(town.scenario());
  ProcessUnit& unit = replay.world().changing(0);
  ASSERT_NE(unit.outlet_of(replay.pollutant("SO2")), nullptr);
  EXPECT_EQ(unit.outlet_of(replay.pollutant("SO2"))->pollutant, replay.pollutant("SO2"));
  EXPECT_EQ(unit.outlet_of(replay.pollutant("NOx")), nullptr);
  const auto carrier = [&](const char* id) { return *replay.scenario().carriers.find(id); };
  ASSERT_NE(unit.flow_of_use(carrier("power")), nullptr);
  EXPECT_EQ(unit.flow_of_use(carrier("power"))->per_activity, 3);
  EXPECT_EQ(unit.flow_of_use(carrier("steam")), nullptr);
}

TEST(EmissionModes, put_a_control_into_service_once) {
  // from day 100 on a tenth is left; that it is put into service again does not start it anew
  Inventory town;
  Control& filter = town.control("filter").removes("PM", 0.9).row;
  filter.in_service = false;
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  replay.at(day(100), [](World& world) { world.commission(0, days(0)); });
  replay.at(day(110), [](World& world) { world.commission(0, days(10)); });
  EXPECT_NEAR(replay.total("PM"), 100 + 0.1 * 265, 1e-10);
}

TEST(EmissionModes, lose_only_the_failed_control_of_a_raw_outlet) {
  Inventory town;
  town.control("filter").removes("PM", 0.9);
  town.control("scrubber").removes("PM", 0.5);
  town.source("kiln").raw("PM", 1).control("filter").control("scrubber");
  Replay replay(town.scenario());
  replay.at(day(0), [](World& world) { world.fail(0); });
  replay.at(day(100), [](World& world) { world.repair(0); });
  EXPECT_NEAR(replay.total("PM"), 100 * 0.5 + 265 * 0.05, 1e-10);
}

TEST(EmissionModes, raise_the_efficiency_of_a_new_control_in_a_straight_line) {
  // none for 100 days; (1 - 0.9 x) over 20 days is 11 days' worth; 0.1 for 245 days
  Inventory town;
  town.control("filter").removes("PM", 0.9).row.in_service = false;
  town.source("kiln").raw("PM", 1).control("filter");
  Replay replay(town.scenario());
  replay.at(day(100), [](World& world) { world.commission(0, days(20)); });
  EXPECT_NEAR(replay.total("PM"), 100 + 11 + 24.5, 1e-10);
}

TEST(EmissionModes, charge_energy_with_the_factor_of_the_year) {
  // 10 J each of 366 in 2024 and 365 in 2025; 2 kg/J, then 3; recovered 1 J each
  Inventory town;
  town.horizon(date(2024, 1, 1), date(2026, 1, 1));
  town.carrier("grid", {{2020, 2}, {2025, 3}});
  town.source("fan").makes(1000).uses("grid", 10).recovers("grid", 1);
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("electricity", Account::indirect), 20000, 1e-8);
  EXPECT_NEAR(replay.total("CO2", Account::indirect), 20000 + 30000, 1e-8);
  EXPECT_NEAR(replay.total("CO2", Account::avoided), 2000 + 3000, 1e-8);
  EXPECT_EQ(replay.total("CO2"), 0); // never netted
}

TEST(EmissionModes, charge_two_carriers_of_one_pollutant_each_with_its_own_factor) {
  Inventory town;
  town.carrier("grid", {{2020, 2}});
  town.carrier("solar", {{2020, 0.1}});
  town.carrier("steam", {{2020, 5}}).pollutant = kNone; // accounted only by what it causes
  town.source("fan").makes(100).uses("grid", 1).uses("solar", 3).uses("steam", 1);
  Replay replay(town.scenario());
  EXPECT_NEAR(replay.total("electricity", Account::indirect), 400, 1e-9);
  EXPECT_NEAR(replay.total("CO2", Account::indirect), 200 + 30 + 500, 1e-9);
}

TEST(EmissionModes, refuse_more_fine_dust_than_dust_after_control) {
  Inventory town;
  town.control("filter").removes("PM", 0.9);
  town.source("kiln").raw("PM", 1).raw("PM25", 0.5).control("filter");
  Replay replay(town.scenario(), {.seed = 7, .replication = 3});
  replay.world().run();
  try {
    replay.world().close();
    FAIL() << "accepted 0.5 kg of PM2.5 within 0.1 kg of PM";
  } catch (const ModelError& error) {
    EXPECT_EQ(error.place().replication, 3u);
    EXPECT_NE(std::string(error.what()).find("sources.kiln: after control it emits more"),
              std::string::npos)
        << error.what();
  }
}

TEST(EmissionModes, let_an_idle_source_emit_nothing_until_it_is_started) {
  Inventory town;
  town.source("kiln").idle().raw("PM", 1);
  Replay replay(town.scenario());
  replay.at(day(300), [](World& world) {
    world.add_to_source(0, world.new_influence(), Ramp::constant(0.5));
  });
  EXPECT_NEAR(replay.total("PM"), 32.5, 1e-11);
}

TEST(EmissionModes, leave_idle_sources_idle_when_a_plant_takes_more_output) {
  // the plant runs at 1.2; a quarter of the wet tower's work was moved to the dry one before
  Inventory town;
  town.plant("works", 1000);
  town.source("wet").raw("PM", 1).of("works");
  town.source("dry").idle().raw("PM", 1).of("works");
  town.source("reserve").idle().raw("PM", 1).of("works");
  Replay replay(town.scenario());
  replay.at(day(0), [&](World& world) {
    const Influence shift = world.new_influence();
    world.scale_source(replay.source("wet"), shift, Ramp::constant(0.75));
    world.add_to_source(replay.source("dry"), shift, Ramp::constant(0.25));
    world.add_to_plant(0, world.new_influence(), Ramp::constant(0.2));
  });
  EXPECT_NEAR(replay.of("wet", "PM"), 365 * 1.2 * 0.75, 1e-10);
  EXPECT_NEAR(replay.of("dry", "PM"), 365 * 1.2 * 0.25, 1e-10);
  EXPECT_EQ(replay.of("reserve", "PM"), 0);
}

} // namespace
} // namespace lantian
