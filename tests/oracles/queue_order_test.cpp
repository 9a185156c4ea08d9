// Queues of which one follows the other, and one with two priorities, against Jackson and Cobham.
// Times are in units of 10,000 s.

#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"
#include "oracles/oracle.hpp"
#include "oracles/queue_times.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace lantian::oracles {
namespace {

constexpr double kArrival = 0.5; // [per unit]

//! Two stations, and the customers at each.
struct Line {
  explicit Line(std::uint32_t replication)
      : pool(simulation, {{.id = "first", .capacity = 1.0}, {.id = "second", .capacity = 2.0}}),
        gaps(replication, "gap", Distribution::exponential(kUnit / kArrival)),
        services{Draws(replication, "first", Distribution::exponential(kUnit)),
                 Draws(replication, "second", Distribution::exponential(1.5 * kUnit))} {}

  void change(ResourceIndex station, double by) {
    const Time now = simulation.now();
    if (now > kWarm) {
      const double elapsed = static_cast<double>((now - std::max(changed, kWarm)).count()) / kUnit;
      second_area += present[1] * elapsed;
      product_area += present[0] * present[1] * elapsed;
    }
    changed = now;
    present[station] += by;
  }

  Simulation simulation{Time{}};
  ResourcePool pool;
  Draws gaps;
  std::array<Draws, 2> services;
  std::array<double, 2> present{};
  double second_area = 0.0;  // [customers x unit]
  double product_area = 0.0; // [customers^2 x unit]
  Time changed = Time{};
};

Process pass_through(Line& line, std::uint32_t k) {
  for (const ResourceIndex station : {ResourceIndex{0}, ResourceIndex{1}}) {
    line.change(station, +1);
    Request request = line.pool.request(Need{station, 1.0});
    const Grant server = co_await request;
    co_await line.simulation.after(line.services[station].duration(k));
    line.change(station, -1);
  }
}

Process arrivals(Line& line) {
  for (std::uint32_t k = 0;; ++k) {
    co_await line.simulation.after(line.gaps.duration(k));
    line.simulation.spawn("customer", k, pass_through(line, k));
  }
}

// What leaves an M/M/1 queue is Poisson again, so the second station is M/M/2 with an offered load
// a = 0.75: C = 0.45 / (1.75 + 0.45), E N = a + C a / (2 - a) = 0.872727. The first has E N = 1,
// and at any instant the two are independent: E N1 N2 is the product.
TEST(ATandemOfQueues, has_the_product_form_of_jackson) {
  std::vector<double> at_second;
  std::vector<double> product;
  for (std::uint32_t replication = 0; replication < kQueues; ++replication) {
    Line line(replication);
    line.simulation.spawn("arrivals", kLastEntity, arrivals(line));
    line.simulation.run_until(kEnd);
    line.change(0, 0.0);
    at_second.push_back(line.second_area / kLength);
    product.push_back(line.product_area / kLength);
  }
  const double erlang_c = 0.45 / 2.2;
  const double expected = 0.75 + erlang_c * 0.75 / 1.25;
  EXPECT_TRUE(agrees("customers at the second station", at_second, expected));
  EXPECT_TRUE(agrees("product of the customers at both", product, 1.0 * expected));
}

//! One server; every other customer is served before those who are not urgent.
struct Counter {
  explicit Counter(std::uint32_t replication)
      : pool(simulation, {{.id = "server", .capacity = 1.0}}),
        gaps(replication, "gap", Distribution::exponential(kUnit / kArrival)),
        services(replication, "service", Distribution::exponential(kUnit)),
        urgency(replication, "urgency", Distribution::uniform(0.0, 1.0)) {}

  Simulation simulation{Time{}};
  ResourcePool pool;
  Draws gaps;
  Draws services;
  Draws urgency;
  std::array<double, 2> served{};
  std::array<double, 2> waited{}; // [units]
};

Process be_served(Counter& counter, std::uint32_t k) {
  const bool is_urgent = counter.urgency.value(k) < 0.5;
  const Time arrived = counter.simulation.now();
  Request request =
      counter.pool.request(Need{0, 1.0}, is_urgent ? Priority::resumed : Priority::normal);
  const Grant server = co_await request;
  if (counter.simulation.now() >= kWarm) {
    const std::size_t group = is_urgent ? 0 : 1;
    ++counter.served[group];
    counter.waited[group] +=
        static_cast<double>((counter.simulation.now() - arrived).count()) / kUnit;
  }
  co_await counter.simulation.after(counter.services.duration(k));
}

Process arrivals(Counter& counter) {
  for (std::uint32_t k = 0;; ++k) {
    co_await counter.simulation.after(counter.gaps.duration(k));
    counter.simulation.spawn("customer", k, be_served(counter, k));
  }
}

// R = lambda E S^2 / 2 = 0.5 is left of the service under way; the urgent, of load 1/4, wait R / (1
// - 1/4) = 2/3, the others R / ((1 - 1/4) (1 - 1/2)) = 4/3.
TEST(AQueueWithPriorities, lets_each_class_wait_as_cobham_says) {
  const std::array expected{2.0 / 3.0, 4.0 / 3.0};
  std::array<std::vector<double>, 2> excess;
  for (std::uint32_t replication = 0; replication < kQueues; ++replication) {
    Counter counter(replication);
    counter.simulation.spawn("arrivals", kLastEntity, arrivals(counter));
    counter.simulation.run_until(kEnd);
    for (std::size_t group = 0; group < 2; ++group) {
      excess[group].push_back(expected[group] +
                              (counter.waited[group] - expected[group] * counter.served[group]) /
                                  (kArrival / 2.0 * kLength));
    }
  }
  EXPECT_TRUE(agrees("mean wait of the urgent", excess[0], expected[0]));
  EXPECT_TRUE(agrees("mean wait of the others", excess[1], expected[1]));
}

} // namespace
} // namespace lantian::oracles
