// The set of pending events alone: takes the next event and schedules it again after an exponential
// time, beside other sets that could do the same.

#include <cstdint>
#include <memory>
#include <vector>

#include "models.hpp"
#include "pending_sets.hpp"

namespace lantian {
namespace {

struct Nothing final : Event {
  void fire() override {}
};

class Delays {
public:
  Delays() {
    for (std::uint32_t k = 0; k < kCount; ++k) {
      delays_.push_back(exponential(1e6, Philox().uniform(1, k)));
    }
  }
  Duration next() { return delays_[k_++ % kCount]; }

private:
  static constexpr std::size_t kCount = 1U << 16;
  std::vector<Duration> delays_;
  std::size_t k_ = 0;
};

// The kernel's.
class Tournament {
public:
  void push(Event& event, std::int64_t time) {
    pending_.push(event, Time(Duration(time)), Priority::normal, 0);
  }
  Entry pop() {
    const std::int64_t time = pending_.next_time().time_since_epoch().count();
    return {time, 0, &pending_.pop()};
  }

private:
  PendingEvents pending_;
};

template <class Set> class Other {
public:
  void push(Event& event, std::int64_t time) { set_.push({time, sequence_++, &event}); }
  Entry pop() { return set_.pop(); }

private:
  Set set_;
  std::uint64_t sequence_ = 0;
};

template <class Set> class Hold {
public:
  explicit Hold(std::size_t count) : events_(std::make_unique<Nothing[]>(count)) {
    for (std::size_t i = 0; i < count; ++i) {
      pending_.push(events_[i], delays_.next().count());
    }
  }
  // The next event is scheduled anew after some time; returns which one it was. A coarse clock
  // makes ties.
  std::ptrdiff_t step(std::int64_t tick = 1) {
    const Entry next = pending_.pop();
    pending_.push(*next.event, (next.time + delays_.next().count() + tick - 1) / tick * tick);
    return static_cast<Nothing*>(next.event) - events_.get();
  }

private:
  Delays delays_;
  std::unique_ptr<Nothing[]> events_;
  Set pending_;
};

template <class Set> bool is_in_order_of_ties() {
  constexpr std::int64_t kTick = 100'000;
  Hold<Tournament> expected(1'000);
  Hold<Set> hold(1'000);
  for (int i = 0; i < 20'000; ++i) {
    if (hold.step(kTick) != expected.step(kTick)) {
      return false;
    }
  }
  return true;
}

template <class Set> void hold(benchmark::State& state) {
  if (!is_in_order_of_ties<Set>()) {
    state.SkipWithError("not in the order of ties");
  }
  const auto count = static_cast<std::size_t>(state.range(0));
  Hold<Set> hold(count);
  for (std::size_t i = 0; i < 3 * count; ++i) {
    hold.step();
  }
  for (auto _ : state) {
    hold.step();
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(hold<Tournament>)->Name("hold/tournament")->Arg(100)->Arg(10'000)->Arg(1'000'000);
BENCHMARK(hold<Other<BinaryHeap>>)->Name("hold/binary_heap")->Arg(100)->Arg(10'000)->Arg(1'000'000);
BENCHMARK(hold<Other<FourAryHeap>>)->Name("hold/4ary_heap")->Arg(100)->Arg(10'000)->Arg(1'000'000);
BENCHMARK(hold<Other<SortedWindow>>)
    ->Name("hold/sorted_window")
    ->Arg(100)
    ->Arg(10'000)
    ->Arg(1'000'000);
BENCHMARK(hold<Other<LadderQueue>>)
    ->Name("hold/ladder_queue")
    ->Arg(100)
    ->Arg(10'000)
    ->Arg(1'000'000);

} // namespace
} // namespace lantian
