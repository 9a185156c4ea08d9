// A stock between a strand that fails and a furnace, against the theory of a fluid queue.

#include "oracles/oracle.hpp"
#include "world/small_world.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace lantian::oracles {
namespace {

//! Mean over years of the share of time in which the furnace stands, for a strand that runs for
//! exponential times of mean 30 days and stands for exponential times of mean 2 days.
std::vector<double> starved_shares(double stock) {
  std::vector<double> shares;
  for (std::uint32_t replication = 0; replication < 60; ++replication) {
    Inventory town;
    town.horizon(date(2000, 1, 1), date(2040, 1, 1)).interval(Interval::year);
    town.control("filter").removes("SO2", 1).fails(exponential_days(30), exponential_days(2),
                                                   OnFailure::stop);
    town.source("furnace").makes(365.2425).raw("PM", 1);
    // it makes three times what is drawn, so that the stock is full again soon after each stop
    town.source("strand").makes(3 * 365.2425).raw("SO2", 1).control("filter");
    town.feeds("strand", "furnace", stock, 1);
    Replay replay(town.scenario(), {.seed = seed(), .replication = replication});
    double made = 0;
    for (std::size_t year = 1; year < 40; ++year) // the first is not yet stationary
      made += replay.in(year, "PM");
    shares.push_back(1 - made / (39 * 365.2425));
  }
  return shares;
}

// Without stock the furnace stands when the strand does: 2/32 of the time, by alternating renewal.
TEST(AFurnace, without_a_stock_starves_as_alternating_renewal_says) {
  EXPECT_TRUE(agrees("share of time without", starved_shares(0), 2.0 / 32));
}

//! Share of time in which a stock for `b` days is empty and the strand stands, by the stationary
//! fluid queue: it fills at 2 a day for exponential times of rate u, drains at 1 for those of rate
//! d. The densities obey 2 f_up = f_down and f_down' = k f_down with k = d - u/2, so f_down = C
//! e^(kx); the atoms are C/d at empty and C e^(kb)/u at full, and all add up to 1.
double empty_share(double b) {
  const double u = 1.0 / 30;
  const double d = 1.0 / 2;
  const double k = d - u / 2;
  return 1 / d / (1 / d + std::exp(k * b) / u + 1.5 * std::expm1(k * b) / k);
}

TEST(AFurnace, with_a_stock_starves_as_a_fluid_queue_says) {
  EXPECT_NEAR(empty_share(0), 2.0 / 32, 1e-12);
  EXPECT_TRUE(agrees("share of time without", starved_shares(3), empty_share(3)));
}

// The defect: the stop propagates at once, as if there were no stock.
TEST(AFurnace, that_forgets_its_stock_is_caught) {
  EXPECT_TRUE(is_caught("share of time without", starved_shares(3), 2.0 / 32));
}

} // namespace
} // namespace lantian::oracles
