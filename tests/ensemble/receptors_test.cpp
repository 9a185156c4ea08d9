// What sources add to the air where people breathe: matrix x emission, and what is not known.

#include "ensemble/plume.hpp"
#include "ensemble/recorded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

namespace lantian {
namespace {

// The mill's stack emits 400 t in each year; its hall lets 100 t go. The kiln emits 100 t.
constexpr const char* kWorksAndTowns = R"(
lantian = 1
name = "Two works and two towns"
horizon = { start = 2024-07-01, end = 2027-01-01 }
pollutants.PM = { unit = "t" }
pollutants.SO2 = { unit = "t" }
zones.city = {}
districts.plain = { zone = "city", airshed = "plain" }
districts.hills = { zone = "city", airshed = "hills" }
sectors.steel = {}
plants.mill = { district = "plain", sector = "steel", latitude = 40.6, longitude = 110.0 }
[sources.stack]
plant = "mill"
activity = "100 kt/year"
release_height = "60 m"
emits.PM = { raw = "5 kg/t", capture = 0.8 }
emits.SO2.raw = "1 kg/t"
[sources.kiln]
district = "plain"
sector = "steel"
activity = "100 kt/year"
emits.PM.raw = "1 kg/t"
[receptors.east]
latitude = 40.6
longitude = 110.1
population = "3000 person"
airshed = "plain"
[receptors.valley]
latitude = 40.7
longitude = 110.0
population = "1000 person"
airshed = "hills"
in_exposure = false
)";

constexpr const char* kScreening = R"(
[dispersion]
method = "screening"
pollutants = ["PM"]
surroundings = "rural"
wind_rose.w = { direction = "W", stability = "D", speed = "5 m/s", frequency = "60 %" }
wind_rose.s = { direction = "S", stability = "D", speed = "5 m/s", frequency = "40 %" }
)";

std::string matrix(const std::string& rows, const std::string& method = "matrix") {
  return "[dispersion]\nmethod = \"" + method + "\"\npollutants = [\"PM\", \"SO2\"]\n" + rows;
}

class Air : public testing::Test {
protected:
  //! Runs one replication of `text`.
  void run(const std::string& text) { run_.emplace(text); }
  const std::vector<double>& of(const std::string& variable) const { return run_->all(variable); }
  std::vector<std::string> gaps() const {
    for (const Attribute& attribute : run_->layout().attributes) {
      if (attribute.name == "receptor_gaps")
        return std::get<std::vector<std::string>>(attribute.value);
    }
    return {};
  }

  std::optional<test::Recorded> run_;
};

// 0.01 ug/m3 per t/year x 500 t + 0.1 x 100 t = 15 ug/m3, in the half year 2024 as in whole ones.
TEST_F(Air, is_the_matrix_times_the_yearly_emission) {
  run(kWorksAndTowns + matrix(R"toml(
matrix.a = { source = "stack", receptor = "east", value = "0.01 ug*year/(m3*t)" }
matrix.b = { source = "kiln", receptor = "east", value = "0.1 ug*year/(m3*t)" }
matrix.c = { zone = "city", receptor = "valley", value = "0.001 ug*year/(m3*t)" }
)toml"));
  const auto& pm = of("concentration_PM"); // [receptor][year]
  for (std::size_t year = 0; year < 3; ++year) {
    EXPECT_NEAR(pm[year], 15, 1e-12);
    EXPECT_NEAR(pm[3 + year], 0.6, 1e-13);
    EXPECT_NEAR(of("exposure_PM")[year], 15, 1e-12);
    EXPECT_NEAR(of("concentration_SO2")[year], 1, 1e-13);
  }
  EXPECT_THAT(of("receptor_coverage_PM"), testing::Each(1.0));
  EXPECT_THAT(gaps(), testing::IsEmpty());
}

// What fits best: the source's row, else its plant's, district's, zone's; of these the pollutant's.
TEST_F(Air, takes_the_row_that_fits_best) {
  run(kWorksAndTowns + matrix(R"toml(
matrix.a = { zone = "city", receptor = "east", value = "1 ug*year/(m3*t)" }
matrix.b = { district = "plain", receptor = "east", value = "2 ug*year/(m3*t)" }
matrix.c = { plant = "mill", receptor = "east", value = "3 ug*year/(m3*t)" }
matrix.d = { plant = "mill", pollutant = "PM", receptor = "east", value = "4 ug*year/(m3*t)" }
)toml"));
  EXPECT_NEAR(of("concentration_PM")[1], 500 * 4 + 100 * 2, 1e-9);
  EXPECT_NEAR(of("concentration_SO2")[1], 100 * 3, 1e-9);
}

// Captured: 400 t at 60 m. Not captured: 100 t at 10 m. The kiln's height is not known: no row.
TEST_F(Air, tells_heights_of_release_apart) {
  run(kWorksAndTowns + matrix(R"toml(
matrix.low = { zone = "city", receptor = "east", below = "60 m", value = "10 ug*year/(m3*t)" }
matrix.high = { zone = "city", receptor = "east", above = "60 m", value = "1 ug*year/(m3*t)" }
)toml"));
  EXPECT_NEAR(of("concentration_PM")[1], 400 * 1 + 100 * 10, 1e-9);
  EXPECT_NEAR(of("receptor_coverage_PM")[1], 500.0 / 600, 1e-12);
}

// Nobody knows what reaches the valley: that is missing, and not zero.
TEST_F(Air, is_missing_where_no_source_is_known) {
  run(kWorksAndTowns + matrix(R"toml(
matrix.a = { source = "stack", receptor = "east", value = "0.01 ug*year/(m3*t)" }
)toml"));
  EXPECT_TRUE(std::isnan(of("concentration_PM")[3]));
  EXPECT_EQ(of("receptor_coverage_PM")[3], 0);
  EXPECT_THAT(gaps(),
              testing::ElementsAre("receptors.east: 1 of 2 sources have no row in the matrix",
                                   "receptors.valley: 2 of 2 sources have no row in the matrix"));
}

// That of a works which stands still is known, and says nothing of what is emitted.
TEST_F(Air, is_missing_where_only_what_stands_still_is_known) {
  run(kWorksAndTowns +
      std::string("[sources.new]\ndistrict = \"hills\"\nsector = \"steel\"\nidle = true\n"
                  "activity = \"100 kt/year\"\nemits.PM.raw = \"1 kg/t\"\n") +
      matrix(R"toml(
matrix.a = { source = "new", receptor = "valley", value = "0.01 ug*year/(m3*t)" }
)toml"));
  EXPECT_TRUE(std::isnan(of("concentration_PM")[3]));
  EXPECT_EQ(of("receptor_coverage_PM")[3], 0);
}

// 3,000 people at 15 ug/m3 and 1,000 at 0.6; all that is emitted is known to the first, and 500 of
// the 600 t to the others.
TEST_F(Air, is_met_by_the_people_of_the_places_that_count) {
  std::string works = kWorksAndTowns;
  works.erase(works.find("in_exposure"));
  run(works + matrix(R"toml(
matrix.a = { source = "stack", receptor = "east", value = "0.01 ug*year/(m3*t)" }
matrix.b = { source = "kiln", receptor = "east", value = "0.1 ug*year/(m3*t)" }
matrix.c = { plant = "mill", receptor = "valley", value = "0.0012 ug*year/(m3*t)" }
)toml"));
  EXPECT_NEAR(of("exposure_PM")[1], (3000 * 15 + 1000 * 0.6) / 4000, 1e-12);
  EXPECT_NEAR(of("exposure_coverage_PM")[1], (3000 + 1000 * 500.0 / 600) / 4000, 1e-12);
}

TEST_F(Air, is_missing_to_a_person_where_a_place_that_counts_is) {
  std::string works = kWorksAndTowns;
  works.erase(works.find("in_exposure"));
  run(works + matrix(R"toml(
matrix.a = { source = "stack", receptor = "east", value = "0.01 ug*year/(m3*t)" }
)toml"));
  EXPECT_TRUE(std::isnan(of("exposure_PM")[1]));
}

TEST_F(Air, comes_by_the_screening_plume_from_where_it_holds) {
  run(std::string(kWorksAndTowns) + kScreening);
  const PlumeModel plume(*run_->scenario().dispersion);
  const Way way = way_between(40.6, 110.0, 40.6, 110.1);
  const double stack =
      plume.concentration(Surroundings::rural, 60, way.distance, way.bearing) * 400e3;
  const double hall =
      plume.concentration(Surroundings::rural, 10, way.distance, way.bearing) * 100e3;
  EXPECT_NEAR(of("concentration_PM")[1] / ((stack + hall) / kSecondsPerYear * 1e9), 1, 1e-12);
  EXPECT_NEAR(of("receptor_coverage_PM")[1], 500.0 / 600, 1e-12);
  EXPECT_TRUE(std::isnan(of("concentration_PM")[3]));
  EXPECT_THAT(
      gaps(),
      testing::ElementsAre(
          "receptors.east: 1 of 2 sources have no coordinates of their own or of a plant: needs an "
          "external matrix",
          "receptors.valley: 1 of 2 sources have no coordinates of their own or of a plant: needs "
          "an external matrix",
          "receptors.valley: 1 of 2 sources lie in another airshed: needs an external matrix"));
}

// Of the pollutants of a source each has its own flows: one measured at the stack has one, one
// given before control has two. CO and PM are 10 and 50 t; NOx comes between them.
TEST_F(Air, is_told_by_the_flows_of_its_own_pollutant) {
  std::string works = kWorksAndTowns;
  works.replace(works.find("[sources.kiln]"), 0,
                "[sources.oven]\ndistrict = \"plain\"\nsector = \"steel\"\n"
                "activity = \"10 kt/year\"\nemits.CO.raw = \"1 kg/t\"\n"
                "emits.NOx = { concentration = \"100 mg/m3\", gas_volume = \"2000 m3/t\" }\n"
                "emits.PM = { raw = \"5 kg/t\", capture = 0.2 }\n");
  works.replace(works.find("pollutants.PM"), 0,
                "pollutants.CO = { unit = \"t\" }\npollutants.NOx = { unit = \"t\" }\n");
  run(works +
      "[dispersion]\nmethod = \"matrix\"\npollutants = [\"CO\", \"NOx\", \"PM\"]\n"
      "matrix.a = { source = \"oven\", receptor = \"east\", value = \"1 ug*year/(m3*t)\" }\n");
  EXPECT_NEAR(of("concentration_CO")[1], 10, 1e-9);
  EXPECT_NEAR(of("concentration_NOx")[1], 2, 1e-9); // 10 kt x 2000 m3/t x 100 mg/m3
  EXPECT_NEAR(of("concentration_PM")[1], 50, 1e-9);
}

TEST_F(Air, of_what_nobody_emits_has_nothing_and_is_known) {
  std::string works = kWorksAndTowns;
  works.replace(works.find("pollutants.SO2"), 0, "pollutants.CO = { unit = \"t\" }\n");
  run(works +
      "[dispersion]\nmethod = \"matrix\"\npollutants = [\"CO\"]\n"
      "matrix.a = { zone = \"city\", receptor = \"east\", value = \"1 ug*year/(m3*t)\" }\n");
  EXPECT_THAT(of("concentration_CO"), testing::Each(0.0));
  EXPECT_THAT(of("receptor_coverage_CO"), testing::Each(1.0));
}

TEST_F(Air, is_screened_from_100_m_to_50_km) {
  const std::string text = kWorksAndTowns;
  run(text.substr(0, text.find("[receptors.east]")) + kScreening + "[receptors.near]\n" +
      "latitude = 40.6005\nlongitude = 110.0\npopulation = \"1 person\"\nairshed = \"plain\"\n" +
      "[receptors.far]\nlatitude = 41.06\nlongitude = 110.0\npopulation = \"1 person\"\n" +
      "airshed = \"plain\"\n");
  EXPECT_THAT(of("receptor_coverage_PM"), testing::Each(0.0));
  EXPECT_THAT(gaps(), testing::Contains("receptors.near: 1 of 2 sources lie nearer than 100 m: "
                                        "needs an external matrix"));
  EXPECT_THAT(gaps(), testing::Contains("receptors.far: 1 of 2 sources lie farther than 50 km: "
                                        "needs an external matrix"));
}

TEST_F(Air, is_screened_where_the_matrix_has_no_row) {
  run(kWorksAndTowns + std::string(kScreening));
  const double screened = of("concentration_PM")[1];
  std::string both = kScreening;
  both.replace(both.find("screening"), 9, "matrix-else-screening");
  run(kWorksAndTowns + both +
      "matrix.a = { source = \"kiln\", receptor = \"east\", value = \"1 ug*year/(m3*t)\" }\n"
      "matrix.b = { source = \"stack\", receptor = \"valley\", value = \"2 ug*year/(m3*t)\" }\n");
  EXPECT_NEAR(of("concentration_PM")[1], screened + 100, 1e-9);
  EXPECT_NEAR(of("concentration_PM")[4], 1000, 1e-9);
}

TEST_F(Air, does_not_change_when_a_source_is_split_in_two) {
  run(std::string(kWorksAndTowns) + kScreening);
  const double whole = of("concentration_PM")[1];
  std::string halves = kWorksAndTowns;
  halves.replace(halves.find("100 kt"), 6, "25 kt");
  run(halves + R"(
[sources.stack-2]
plant = "mill"
activity = "75 kt/year"
release_height = "60 m"
emits.PM = { raw = "5 kg/t", capture = 0.8 }
)" + kScreening);
  EXPECT_NEAR(of("concentration_PM")[1] / whole, 1, 1e-14);
}

TEST_F(Air, is_not_in_the_results_of_a_scenario_without_receptors) {
  const std::string text = kWorksAndTowns;
  run(text.substr(0, text.find("[receptors.east]")));
  EXPECT_EQ(run_->layout().find("concentration_PM"), std::nullopt);
  EXPECT_EQ(run_->layout().coordinate("receptor"), nullptr);
}

} // namespace
} // namespace lantian
