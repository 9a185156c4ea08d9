// The parts of an event: the pending-event set alone, a uniform number, a quantile.

#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

#include "kernel/distribution.hpp"
#include "kernel/pending_events.hpp"
#include "kernel/random.hpp"

namespace lantian {
namespace {

struct Nothing final : Event {
  void fire() override {}
};

// Takes the next event and schedules it again after an exponential time.
void hold(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<Duration> delays;
  for (std::uint32_t k = 0; k < (1U << 16); ++k) {
    delays.push_back(whole_seconds(-1e6 * std::log(RandomSource(1, 0).uniform(1, k))));
  }
  const auto events = std::make_unique<Nothing[]>(count);
  PendingEvents pending;
  std::size_t k = 0;
  for (std::size_t i = 0; i < count; ++i) {
    pending.push(events[i], Time(delays[k++ % delays.size()]), Priority::normal, 0);
  }
  for (auto _ : state) {
    const Time now = pending.next_time();
    pending.push(pending.pop(), now + delays[k++ % delays.size()], Priority::normal, 0);
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(hold)->Arg(100)->Arg(10'000)->Arg(1'000'000);

void uniform(benchmark::State& state) {
  const RandomSource random(1, 0);
  std::uint32_t k = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(random.uniform(7, k++));
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(uniform);

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
