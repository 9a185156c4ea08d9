// Machine repair: machines run, break, queue for one of the crews and are repaired. Two thirds of
// the events are timers, one third are grants of a queue.

#include <cstdint>

#include <benchmark/benchmark.h>

#include "kernel/distribution.hpp"
#include "kernel/random.hpp"
#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"

namespace lantian {
namespace {

struct Shop {
  explicit Shop(std::int64_t machines)
      : pool(simulation, {{.id = "crews", .capacity = static_cast<double>(machines) / 10.0}}) {}

  RandomSource random{1, 0};
  Simulation simulation{Time{}};
  ResourcePool pool;
  Distribution life = Distribution::exponential(1e6); // [s]
  Distribution repair = Distribution::lognormal(1e5, 1.0);
};

Process machine(Shop& shop, std::uint32_t id) {
  for (std::uint32_t k = 0;; k += 2) {
    co_await shop.simulation.after(whole_seconds(shop.life.quantile(shop.random.uniform(id, k))));
    Request request = shop.pool.request(Need{0, 1.0});
    const Grant crew = co_await request;
    const double repair = shop.repair.quantile(shop.random.uniform(id, k + 1));
    co_await shop.simulation.after(whole_seconds(repair));
  }
}

void machine_repair(benchmark::State& state) {
  Shop shop(state.range(0));
  for (std::uint32_t id = 0; id < state.range(0); ++id) {
    shop.simulation.spawn("machine", id, machine(shop, id));
  }
  const Duration step(10'000);
  shop.simulation.run_until(shop.simulation.now() + 500 * step);
  const std::uint64_t before = shop.simulation.events();
  for (auto _ : state) {
    shop.simulation.run_until(shop.simulation.now() + step);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(shop.simulation.events() - before));
}

BENCHMARK(machine_repair)->Arg(10'000)->MinTime(1.0);

} // namespace
} // namespace lantian
