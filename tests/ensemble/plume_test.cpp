// The plume against its closed form: value, crosswind integral, mass flux, maximum.

#include "ensemble/plume.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace lantian {
namespace {

using std::numbers::pi;

WindClass wind(std::size_t direction, Stability stability, double speed, double frequency) {
  return {"", direction, stability, speed * kSecondsPerYear, frequency};
}

constexpr std::size_t kWest = 12; // blows to the east, bearing 90

Dispersion rose_of(std::vector<WindClass> rows) {
  Dispersion dispersion;
  dispersion.wind_rose = std::move(rows);
  return dispersion;
}

//! Every direction alike.
Dispersion even_rose(Stability stability, double speed) {
  std::vector<WindClass> rows;
  for (std::size_t direction = 0; direction < kSectors; ++direction)
    rows.push_back(wind(direction, stability, speed, 1.0 / kSectors));
  return rose_of(rows);
}

double integral(const std::function<double(double)>& f, double from, double to, int steps = 20000) {
  const double step = (to - from) / steps;
  double sum = (f(from) + f(to)) / 2;
  for (int i = 1; i < steps; ++i)
    sum += f(from + i * step);
  return sum * step;
}

// Class D, open country, 1 km: sz = 0.06 x 1000 / sqrt(1 + 1.5) = 37.9473 m. At h = 10 m, 5 m/s,
//   sqrt(2 / pi) / (5 x 37.9473 x 1000 x 0.392699) x exp(-100 / 2880) = 1.0343e-5 s/m3.
TEST(Plume, has_the_value_of_the_closed_form) {
  const PlumeModel plume(rose_of({wind(kWest, Stability::D, 5, 1)}));
  EXPECT_NEAR(plume.concentration(Surroundings::rural, 10, 1000, 90), 1.03431e-5, 1e-10);
}

// Class B in a city, 2 km: sz = 0.24 x 2000 x sqrt(1 + 2) = 831.384 m. The wind of 3 m/s grows to
// 3 x (80 / 10)^0.15 = 4.09812 m/s; half of the time it blows elsewhere:
//   0.5 x 0.797885 / (4.09812 x 831.384 x 2000 x 0.392699) x exp(-80^2 / (2 x 831.384^2)).
TEST(Plume, spreads_in_a_city_and_in_the_wind_at_its_height) {
  const PlumeModel plume(
      rose_of({wind(kWest, Stability::B, 3, 0.5), wind(0, Stability::B, 3, 0.5)}));
  EXPECT_NEAR(plume.concentration(Surroundings::urban, 80, 2000, 90), 1.48396e-7, 1e-12);
}

// Briggs at 1 km, such as class C in open country: 0.08 x 1000 / sqrt(1.2) = 73.030 m; and the
// default exponents of ISC3.
TEST(Plume, spreads_and_is_carried_as_published) {
  const std::array rural = {200.0, 120.0, 73.030, 37.947, 23.077, 12.308};
  const std::array urban = {339.411, 339.411, 200.0, 122.788, 50.596, 50.596};
  const std::array in_the_country = {0.07, 0.07, 0.10, 0.15, 0.35, 0.55};
  const std::array in_the_city = {0.15, 0.15, 0.20, 0.25, 0.30, 0.30};
  for (std::size_t i = 0; i < kStabilities; ++i) {
    const auto stability = static_cast<Stability>(i);
    EXPECT_NEAR(vertical_spread(Surroundings::rural, stability, 1000), rural[i], 1e-3);
    EXPECT_NEAR(vertical_spread(Surroundings::urban, stability, 1000), urban[i], 1e-3);
    EXPECT_EQ(wind_exponent(Surroundings::rural, stability), in_the_country[i]);
    EXPECT_EQ(wind_exponent(Surroundings::urban, stability), in_the_city[i]);
  }
}

// The sector's average is the plume's crosswind integral spread over the arc:
//   integral over y of Q / (pi u sy sz) exp(-y^2 / 2 sy^2 - h^2 / 2 sz^2) = chi x dtheta.
TEST(Plume, has_the_crosswind_integral_of_the_plume_that_it_averages) {
  const double x = 3000;
  const double h = 60;
  const double u = 4 * std::pow(6, wind_exponent(Surroundings::rural, Stability::C));
  const double sz = vertical_spread(Surroundings::rural, Stability::C, x);
  const double sy = 0.11 * x / std::sqrt(1 + 0.0001 * x);
  const auto plume = [&](double y) {
    return std::exp(-y * y / (2 * sy * sy) - h * h / (2 * sz * sz)) / (pi * u * sy * sz);
  };
  const PlumeModel average(rose_of({wind(kWest, Stability::C, 4, 1)}));
  const double chi = average.concentration(Surroundings::rural, h, x, 90);
  EXPECT_NEAR(chi * x * kSectorAngle / integral(plume, -10 * sy, 10 * sy), 1, 1e-12);
}

// Nothing is lost: what passes the circle at a distance, over all bearings and heights, is what is
// emitted. At the ground the profile is known, so that its share of the flux must come out.
TEST(Plume, lets_all_that_is_emitted_pass_each_circle) {
  const double x = 5000;
  const double h = 40;
  const PlumeModel plume(rose_of({wind(3, Stability::A, 2, 0.25), wind(7, Stability::A, 2, 0.75)}));
  const PlumeProfile profile{h, vertical_spread(Surroundings::rural, Stability::A, x)};
  const double u = 2 * std::pow(4, 0.07);
  const double flux = integral(
      [&](double bearing) { return plume.concentration(Surroundings::rural, h, x, bearing); }, 0,
      360, 3600);
  EXPECT_NEAR(flux * pi / 180 * x * u / profile.at(0), 1, 1e-12);
}

TEST(Plume, is_whole_between_the_ground_and_the_lid) {
  const auto whole = [](const PlumeProfile& profile, double to) {
    return integral([&](double z) { return profile.at(z); }, 0, to);
  };
  EXPECT_NEAR(whole({60, 25}, 600), 1, 1e-9);
  EXPECT_NEAR(whole({0, 25}, 600), 1, 1e-9);
  EXPECT_NEAR(whole({60, 200, 500}, 500), 1, 1e-8);
  EXPECT_NEAR(whole({450, 790, 500}, 500), 1, 1e-8);
  EXPECT_NEAR(whole({60, 5000, 500}, 500), 1, 1e-9);
}

// 20 m above the ground under a lid of 200 m: exp(-d^2 / 20000) at the distances 30 and 70 m of the
// plume and its image in the ground, 370, 470, 330 and 430 m of their images in the lid:
//   (0.9559975 + 0.7827045 + 0.0010648 + 0.0000160 + 0.0043178 + 0.0000966) / (sqrt(2 pi) 100 m).
TEST(Plume, is_reflected_by_the_ground_and_the_lid) {
  EXPECT_NEAR((PlumeProfile{50, 100, 200}.at(20)), 0.00695834, 1e-8);
}

// Class C, open country, 10 km: sz = 0.08 x 10000 / sqrt(3) = 461.880 m, nearly even under a lid of
// 500 m: V = 2.05637e-3 per m. The wind grows to 4 x 5^0.1 = 4.69848 m/s.
TEST(Plume, mixes_under_the_lid_on_its_way) {
  Dispersion dispersion = rose_of({wind(kWest, Stability::C, 4, 1)});
  dispersion.mixing_height = 500;
  EXPECT_NEAR(PlumeModel(dispersion).concentration(Surroundings::rural, 50, 10000, 90), 1.114539e-7,
              1e-13);
}

TEST(Plume, released_below_the_anemometer_has_the_wind_that_was_measured) {
  const auto speed = [](double height) {
    Dispersion dispersion = rose_of({wind(kWest, Stability::F, 2, 1)});
    dispersion.anemometer_height = height;
    return 1 / PlumeModel(dispersion).concentration(Surroundings::rural, 5, 1000, 90);
  };
  EXPECT_EQ(speed(20), speed(5));
  EXPECT_NEAR(speed(1) / speed(5), std::pow(5, 0.55), 1e-12);
}

// Where the lid makes the plume even, the sum of the images is even too: 2 exp(-(pi 1.6)^2 / 2) is
// 7e-6 of it.
TEST(Plume, does_not_jump_where_it_becomes_even) {
  const PlumeProfile before{60, 799.999, 500};
  const PlumeProfile after{60, 800, 500};
  EXPECT_NEAR(before.at(0) * 500, 1, 1e-5);
  EXPECT_DOUBLE_EQ(after.at(0) * 500, 1);
}

TEST(Plume, released_above_the_lid_does_not_reach_the_ground) {
  Dispersion dispersion = rose_of({wind(kWest, Stability::D, 5, 1)});
  dispersion.mixing_height = 100;
  EXPECT_EQ(PlumeModel(dispersion).concentration(Surroundings::rural, 100, 1000, 90), 0);
  EXPECT_GT(PlumeModel(dispersion).concentration(Surroundings::rural, 99, 1000, 90), 0);
}

TEST(Plume, of_stable_air_knows_no_lid) {
  Dispersion dispersion = rose_of({wind(kWest, Stability::F, 2, 1)});
  const double open = PlumeModel(dispersion).concentration(Surroundings::rural, 50, 20000, 90);
  dispersion.mixing_height = 60;
  EXPECT_EQ(PlumeModel(dispersion).concentration(Surroundings::rural, 50, 20000, 90), open);
}

// With sz = 0.2 x the average over a sector goes with x^-2 exp(-h^2 / 2 sz^2), whose maximum is
// where sz = h / sqrt(2).
TEST(Plume, is_strongest_where_its_spread_is_the_height_over_the_root_of_two) {
  const PlumeModel plume(rose_of({wind(kWest, Stability::A, 3, 1)}));
  const double h = 100;
  const double x = h / std::sqrt(2.0) / 0.2;
  const auto at = [&](double distance) {
    return plume.concentration(Surroundings::rural, h, distance, 90);
  };
  EXPECT_GT(at(x), at(x * 1.001));
  EXPECT_GT(at(x), at(x / 1.001));
  EXPECT_NEAR(at(x * 1.001) / at(x), at(x / 1.001) / at(x), 1e-8);
}

TEST(Plume, of_an_even_rose_is_the_same_in_all_directions) {
  const PlumeModel plume(even_rose(Stability::D, 4));
  const double north = plume.concentration(Surroundings::rural, 30, 2000, 0);
  for (double bearing = 0; bearing < 360; bearing += 7.3)
    EXPECT_NEAR(plume.concentration(Surroundings::rural, 30, 2000, bearing) / north, 1, 1e-12);
}

TEST(Plume, fades_evenly_from_the_middle_of_a_sector_to_that_of_its_neighbour) {
  const PlumeModel plume(rose_of({wind(kWest, Stability::D, 5, 1)}));
  const auto at = [&](double bearing) {
    return plume.concentration(Surroundings::rural, 10, 1000, bearing);
  };
  EXPECT_NEAR(at(90 + 11.25), at(90) / 2, 1e-18);
  EXPECT_NEAR(at(90 - 5.625), at(90) * 0.75, 1e-18);
  EXPECT_EQ(at(90 + 22.5), 0);
  EXPECT_EQ(at(270), 0);
}

// 40 % calms of class F: the slowest winds of F are 1 m/s, a quarter of them from the west.
TEST(Plume, spreads_calms_as_the_slowest_winds_of_their_stability_blow) {
  const PlumeModel calm(
      rose_of({wind(kWest, Stability::F, 1, 0.05), wind(4, Stability::F, 1, 0.15),
               wind(kWest, Stability::F, 3, 0.4), wind(kCalm, Stability::F, 0.5, 0.4)}));
  const PlumeModel spread(
      rose_of({wind(kWest, Stability::F, 1, 0.05), wind(4, Stability::F, 1, 0.15),
               wind(kWest, Stability::F, 3, 0.4), wind(kWest, Stability::F, 0.5, 0.1),
               wind(4, Stability::F, 0.5, 0.3)}));
  for (const double bearing : {90.0, 270.0})
    EXPECT_NEAR(calm.concentration(Surroundings::rural, 10, 1000, bearing),
                spread.concentration(Surroundings::rural, 10, 1000, bearing), 1e-18);
}

TEST(Plume, spreads_calms_evenly_where_their_stability_has_no_winds) {
  const PlumeModel calm(rose_of({wind(kCalm, Stability::F, 0.5, 1)}));
  const PlumeModel even(even_rose(Stability::F, 0.5));
  EXPECT_NEAR(calm.concentration(Surroundings::rural, 10, 1000, 33),
              even.concentration(Surroundings::rural, 10, 1000, 33), 1e-18);
}

// A row that never blows tells neither where calms come from nor how fast anything is carried.
TEST(Plume, knows_nothing_of_winds_that_never_blow) {
  const std::vector<WindClass> rows = {wind(kWest, Stability::F, 2, 0.5),
                                       wind(kCalm, Stability::F, 0.5, 0.5)};
  std::vector<WindClass> more = rows;
  more.push_back(wind(4, Stability::F, 1, 0));
  more.push_back(wind(kWest, Stability::F, 0, 0));
  EXPECT_EQ(PlumeModel(rose_of(more)).concentration(Surroundings::rural, 10, 1000, 90),
            PlumeModel(rose_of(rows)).concentration(Surroundings::rural, 10, 1000, 90));
}

TEST(Plume, makes_up_for_frequencies_that_were_rounded) {
  const PlumeModel rounded(rose_of({wind(kWest, Stability::D, 5, 0.99)}));
  const PlumeModel whole(rose_of({wind(kWest, Stability::D, 5, 1)}));
  EXPECT_EQ(rounded.concentration(Surroundings::rural, 10, 1000, 90),
            whole.concentration(Surroundings::rural, 10, 1000, 90));
}

// One degree along a meridian of a sphere of 6371 km is 111.195 km.
TEST(Way, is_the_great_circle_and_its_bearing) {
  EXPECT_NEAR(way_between(40, 110, 41, 110).distance, 111194.93, 0.01);
  EXPECT_NEAR(way_between(40, 110, 41, 110).bearing, 0, 1e-9);
  EXPECT_NEAR(way_between(41, 110, 40, 110).bearing, 180, 1e-9);
  EXPECT_NEAR(way_between(0, 10, 0, 11).bearing, 90, 1e-9);
  EXPECT_NEAR(way_between(0, 11, 0, 10).bearing, 270, 1e-9);
  EXPECT_EQ(way_between(40, 110, 40, 110).distance, 0);
}

// Along the 60th parallel a degree is 2 R asin(cos 60 sin 0.5) = 55596.93 m; a quarter of a great
// circle is R pi / 2 = 10007543.4 m. From the equator to 45 N, a quarter of the way around the
// earth, one sets out at 45 degrees; to its other end the way is R pi.
TEST(Way, goes_east_and_west_as_well) {
  EXPECT_NEAR(way_between(60, 110, 60, 111).distance, 55596.93, 0.01);
  EXPECT_NEAR(way_between(0, 0, 0, 90).distance, 10007543.4, 0.1);
  EXPECT_NEAR(way_between(0, 0, 45, 90).distance, 10007543.4, 0.1);
  EXPECT_NEAR(way_between(0, 0, 45, 90).bearing, 45, 1e-9);
  EXPECT_NEAR(way_between(0, 0, -45, 90).bearing, 135, 1e-9);
  EXPECT_NEAR(way_between(40, 110, -40, -70).distance, 20015086.8, 1);
}

} // namespace
} // namespace lantian
