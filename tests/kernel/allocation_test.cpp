// In its steady state a simulation allocates nothing: here every allocation of the program is
// counted.

#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"
#include "sanitized.hpp"

#if !defined(LANTIAN_SANITIZED)

namespace {
long allocations = 0;

void* counted(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* const memory =
      std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  return memory != nullptr ? memory : throw std::bad_alloc();
}
} // namespace

// GCC 12 takes the pair for mismatched where it inlines only one of the two.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
void* operator new(std::size_t size) {
  return counted(size, 16);
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}
#pragma GCC diagnostic pop

namespace lantian::testing {
namespace {

struct Yard {
  Simulation simulation{Time{}};
  ResourcePool pool{simulation, {{.id = "crews", .capacity = 3.0}}};
  Signal alert;
};

Task<int> work(Yard& yard, Duration duration) {
  co_await yard.simulation.after(duration);
  co_return 1;
}

Process visit(Yard& yard) {
  co_await yard.simulation.after(Duration(3));
}

Process labour(Yard& yard, Duration pace) {
  for (;;) {
    Request request = yard.pool.request(Need{0, 1.0});
    Timer patience = yard.simulation.after(Duration(40));
    const std::size_t which = co_await first_of(request, patience, yard.alert.wait());
    if (which == 0) {
      const Grant crew = request.take();
      co_await work(yard, pace);
    }
    const ProcessHandle visitor = yard.simulation.spawn("visitor", 1, visit(yard));
    co_await visitor.done();
    if (yard.simulation.now().time_since_epoch().count() % 7 == 0) {
      yard.alert.raise();
    }
  }
}

TEST(TheSteadyState, allocates_nothing) {
  Yard yard;
  for (int i = 1; i <= 20; ++i) {
    yard.simulation.spawn("labour", static_cast<EntityIndex>(i), labour(yard, Duration(i)));
  }
  yard.simulation.run_until(Time(Duration(5'000)));
  const long before = allocations;
  const std::uint64_t events = yard.simulation.events();
  yard.simulation.run_until(Time(Duration(50'000)));
  EXPECT_EQ(allocations, before);
  EXPECT_GT(yard.simulation.events() - events, 50'000U);
}

Process wait_once(Simulation& simulation) {
  co_await simulation.after(Duration(1));
}

// Forty processes at a time come and go: the slots of events that have happened are used again.
TEST(TheSteadyState, of_waves_that_ebb_away_allocates_nothing) {
  Simulation simulation{Time{}};
  long before = 0;
  for (int wave = 0; wave < 100; ++wave) {
    before = wave == 2 ? allocations : before;
    for (int i = 0; i < 40; ++i) {
      simulation.spawn("one", 1, wait_once(simulation));
    }
    simulation.run_until(simulation.now() + Duration(2));
  }
  EXPECT_EQ(allocations, before);
}

} // namespace
} // namespace lantian::testing

#else

TEST(TheSteadyState, allocates_nothing) {
  GTEST_SKIP() << "the sanitizers replace the allocator, whose calls are counted here";
}

#endif
