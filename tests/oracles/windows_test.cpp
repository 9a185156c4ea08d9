// The share of rolling windows above a limit, against the law of the time that a telegraph process
// spends in a state (L. Takacs, "On certain sojourn time problems in the theory of stochastic
// processes", Acta Mathematica Academiae Scientiarum Hungaricae 8 (1957), 169-191).

#include "oracles/oracle.hpp"
#include "oracles/telegraph.hpp"
#include "world/small_world.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace lantian::oracles {
namespace {

constexpr double kWindow = 7; // [d]

//! Share of the windows of 2026 to 2029 that hold more than `limit` kg, of which a kiln emits one
//! in each day on which its filter is down. In 2026 nothing remembers the start of 2025.
std::vector<double> shares_above(double limit) {
  Inventory town;
  town.horizon(date(2025, 1, 1), date(2028, 1, 1)).interval(Interval::year);
  town.control("filter").removes("SO2", 1).fails(exponential_days(kFilter.up),
                                                 exponential_days(kFilter.down), OnFailure::bypass);
  town.source("kiln").makes(365).raw("SO2", 1).control("filter");
  const Scenario scenario = town.scenario();
  RollingWindow window;
  window.sources = {0};
  window.pollutant = *scenario.pollutants.find("SO2");
  window.from = date(2026, 1, 1);
  window.to = scenario.end;
  window.length = days(kWindow);
  window.limit = limit;
  std::vector<double> shares;
  for (std::uint32_t r = 0; r < 400; ++r) {
    Replay replay(scenario, {.seed = seed(), .replication = r}, nullptr, {window});
    shares.push_back(replay.books().windows[0].exceeding);
  }
  return shares;
}

//! P(more than x days of the window are down). Up at its beginning: when the filter has been up for
//! w - x days, it has failed a Poisson number N of times, and these N repairs took at most x if the
//! window does not exceed. Down at its beginning there is one repair more.
double probability_above(double x) {
  const double mean = (kWindow - x) / kFilter.up;
  const auto repairs_within = [x](int n) {
    return n == 0 ? 1.0 : boost::math::gamma_p(n, x / kFilter.down);
  };
  double not_above = 0;
  double poisson = std::exp(-mean);
  for (int n = 0; n < 60; ++n) {
    not_above += poisson * ((1 - kFilter.share_down()) * repairs_within(n) +
                            kFilter.share_down() * repairs_within(n + 1));
    poisson *= mean / (n + 1);
  }
  return 1 - not_above;
}

TEST(RollingWindows, exceed_as_takacs_says_of_a_telegraph_process) {
  for (const double limit : {1.0, 3.0, 6.0}) {
    EXPECT_TRUE(agrees("share above " + std::to_string(static_cast<int>(limit)),
                       shares_above(limit), probability_above(limit)));
  }
}

TEST(RollingWindows, of_half_a_day_more_are_caught) {
  EXPECT_TRUE(is_caught("share above 3", shares_above(3), probability_above(2.5)));
}

} // namespace
} // namespace lantian::oracles
