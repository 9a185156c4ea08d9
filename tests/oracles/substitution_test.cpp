// A clean alternative that breaks down, against the theory of alternating renewal.

#include "measures/stories.hpp"
#include "measures/substitution.hpp"
#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lantian::oracles {
namespace {

//! Share of the time in which rail takes the freight, from its renewal at the works on; the first
//! year, which is not yet stationary, is left out.
std::vector<double> availability(double repair_days) {
  std::vector<double> shares;
  for (std::uint32_t r = 0; r < 200; ++r) {
    Inventory town;
    town.source("lorries").raw("NOx", 1);
    town.source("rail").idle().makes(730).raw("NOx", 0.1);
    town.measure<Substitution>("clean", [=](Substitution& plan, const Scenario& all) {
      plan.from = source_of(all, "lorries");
      plan.to = source_of(all, "rail");
      plan.share = fixed(1);
      plan.breakdowns =
          Substitution::Breakdowns{exponential_days(30), exponential_days(repair_days), kNone};
    });
    town.horizon(date(2025, 1, 1), date(2045, 1, 1));
    Replay replay(town.scenario(), {.seed = seed(), .replication = r}, spawn_measures);
    double rail = 0;
    for (std::size_t year = 1; year < 20; ++year)
      rail += replay.of("rail", "NOx", year) / (365 * 0.1);
    shares.push_back(rail / 19);
  }
  return shares;
}

// Alternating renewal: MTBF/(MTBF + MTTR) = 30/36.
TEST(ASubstitute, is_available_as_a_renewal_process) {
  EXPECT_TRUE(agrees("share of time", availability(6), 30.0 / 36));
}

TEST(ASubstitute, with_repairs_that_are_a_fifth_too_short_is_caught) {
  EXPECT_TRUE(is_caught("share of time", availability(4.8), 30.0 / 36));
}

} // namespace
} // namespace lantian::oracles
