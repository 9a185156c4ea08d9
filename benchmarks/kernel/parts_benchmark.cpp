// The parts of an event: a uniform number, a quantile, and the floor below which no kernel gets.

#include <cstdint>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

#include "kernel/distribution.hpp"
#include "models.hpp"

namespace lantian {
namespace {

void uniform(benchmark::State& state) {
  const RandomSource random(1, 0);
  std::uint32_t k = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(random.uniform(7, k++));
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(uniform);

// One exponential draw and one append, to what has no order.
template <class Draws> void draw_and_append(benchmark::State& state) {
  constexpr std::uint32_t kProcesses = 10'000;
  const Draws draws;
  std::vector<BareEvent> events;
  events.reserve(kProcesses);
  std::uint32_t k = 0;
  for (auto _ : state) {
    if (events.size() == kProcesses) {
      events.clear();
      ++k;
    }
    const auto id = static_cast<std::uint32_t>(events.size());
    events.push_back({exponential(1e6, draws.uniform(id, k)).count(), id});
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(draw_and_append<Philox>)->Name("floor/philox");
BENCHMARK(draw_and_append<SplitMix>)->Name("floor/splitmix");

void quantile(benchmark::State& state, const Distribution& distribution) {
  double u = 0.0;
  for (auto _ : state) {
    u = u < 0.9 ? u + 0.0123 : 0.0456;
    benchmark::DoNotOptimize(distribution.quantile(u));
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(quantile, pert, Distribution::pert(1.0, 2.0, 5.0));
BENCHMARK_CAPTURE(quantile, lognormal, Distribution::lognormal(1.0, 0.5));
BENCHMARK_CAPTURE(quantile, weibull, Distribution::weibull(1.5, 2.0));
BENCHMARK_CAPTURE(quantile, triangular, Distribution::triangular(1.0, 2.0, 5.0));

void make_pert(benchmark::State& state) {
  double mode = 1.0;
  for (auto _ : state) {
    mode = mode < 4.9 ? mode + 0.01 : 1.0;
    benchmark::DoNotOptimize(Distribution::pert(1.0, mode, 5.0));
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(make_pert);

} // namespace
} // namespace lantian
