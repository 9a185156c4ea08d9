// PHOLD: jobs hold at a place for an exponential time, then move to another place at random, for
// ever. The number of pending events is the number of jobs; an event is the end of a hold.

#include <cstdint>
#include <functional>
#include <numeric>
#include <queue>
#include <vector>

#include "kernel/simulation.hpp"
#include "models.hpp"

namespace lantian {
namespace {

constexpr double kMeanHold = 1e6; // [s]
constexpr Duration kWarmUp(2'000'000);
constexpr Duration kStep(10'000);

class Visits {
public:
  explicit Visits(std::uint32_t places) : counts_(places) {}

  void add(double u) {
    ++counts_[static_cast<std::size_t>(static_cast<double>(counts_.size()) * u)];
  }
  std::int64_t sum() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::int64_t{});
  }
  const std::vector<std::int64_t>& counts() const { return counts_; }

private:
  std::vector<std::int64_t> counts_;
};

// By the kernel's public interface: a coroutine a job.
template <class Draws> class Town {
public:
  explicit Town(std::uint32_t jobs) : visits_(jobs) {
    for (std::uint32_t id = 0; id < jobs; ++id) {
      simulation_.spawn("job", id, job(*this, id));
    }
  }
  void run_until(Time end) { simulation_.run_until(end); }
  std::int64_t events() const { return visits_.sum(); }
  const std::vector<std::int64_t>& history() const { return visits_.counts(); }

private:
  static Process job(Town& town, std::uint32_t id) {
    for (std::uint32_t k = 0;; k += 2) {
      co_await town.simulation_.after(exponential(kMeanHold, town.draws_.uniform(id, k)));
      town.visits_.add(town.draws_.uniform(id, k + 1));
    }
  }

  Draws draws_;
  Simulation simulation_{Time{}};
  Visits visits_;
};

// The same as a loop around a std::priority_queue, without processes.
template <class Draws> class BareTown {
public:
  explicit BareTown(std::uint32_t jobs) : next_draw_(jobs), visits_(jobs) {
    for (std::uint32_t id = 0; id < jobs; ++id) {
      hold(id, 0);
    }
  }
  void run_until(Time end) {
    while (pending_.top().time < end.time_since_epoch().count()) {
      const auto [now, id] = pending_.top();
      pending_.pop();
      visits_.add(draws_.uniform(id, next_draw_[id]++));
      hold(id, now);
    }
  }
  std::int64_t events() const { return visits_.sum(); }
  const std::vector<std::int64_t>& history() const { return visits_.counts(); }

private:
  void hold(std::uint32_t id, std::int64_t now) {
    const Duration hold = exponential(kMeanHold, draws_.uniform(id, next_draw_[id]++));
    pending_.push({now + hold.count(), id});
  }

  Draws draws_;
  std::priority_queue<BareEvent, std::vector<BareEvent>, std::greater<>> pending_;
  std::vector<std::uint32_t> next_draw_;
  Visits visits_;
};

template <class Draws> void phold(benchmark::State& state) {
  require_same_history<Town<Draws>, BareTown<Draws>>(state, kWarmUp);
  time_model<Town<Draws>>(state, kWarmUp, kStep);
}

template <class Draws> void phold_bare(benchmark::State& state) {
  time_model<BareTown<Draws>>(state, kWarmUp, kStep);
}

BENCHMARK(phold<Philox>)->Name("phold/philox")->Arg(100)->Arg(10'000);
BENCHMARK(phold<SplitMix>)->Name("phold/splitmix")->Arg(100)->Arg(10'000);
BENCHMARK(phold_bare<Philox>)->Name("phold_bare/philox")->Arg(100)->Arg(10'000);
BENCHMARK(phold_bare<SplitMix>)->Name("phold_bare/splitmix")->Arg(100)->Arg(10'000);

} // namespace
} // namespace lantian
