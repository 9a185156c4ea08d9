// A small PERT network whose length has a known distribution: a permit, then two works side by
// side, then an inspection when both are done.

#include "kernel/simulation.hpp"
#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace lantian::oracles {
namespace {

constexpr double kDay = 86'400.0;
constexpr std::uint32_t kNetworks = 20'000;

enum class Join { both, either };

struct Network {
  explicit Network(std::uint32_t replication)
      : permits(replication, "permit", Distribution::pert(10 * kDay, 20 * kDay, 60 * kDay)),
        civil(replication, "civil", Distribution::exponential(100 * kDay)),
        electric(replication, "electric", Distribution::exponential(50 * kDay)) {}

  Simulation simulation{Time{}};
  Draws permits;
  Draws civil;
  Draws electric;
  double works_days = 0.0;
  double length_days = 0.0;
};

double days_since(const Network& network, Time then) {
  return static_cast<double>((network.simulation.now() - then).count()) / kDay;
}

Process works(Network& network, const Draws& duration) {
  co_await network.simulation.after(duration.duration(0));
}

Process project(Network& network, Join join) {
  co_await network.simulation.after(network.permits.duration(0));
  const Time began = network.simulation.now();
  const ProcessHandle civil = network.simulation.spawn("civil", 1, works(network, network.civil));
  const ProcessHandle electric =
      network.simulation.spawn("electric", 2, works(network, network.electric));
  if (join == Join::both) {
    co_await civil.done();
    co_await electric.done();
  } else {
    co_await first_of(civil.done(), electric.done());
  }
  network.works_days = days_since(network, began);
  co_await network.simulation.after(std::chrono::days(30));
  network.length_days = days_since(network, Time{});
}

struct Results {
  std::vector<double> length;
  std::int64_t within_150 = 0;
};

Results simulate(Join join) {
  Results results;
  for (std::uint32_t replication = 0; replication < kNetworks; ++replication) {
    Network network(replication);
    network.simulation.spawn("project", 0, project(network, join));
    network.simulation.run_until(kNever);
    results.length.push_back(network.length_days);
    results.within_150 += network.works_days <= 150.0 ? 1 : 0;
  }
  return results;
}

// Mean: permit (10 + 80 + 60) / 6 = 25, works 100 + 50 - 1 / (1/100 + 1/50) = 116 2/3, then 30
// days.
constexpr double kMeanLength = 25.0 + 150.0 - 100.0 / 3.0 + 30.0;

TEST(APertNetwork, is_as_long_as_theory_says) {
  const Results results = simulate(Join::both);
  EXPECT_TRUE(agrees("length", results.length, kMeanLength));
  const double both_within_150 = -std::expm1(-1.5) * -std::expm1(-3.0);
  EXPECT_TRUE(
      agrees("works within 150 days", Count{results.within_150, kNetworks}, both_within_150));
}

TEST(APertNetwork, that_goes_on_when_either_work_is_done_is_caught) {
  EXPECT_TRUE(is_caught("length", simulate(Join::either).length, kMeanLength));
}

} // namespace
} // namespace lantian::oracles
