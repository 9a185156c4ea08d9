// Queues with a known stationary state: M/M/1, M/M/c and M/G/1, against Pollaczek-Khinchine and
// Erlang, each with a defect that the same statistic is shown to catch. Times are in units of the
// mean service, 10,000 s, so that whole seconds round them by 5e-5.

#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"
#include "oracles/oracle.hpp"
#include "oracles/queue_times.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lantian::oracles {
namespace {

struct QueuePlan {
  double arrival; // per mean service
  Distribution service = Distribution::exponential(1.0);
  double servers = 1.0;
};

enum class Discipline { first_come, last_come };

//! A queue of one kind and what its customers waited, in mean services.
struct Queue {
  Queue(std::uint32_t replication, const QueuePlan& plan)
      : pool(simulation, {{.id = "server", .capacity = plan.servers}}),
        gaps(replication, "gap", Distribution::exponential(kUnit / plan.arrival)),
        services(replication, "service", plan.service.scaled(kUnit)) {}

  void record(Time arrived) {
    if (simulation.now() >= kWarm) {
      const double wait = static_cast<double>((simulation.now() - arrived).count()) / kUnit;
      ++served;
      waited += wait;
      waited_squared += wait * wait;
    }
  }

  Simulation simulation{Time{}};
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

//! Sums over those whose service began in the time that is looked at.
struct Waits {
  //! The mean over customers by replication. A ratio of sums has a bias; what exceeds the expected
  //! mean, over the expected number, has none.
  std::vector<double> mean(double expected) const { return means(waited, expected); }
  std::vector<double> mean_square(double expected) const { return means(waited_squared, expected); }

  double arrival;
  std::vector<double> served{};
  std::vector<double> waited{};
  std::vector<double> waited_squared{};

private:
  std::vector<double> means(const std::vector<double>& sums, double expected) const {
    std::vector<double> means;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      means.push_back(expected + (sums[i] - expected * served[i]) / (arrival * kLength));
    }
    return means;
  }
};

Waits simulate(const QueuePlan& plan, Discipline discipline = Discipline::first_come) {
  Waits waits{plan.arrival};
  for (std::uint32_t replication = 0; replication < kQueues; ++replication) {
    Queue queue(replication, plan);
    queue.simulation.spawn("arrivals", kLastEntity, arrivals(queue, discipline));
    queue.simulation.run_until(kEnd);
    waits.served.push_back(queue.served);
    waits.waited.push_back(queue.waited);
    waits.waited_squared.push_back(queue.waited_squared);
  }
  return waits;
}

// At half load: E W = rho / (mu - lambda) = 1, E W^2 = 2 rho / (mu - lambda)^2 = 4.
TEST(AnMM1Queue, waits_as_theory_says) {
  const Waits waits = simulate({.arrival = 0.5});
  EXPECT_TRUE(agrees("mean wait", waits.mean(1.0), 1.0));
  EXPECT_TRUE(agrees("mean square of waits", waits.mean_square(4.0), 4.0));
}

TEST(AnMM1Queue, with_a_service_rate_that_is_10_percent_wrong_is_caught) {
  const Waits waits = simulate({.arrival = 0.5, .service = Distribution::exponential(1 / 1.1)});
  EXPECT_TRUE(is_caught("mean wait", waits.mean(1.0), 1.0));
}

// Last come, first served leaves the mean as it is, but doubles E W^2: it is 4 / (1 - rho) = 8.
TEST(AnMM1Queue, that_serves_the_last_first_is_caught) {
  const Waits waits = simulate({.arrival = 0.5}, Discipline::last_come);
  EXPECT_TRUE(is_caught("mean square of waits", waits.mean_square(4.0), 4.0));
}

// Three servers and an offered load of 2: Erlang's C is 4/9, so E W = C / (3 - 2) = 4/9.
TEST(AnMMcQueue, waits_as_erlang_says) {
  const Waits waits = simulate({.arrival = 2.0, .servers = 3.0});
  EXPECT_TRUE(agrees("mean wait", waits.mean(4.0 / 9.0), 4.0 / 9.0));
}

TEST(AnMMcQueue, with_a_server_too_many_is_caught) {
  const Waits waits = simulate({.arrival = 2.0, .servers = 4.0});
  EXPECT_TRUE(is_caught("mean wait", waits.mean(4.0 / 9.0), 4.0 / 9.0));
}

// E W = lambda E S^2 / (2 (1 - rho)): with lognormal services of cv 1, E S^2 = 2, so 1 at half
// load; with constant ones half of that.
TEST(AnMG1Queue, waits_as_pollaczek_and_khinchine_say) {
  const Waits varied = simulate({.arrival = 0.5, .service = Distribution::lognormal(1.0, 1.0)});
  EXPECT_TRUE(agrees("mean wait for lognormal services", varied.mean(1.0), 1.0));
  const Waits constant = simulate({.arrival = 0.5, .service = Distribution::constant(1.0)});
  EXPECT_TRUE(agrees("mean wait for constant services", constant.mean(0.5), 0.5));
}

} // namespace
} // namespace lantian::oracles
