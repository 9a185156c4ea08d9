// The closed form of an adsorber: against Lambert's W, a fine integration with a known error bound,
// and its own limits.

#include "world/adsorber.hpp"

#include "world/carbon_bed.hpp"

#include <boost/math/special_functions/lambert_w.hpp>
#include <gtest/gtest.h>

#include <cmath>

namespace lantian {
namespace {

//! 100 kg of carbon that hold 0.12 kg/kg, 85 % when fresh.
//! What is adsorbed of `feed` by the classical method of Runge and Kutta in `steps` steps. Its
//! error is below C h^4: halving h must divide it by 16, which the test checks before it trusts it.
double adsorbed_by_runge_kutta(const Breakthrough& law, double load, double feed, int steps) {
  const double h = feed / steps;
  const double before = load;
  for (int i = 0; i < steps; ++i) {
    const double k1 = law.efficiency_at(load);
    const double k2 = law.efficiency_at(load + h / 2 * k1);
    const double k3 = law.efficiency_at(load + h / 2 * k2);
    const double k4 = law.efficiency_at(load + h * k3);
    load += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return load - before;
}

double adsorbed(const Breakthrough& law, double load, double feed) {
  AdsorberBed bed(law, load);
  bed.take(feed);
  return bed.load() - load;
}

TEST(AdsorberBed, adsorbs_what_a_fine_integration_of_the_law_says) {
  for (const double feed : {1.0, 10.0, 14.0, 20.0, 60.0}) {
    const double exact = adsorbed(kBedLaw, 0, feed);
    const double coarse = adsorbed_by_runge_kutta(kBedLaw, 0, feed, 1000) - exact;
    const double fine = adsorbed_by_runge_kutta(kBedLaw, 0, feed, 2000) - exact;
    // the error bound: that of the fine one is a fifteenth of what the two differ by
    EXPECT_LE(std::abs(fine), std::abs(coarse - fine) / 15 * 1.3 + 1e-13) << feed;
    EXPECT_LT(std::abs(fine), 1e-8 * feed) << feed;
  }
}

TEST(AdsorberBed, would_be_caught_taking_the_efficiency_of_the_start_for_the_whole) {
  // the defect: explicit Euler in one step, as in a model with a fixed time step
  const double wrong = 14 * kBedLaw.efficiency_at(0);
  EXPECT_GT(std::abs(wrong - adsorbed_by_runge_kutta(kBedLaw, 0, 14, 2000)), 0.5);
}

TEST(AdsorberBed, follows_lamberts_w) {
  // x + e^x = s has the root x = s - W(e^s); Boost's W is independent of our iteration
  for (const double feed : {0.1, 5.0, 12.0, 15.0, 30.0}) {
    const double x0 = -kBedLaw.midpoint / kBedLaw.width;
    const double scale = kBedLaw.capacity * kBedLaw.width;
    const double s = x0 + std::exp(x0) + kBedLaw.efficiency * feed / scale;
    const double x1 = s - boost::math::lambert_w0(std::exp(s));
    EXPECT_NEAR(adsorbed(kBedLaw, 0, feed), scale * (x1 - x0), 1e-12) << feed;
  }
}

TEST(AdsorberBed, lets_through_what_it_does_not_adsorb) {
  AdsorberBed bed(kBedLaw, 3);
  double through = 0;
  for (int i = 0; i < 1000; ++i)
    through += bed.take(0.05);
  EXPECT_NEAR(bed.load() - 3 + through, 50, 1e-11);
}

TEST(AdsorberBed, does_not_care_how_its_feed_is_cut) {
  AdsorberBed whole(kBedLaw, 0);
  AdsorberBed cut(kBedLaw, 0);
  const double at_once = whole.take(20);
  double in_parts = 0;
  for (int i = 0; i < 7; ++i)
    in_parts += cut.take(20.0 / 7);
  EXPECT_NEAR(at_once, in_parts, 1e-13);
  EXPECT_NEAR(whole.load(), cut.load(), 1e-13);
}

TEST(AdsorberBed, removes_half_of_its_efficiency_at_the_midpoint) {
  EXPECT_DOUBLE_EQ(kBedLaw.efficiency_at(0.9 * 12), 0.425);
  EXPECT_NEAR(kBedLaw.efficiency_at(0), 0.85, 1e-5);
  EXPECT_NEAR(kBedLaw.efficiency_at(12), 0.85 / (1 + std::exp(0.1 / 0.07)), 1e-15);
}

TEST(AdsorberBed, removes_30_percent_in_the_mean_when_it_is_changed_far_too_late) {
  // F225, the practice of the field: here it comes by itself. Of 45 kg fed to a bed for 12 kg,
  // s = 0.85 x 45 / 0.84 - 12.857 = 32.68; x = ln(s - x) = 3.378; m = 12 (0.9 + 0.07 x) = 13.64
  EXPECT_NEAR(adsorbed(kBedLaw, 0, 45), 13.64, 0.005);
  EXPECT_NEAR(adsorbed(kBedLaw, 0, 45) / 45, 0.303, 1e-3);
}

TEST(AdsorberBed, knows_the_feed_to_a_load) {
  AdsorberBed bed(kBedLaw, 2);
  const double feed = bed.feed_to(9.6);
  bed.take(feed);
  EXPECT_NEAR(bed.load(), 9.6, 1e-13);
  EXPECT_EQ(bed.feed_to(9), 0);
}

TEST(AdsorberBed, keeps_its_digits_in_the_limits) {
  // nothing is lost by a perfect fresh bed: exp(-12.86) of the first gram
  AdsorberBed perfect({.efficiency = 1, .capacity = 12}, 0);
  const double first = perfect.take(0.001);
  EXPECT_NEAR(first, 0.001 * std::exp(-0.9 / 0.07), 1e-3 * first);
  // of a gram on a bed far beyond its capacity almost all comes through
  AdsorberBed full(kBedLaw, 24);
  const double share = kBedLaw.efficiency_at(24);
  EXPECT_NEAR((0.001 - full.take(0.001)) / (0.001 * share), 1, 1e-8);
  // a million times its capacity: no overflow, and the load is ln(R eta0 / (M w)) widths beyond
  AdsorberBed drowned(kBedLaw, 0);
  drowned.take(12e6);
  EXPECT_NEAR(drowned.load(), 12 * (0.9 + 0.07 * std::log(0.85e6 / 0.07)), 1e-4);
  // a steep front
  AdsorberBed steep({.efficiency = 0.9, .capacity = 1, .midpoint = 0.9, .width = 0.01}, 2);
  EXPECT_NEAR(steep.take(1), 1, 1e-12);
  EXPECT_EQ(steep.take(0), 0);
}

} // namespace
} // namespace lantian
