// Queues with a known stationary state: M/M/1 and M/M/c, against Pollaczek-Khinchine and Erlang,
// each with a defect that the same statistic is shown to catch. Times are in units of the mean
// service, 10,000 s, so that whole seconds round them by 5e-5.

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"
#include "kernel/z_test.hpp"

namespace lantian::testing {
namespace {

constexpr double kService = 10'000.0; // [s]
constexpr std::uint32_t kReplications = 120;
constexpr Time kStart{};
constexpr Time kWarm = kStart + Duration(static_cast<long>(200 * kService));
constexpr Time kEnd = kStart + Duration(static_cast<long>(1700 * kService));

struct Rates {
  double arrival; // per mean service
  double service;
  double servers;
};

enum class Discipline { first_come, last_come };

//! A queue of one kind and what its customers waited, in mean services.
struct Queue {
  Queue(std::uint32_t replication, Rates rates)
      : pool(simulation, {{.id = "server", .capacity = rates.servers}}),
        gaps(replication, "gap", Distribution::exponential(kService / rates.arrival)),
        services(replication, "service", Distribution::exponential(kService / rates.service)) {}

  void record(Time arrived) {
    if (arrived >= kWarm) {
      const double wait = static_cast<double>((simulation.now() - arrived).count()) / kService;
      ++served;
      waited += wait;
      waited_squared += wait * wait;
    }
  }

  Simulation simulation{kStart};
  ResourcePool pool;
  Draws gaps;
  Draws services;
  double served = 0.0;
  double waited = 0.0;
  double waited_squared = 0.0;
  bool is_busy = false;               // of the defective server, with
  std::vector<Signal*> last_one_next; // those who wait for it
};

Process customer(Queue& queue, std::uint32_t k) {
  const Time arrived = queue.simulation.now();
  Request request = queue.pool.request(Need{0, 1.0});
  const Grant server = co_await request;
  queue.record(arrived);
  co_await queue.simulation.after(queue.services.duration(k));
}

Process customer_of_a_stack(Queue& queue, std::uint32_t k) {
  const Time arrived = queue.simulation.now();
  Signal turn;
  if (queue.is_busy) {
    queue.last_one_next.push_back(&turn);
    co_await turn.wait();
  }
  queue.is_busy = true;
  queue.record(arrived);
  co_await queue.simulation.after(queue.services.duration(k));
  queue.is_busy = !queue.last_one_next.empty();
  if (queue.is_busy) {
    queue.last_one_next.back()->raise();
    queue.last_one_next.pop_back();
  }
}

Process arrivals(Queue& queue, Discipline discipline) {
  for (std::uint32_t k = 0;; ++k) {
    co_await queue.simulation.after(queue.gaps.duration(k));
    queue.simulation.spawn("customer", k,
                           discipline == Discipline::first_come ? customer(queue, k)
                                                                : customer_of_a_stack(queue, k));
  }
}

struct Waits {
  std::vector<double> mean;
  std::vector<double> mean_square;
};

Waits simulate(Rates rates, Discipline discipline = Discipline::first_come) {
  Waits waits;
  for (std::uint32_t replication = 0; replication < kReplications; ++replication) {
    Queue queue(replication, rates);
    queue.simulation.spawn("arrivals", kLastEntity, arrivals(queue, discipline));
    queue.simulation.run_until(kEnd);
    waits.mean.push_back(queue.waited / queue.served);
    waits.mean_square.push_back(queue.waited_squared / queue.served);
  }
  return waits;
}

// At half load: E W = rho / (mu - lambda) = 1, E W^2 = 2 rho / (mu - lambda)^2 = 4.
TEST(AnMM1Queue, waits_as_theory_says) {
  const Waits waits = simulate({.arrival = 0.5, .service = 1.0, .servers = 1.0});
  EXPECT_LT(std::abs(z_score(waits.mean, 1.0)), kAccepted);
  EXPECT_LT(std::abs(z_score(waits.mean_square, 4.0)), kAccepted);
}

TEST(AnMM1Queue, with_a_service_rate_that_is_10_percent_wrong_is_caught) {
  const Waits waits = simulate({.arrival = 0.5, .service = 1.1, .servers = 1.0});
  EXPECT_GT(std::abs(z_score(waits.mean, 1.0)), kCaught);
}

// Last come, first served leaves the mean as it is, but doubles E W^2: it is 4 / (1 - rho) = 8.
TEST(AnMM1Queue, that_serves_the_last_first_is_caught) {
  const Waits waits =
      simulate({.arrival = 0.5, .service = 1.0, .servers = 1.0}, Discipline::last_come);
  EXPECT_LT(std::abs(z_score(waits.mean, 1.0)), kAccepted);
  EXPECT_GT(std::abs(z_score(waits.mean_square, 4.0)), kCaught);
  EXPECT_LT(std::abs(z_score(waits.mean_square, 8.0)), kAccepted);
}

// Three servers and an offered load of 2: Erlang's C is 4/9, so E W = C / (3 - 2) = 4/9.
TEST(AnMMcQueue, waits_as_erlang_says) {
  const Waits waits = simulate({.arrival = 2.0, .service = 1.0, .servers = 3.0});
  EXPECT_LT(std::abs(z_score(waits.mean, 4.0 / 9.0)), kAccepted);
}

TEST(AnMMcQueue, with_a_server_too_many_is_caught) {
  const Waits waits = simulate({.arrival = 2.0, .service = 1.0, .servers = 4.0});
  EXPECT_GT(std::abs(z_score(waits.mean, 4.0 / 9.0)), kCaught);
}

} // namespace
} // namespace lantian::testing
