// PHOLD: jobs hold at a place for an exponential time, then move to another place at random, for
// ever. The number of pending events is the number of jobs. phold_simpy.py is the same model.

#include <cmath>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "kernel/random.hpp"
#include "kernel/simulation.hpp"

namespace lantian {
namespace {

constexpr double kMeanHold = 1e6; // [s]

struct Town {
  explicit Town(std::size_t places) : visits(places) {}

  RandomSource random{1, 0};
  Simulation simulation{Time{}};
  std::vector<std::int64_t> visits;
};

Process job(Town& town, std::uint32_t id) {
  const auto places = static_cast<double>(town.visits.size());
  for (std::uint32_t k = 0;; k += 2) {
    const double hold = -kMeanHold * std::log(town.random.uniform(id, k));
    co_await town.simulation.after(whole_seconds(hold));
    ++town.visits[static_cast<std::size_t>(places * town.random.uniform(id, k + 1))];
  }
}

// Each iteration runs a hundredth of the mean hold, after each job has held twice or so.
void phold(benchmark::State& state) {
  Town town(static_cast<std::size_t>(state.range(0)));
  for (std::uint32_t id = 0; id < state.range(0); ++id) {
    town.simulation.spawn("job", id, job(town, id));
  }
  const Duration step = whole_seconds(kMeanHold / 100.0);
  town.simulation.run_until(town.simulation.now() + 200 * step);
  const std::uint64_t before = town.simulation.events();
  for (auto _ : state) {
    town.simulation.run_until(town.simulation.now() + step);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(town.simulation.events() - before));
}

BENCHMARK(phold)->Arg(100)->Arg(10'000)->Arg(1'000'000)->MinTime(2.0);

} // namespace
} // namespace lantian
