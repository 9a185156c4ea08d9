// Machine repair: machines run, break, queue for one of a few crews and are repaired. Each repair
// counts as two events: the machine breaks, and runs again. That a crew begins is an event of its
// own in this kernel, and in SimPy, but not in the bare loop, so it is not counted. Of the crews,
// nine tenths or so are at work.

#include <cstdint>
#include <deque>
#include <functional>
#include <numeric>
#include <queue>
#include <vector>

#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"
#include "models.hpp"

namespace lantian {
namespace {

constexpr double kMeanLife = 1e6;      // [s]
constexpr double kMeanRepair = 18'000; // [s]
constexpr std::uint32_t kMachinesACrew = 50;
constexpr Duration kWarmUp(5'000'000);
constexpr Duration kStep(100'000);

using Repairs = std::vector<std::int64_t>; // by machine

std::int64_t events_of(const Repairs& repairs) {
  return 2 * std::accumulate(repairs.begin(), repairs.end(), std::int64_t{});
}

// By the kernel's public interface: a coroutine a machine, and a pool of crews.
template <class Draws> class Shop {
public:
  explicit Shop(std::uint32_t machines)
      : pool_(simulation_, {{.id = "crews", .capacity = machines / kMachinesACrew * 1.0}}),
        repairs_(machines) {
    for (std::uint32_t id = 0; id < machines; ++id) {
      simulation_.spawn("machine", id, machine(*this, id));
    }
  }
  void run_until(Time end) { simulation_.run_until(end); }
  std::int64_t events() const { return events_of(repairs_); }
  const Repairs& history() const { return repairs_; }

private:
  static Process machine(Shop& shop, std::uint32_t id) {
    for (std::uint32_t k = 0;; k += 2) {
      co_await shop.simulation_.after(exponential(kMeanLife, shop.draws_.uniform(id, k)));
      Request request = shop.pool_.request(Need{0, 1.0});
      const Grant crew = co_await request;
      co_await shop.simulation_.after(exponential(kMeanRepair, shop.draws_.uniform(id, k + 1)));
      ++shop.repairs_[id];
    }
  }

  Draws draws_;
  Simulation simulation_{Time{}};
  ResourcePool pool_;
  Repairs repairs_;
};

// The same as a loop around a std::priority_queue. A crew begins within the event that frees it.
template <class Draws> class BareShop {
public:
  explicit BareShop(std::uint32_t machines)
      : free_crews_(machines / kMachinesACrew), machines_(machines), repairs_(machines) {
    for (std::uint32_t id = 0; id < machines; ++id) {
      schedule(id, 0, kMeanLife);
    }
  }
  void run_until(Time end) {
    while (pending_.top().time < end.time_since_epoch().count()) {
      const auto [now, id] = pending_.top();
      pending_.pop();
      if (machines_[id].is_in_repair) {
        finish(id, now);
      } else {
        waiting_.push_back(id);
      }
      if (free_crews_ > 0 && !waiting_.empty()) {
        begin(waiting_.front(), now);
        waiting_.pop_front();
      }
    }
  }
  std::int64_t events() const { return events_of(repairs_); }
  const Repairs& history() const { return repairs_; }

private:
  struct Machine {
    std::uint32_t next_draw = 0;
    bool is_in_repair = false;
  };

  void schedule(std::uint32_t id, std::int64_t now, double mean) {
    const Duration delay = exponential(mean, draws_.uniform(id, machines_[id].next_draw++));
    pending_.push({now + delay.count(), id});
  }
  void begin(std::uint32_t id, std::int64_t now) {
    --free_crews_;
    machines_[id].is_in_repair = true;
    schedule(id, now, kMeanRepair);
  }
  void finish(std::uint32_t id, std::int64_t now) {
    ++free_crews_;
    ++repairs_[id];
    machines_[id].is_in_repair = false;
    schedule(id, now, kMeanLife);
  }

  Draws draws_;
  std::priority_queue<BareEvent, std::vector<BareEvent>, std::greater<>> pending_;
  std::deque<std::uint32_t> waiting_;
  std::uint32_t free_crews_;
  std::vector<Machine> machines_;
  Repairs repairs_;
};

template <class Draws> void repair(benchmark::State& state) {
  require_same_history<Shop<Draws>, BareShop<Draws>>(state, kWarmUp);
  time_model<Shop<Draws>>(state, kWarmUp, kStep);
}

template <class Draws> void repair_bare(benchmark::State& state) {
  time_model<BareShop<Draws>>(state, kWarmUp, kStep);
}

BENCHMARK(repair<Philox>)->Name("repair/philox")->Arg(1'000)->Arg(10'000);
BENCHMARK(repair<SplitMix>)->Name("repair/splitmix")->Arg(1'000)->Arg(10'000);
BENCHMARK(repair_bare<Philox>)->Name("repair_bare/philox")->Arg(1'000)->Arg(10'000);
BENCHMARK(repair_bare<SplitMix>)->Name("repair_bare/splitmix")->Arg(1'000)->Arg(10'000);

} // namespace
} // namespace lantian
