// The kiln of a centre that regenerates carbon, against Takacs.

#include "measures/carbon_stories.hpp"
#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian::oracles {
namespace {

//! Six beds, each due after an exponential time of mean 10 days from its return, and one kiln that
//! takes 2 days for each: what is called machine interference.
constexpr int kBeds = 6;
constexpr double kDue = 10;    // [d]
constexpr double kFiring = 2;  // [d]
constexpr double kDays = 3287; // of the nine years that are looked at

//! Beds taken out in the years 2001 to 2009, by replication; 2000 is not yet stationary.
std::vector<double> changes(std::int64_t kilns) {
  Inventory town;
  town.horizon(date(2000, 1, 1), date(2010, 1, 1)).interval(Interval::year);
  std::vector<std::string> shops;
  for (int i = 0; i < kBeds; ++i)
    add_shop(town, shops.emplace_back("shop-" + std::to_string(i)));
  add_centre(town, shops, [kilns](RegenerationCentre& plan, const Scenario&) {
    plan.change_at.reset();
    plan.change_every = exponential_days(kDue);
    plan.kilns = kilns;
  });
  std::vector<double> found;
  for (std::uint32_t r = 0; r < 60; ++r) {
    Replay replay(town.scenario(), {.seed = seed(), .replication = r}, spawn_measures);
    const std::vector<double>& by_year = replay.books().carbon_changes;
    double sum = 0;
    for (std::size_t i = 0; i < by_year.size(); ++i)
      sum += i % 10 == 0 ? 0 : by_year[i];
    found.push_back(sum);
  }
  return found;
}

//! By Takacs: of N beds and one server of any service time S, a busy period has on average
//! sum over j of C(N-1, j) prod over i = 1..j of (1/phi(i/due) - 1) services, phi being the Laplace
//! transform of S (here e^(-i S/due)); an idle one lasts due/N.
double changes_by_takacs() {
  double services = 0;
  double term = 1; // C(N-1, j) x the product
  for (int j = 0; j < kBeds; ++j) {
    services += term;
    term *= static_cast<double>(kBeds - 1 - j) / (j + 1) * std::expm1((j + 1) * kFiring / kDue);
  }
  return kDays * services / (services * kFiring + kDue / kBeds);
}

TEST(TheKiln, is_waited_for_as_takacs_says) {
  EXPECT_TRUE(agrees("beds taken out", changes(1), changes_by_takacs()));
}

// The defect: a kiln that takes the next bed before the last is out, here as a second kiln.
TEST(TheKiln, that_fires_two_beds_at_once_is_caught) {
  EXPECT_TRUE(is_caught("beds taken out", changes(2), changes_by_takacs()));
}

} // namespace
} // namespace lantian::oracles
