// Walks one of the paths of the kernel that a run consists of, for test_instruction_counts.py to
// count its instructions. What the mathematics library would do
// depends on the processor, so nothing here calls it.

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "kernel/distribution.hpp"
#include "kernel/random.hpp"
#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"

#ifdef __clang__
#define LANTIAN_COMPILER "clang++ " __clang_version__
#else
#define LANTIAN_COMPILER "g++ " __VERSION__
#endif

namespace lantian {
namespace {

constexpr std::uint32_t kProcesses = 100;

// Delays of some spread, without a generator of random numbers.
Duration delay(std::uint32_t id, std::uint32_t k) {
  return Duration(1 + (id * 7919 + k * 104729) % 1000);
}

struct Model {
  Simulation simulation{Time{}};
  Signal signal;
  ResourcePool crews{simulation, {{.id = "crews", .capacity = kProcesses / 4.0}}};
  RandomSource random{1, 0};
  Distribution delay = Distribution::triangular(1.0, 400.0, 1000.0);
  std::uint32_t sum = 0;
};

Process timer(Model& model, std::uint32_t id) {
  for (std::uint32_t k = 0;; ++k) {
    co_await model.simulation.after(delay(id, k));
  }
}

// All wait for one signal, which the first one raises.
Process signal(Model& model, std::uint32_t id) {
  while (true) {
    if (id == 0) {
      co_await model.simulation.after(Duration(10));
      model.signal.raise();
    } else {
      co_await model.signal.wait();
    }
  }
}

// The timer ends first, and the wait for a signal, or a later timer, is withdrawn.
Process race(Model& model, std::uint32_t id) {
  for (std::uint32_t k = 0;; ++k) {
    const Duration soon = delay(id, k);
    const std::size_t which =
        co_await first_of(model.simulation.after(soon), model.simulation.after(2 * soon));
    model.sum += static_cast<std::uint32_t>(which);
    co_await first_of(model.simulation.after(soon), model.signal.wait());
  }
}

Process grant(Model& model, std::uint32_t id) {
  for (std::uint32_t k = 0;; ++k) {
    Request request = model.crews.request(Need{0, 1.0});
    const Grant crew = co_await request;
    co_await model.simulation.after(delay(id, k));
  }
}

Process child(Model& model, std::uint32_t id) {
  co_await model.simulation.after(delay(id, 0));
}

Process spawn(Model& model, std::uint32_t id) {
  while (true) {
    ProcessHandle handle = model.simulation.spawn("child", id, child(model, id));
    co_await handle.done();
  }
}

Task<std::uint32_t> step(std::uint32_t k) {
  co_return k + 1;
}

Process task(Model& model, std::uint32_t id) {
  for (std::uint32_t k = 0;; ++k) {
    co_await model.simulation.after(delay(id, k));
    const std::uint32_t value = co_await step(k);
    model.sum += value;
  }
}

Process draw(Model& model, std::uint32_t id) {
  for (std::uint32_t k = 0;; ++k) {
    const double seconds = model.delay.quantile(model.random.uniform(id, k));
    co_await model.simulation.after(whole_seconds(seconds));
  }
}

struct Path {
  const char* name;
  Process (*process)(Model&, std::uint32_t);
};

constexpr std::array kPaths{Path{"timer", timer}, Path{"draw", draw},   Path{"signal", signal},
                            Path{"race", race},   Path{"grant", grant}, Path{"spawn", spawn},
                            Path{"task", task}};

} // namespace

// The instructions counted are those of this function and of all that it calls.
[[gnu::noinline]] void walk(Simulation& simulation, Time end) {
  simulation.run_until(end);
}

// Runs for a while first, so that no memory is asked for any more; tells which compiler made this
// and how many events there are to the instructions.
void count(const Path& path) {
  Model model;
  for (std::uint32_t id = 0; id < kProcesses; ++id) {
    model.simulation.spawn(path.name, id, path.process(model, id));
  }
  model.simulation.run_until(Time{} + Duration(10'000));
  const std::uint64_t before = model.simulation.events();
  walk(model.simulation, Time{} + Duration(20'000));
  std::printf("%s\n%" PRIu64 "\n", LANTIAN_COMPILER, model.simulation.events() - before);
}

} // namespace lantian

int main(int argc, char** argv) {
  const auto path = std::find_if(lantian::kPaths.begin(), lantian::kPaths.end(), [&](auto& each) {
    return argc == 2 && std::string_view(each.name) == argv[1];
  });
  if (path == lantian::kPaths.end()) {
    std::fputs("usage: lantian_kernel_paths PATH\n", stderr);
    return 2;
  }
  lantian::count(*path);
}
