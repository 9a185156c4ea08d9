// Patrols against theory: thinning, detection by size, and periodic inspection.

#include "measures/patrol_stories.hpp"
#include "oracles/oracle.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian::oracles {
namespace {

TEST(APatrol, detects_by_the_curve_of_its_size) {
  // half at 10 kg a year, slope 2: 1/(1 + 1/9) = 0.9 at 30
  std::vector<double> found;
  for (std::uint32_t r = 0; r < 200; ++r) {
    Inventory town = town_of_fires(400, 1, [](Patrol& p) {
      const Detectability by_size{std::nullopt, Detectability::BySize{fixed(10), fixed(2)}};
      p.detections = {{"camera", by_size, fixed_days(0), fixed_days(0)}};
    });
    Scenario scenario = town.scenario();
    scenario.arrivals[0].amount.reset();
    scenario.arrivals[0].flow = fixed(30);
    Replay replay(std::move(scenario), {.seed = seed(), .replication = r}, spawn_measures);
    const ArrivalsCount count = replay.arrivals();
    found.push_back(static_cast<double>(count.found) - 0.9 * static_cast<double>(count.number));
  }
  EXPECT_TRUE(agrees("found beyond nine of ten", found, 0));
}

// Thinning: the fires that remain are a Poisson process of 0.7 of the rate, those prevented one of
// 0.3, and the two are independent. 200 a year.
enum class Deterred { by_the_fire, all_or_none };

struct Thinned {
  std::vector<double> left;      //!< beyond 140
  std::vector<double> prevented; //!< beyond 60
  std::vector<double> together;  //!< product of the two
};

Thinned deter(Deterred how) {
  Thinned sample;
  for (std::uint32_t r = 0; r < 500; ++r) {
    // the defect: one draw decides for all fires of a replication
    const double u = RandomSource(seed(), r).uniform(stream_id("defect", ""), 0);
    const double share = how == Deterred::by_the_fire ? 0.3 : (u < 0.3 ? 1.0 : 0.0);
    Inventory town = town_of_fires(200, 0.01, [=](Patrol& p) { p.deterrence = fixed(share); });
    Replay replay(town.scenario(), {.seed = seed(), .replication = r}, spawn_measures);
    const ArrivalsCount count = replay.arrivals();
    sample.left.push_back(static_cast<double>(count.number) - 140);
    sample.prevented.push_back(static_cast<double>(count.prevented) - 60);
    sample.together.push_back(sample.left.back() * sample.prevented.back());
  }
  return sample;
}

TEST(Deterrence, thins_a_poisson_process_into_two_independent_ones) {
  const Thinned sample = deter(Deterred::by_the_fire);
  EXPECT_TRUE(agrees("left beyond 140", sample.left, 0));
  EXPECT_TRUE(agrees("prevented beyond 60", sample.prevented, 0));
  EXPECT_TRUE(agrees("variance of those left", squared_distances(sample.left, 0), 140));
  EXPECT_TRUE(agrees("covariance", sample.together, 0));
}

TEST(Deterrence, by_one_draw_for_all_is_caught) {
  const Thinned sample = deter(Deterred::all_or_none);
  EXPECT_TRUE(is_caught("variance of those left", squared_distances(sample.left, 0), 140));
  EXPECT_TRUE(is_caught("covariance", sample.together, 0));
}

// Periodic inspection. A leak begins at a uniform phase of the period P of its site, a visit
// detects with probability p, the response takes r, the natural life X is exponential with rate m.
// It is open for min(T + r, X), where T = U P + G P, U uniform and G geometric:
//
//   E min(T + r, X) = (1 - exp(-m r) E exp(-m T))/m
//   E exp(-m T) = (1 - exp(-m P))/(m P) x p/(1 - (1 - p) exp(-m P))
//
// and it is ended by being found with probability exp(-m r) E exp(-m T). P = 30 d, X = 40 d, r = 5
// d. Leaks begin from January to March only: by the end of a year all are over (but for 5e-4), so
// that each is open for as long as theory says.
constexpr double kPeriod = 30;
constexpr double kLife = 40;
constexpr double kResponse = 5;

double share_found(double p) {
  const double m = 1 / kLife;
  const double miss = std::exp(-m * kPeriod);
  return std::exp(-m * kResponse) * (1 - miss) / (m * kPeriod) * p / (1 - (1 - p) * miss);
}

struct Inspected {
  std::vector<double> open;  //!< time open beyond what is expected of so many leaks [d]
  std::vector<double> found; //!< number found beyond what is expected
};

Inspected inspect(double p, double believed) {
  Inspected sample;
  for (std::uint32_t r = 0; r < 150; ++r) {
    Inventory town = town_of_fires(
        600, kLife, [p](Patrol& plan) { plan.rounds = rounds(kPeriod, p, kResponse); });
    town.profile("spring").months = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    town.horizon(day(0), day(1095)).interval(Interval::year);
    Scenario scenario = town.scenario();
    ArrivalsRow& row = scenario.arrivals[0];
    row.sites = 1000;
    row.profile = 0;
    row.lasts = exponential_days(kLife);
    Replay replay(std::move(scenario), {.seed = seed(), .replication = r}, spawn_measures);
    double number = 0;
    double open = 0;
    double found = 0;
    for (std::size_t year = 0; year < 3; ++year) {
      number += static_cast<double>(replay.arrivals(year).number);
      open += replay.arrivals(year).open / 86400;
      found += static_cast<double>(replay.arrivals(year).found);
    }
    sample.open.push_back(open - number * kLife * (1 - share_found(believed)));
    sample.found.push_back(found - number * share_found(believed));
  }
  return sample;
}

TEST(PeriodicInspection, keeps_leaks_open_as_long_as_theory_says) {
  for (const double p : {1.0, 0.6, 0.2}) {
    const Inspected sample = inspect(p, p);
    const std::string at = fmt::format(" with p = {}", p);
    EXPECT_TRUE(agrees("days open beyond theory" + at, sample.open, 0));
    EXPECT_TRUE(agrees("found beyond theory" + at, sample.found, 0));
  }
}

TEST(PeriodicInspection, that_detects_a_tenth_more_than_it_says_is_caught) {
  const Inspected sample = inspect(0.66, 0.6);
  EXPECT_TRUE(is_caught("days open beyond theory", sample.open, 0));
  EXPECT_TRUE(is_caught("found beyond theory", sample.found, 0));
}

} // namespace
} // namespace lantian::oracles
