#pragma once
//! What the forms of PHOLD and of machine repair share, so that they differ in the kernel alone:
//! the uniform numbers, drawn by (process, ordinal), and the exponential times made of them by
//! inversion. A form draws the same numbers and makes the same times as any other.

#include <cmath>
#include <cstdint>

#include <benchmark/benchmark.h>

#include "kernel/random.hpp"
#include "kernel/time.hpp"

namespace lantian {

//! The engine's own generator.
struct Philox {
  RandomSource source{1, 0};

  double uniform(std::uint32_t id, std::uint32_t k) const { return source.uniform(id, k); }
};

//! A cheap one, by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
struct SplitMix {
  double uniform(std::uint32_t id, std::uint32_t k) const {
    std::uint64_t bits = ((std::uint64_t{id} << 32) | k) * 0x9e3779b97f4a7c15;
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return (static_cast<double>((bits ^ (bits >> 31)) >> 12) + 0.5) * 0x1p-52;
  }
};

//! An exponential time of the given mean [s].
inline Duration exponential(double mean, double u) {
  return whole_seconds(-mean * std::log(u));
}

//! What a bare loop knows of an event. Times are told apart by the process, as in the kernel.
struct BareEvent {
  std::int64_t time;
  std::uint32_t id;

  friend bool operator>(const BareEvent& a, const BareEvent& b) {
    return a.time > b.time || (a.time == b.time && a.id > b.id);
  }
};

//! Times a model after it has run for a while: each iteration goes on for `step`. An event is what
//! the model counts as one, the same in every form.
template <class Model> void time_model(benchmark::State& state, Duration warm_up, Duration step) {
  Model model(static_cast<std::uint32_t>(state.range(0)));
  Time end = Time{} + warm_up;
  model.run_until(end);
  const std::int64_t before = model.events();
  for (auto _ : state) {
    end += step;
    model.run_until(end);
  }
  state.SetItemsProcessed(model.events() - before);
}

//! An error of the benchmark if two forms of a model have not done the same.
template <class One, class Other>
void require_same_history(benchmark::State& state, Duration until) {
  One one(static_cast<std::uint32_t>(state.range(0)));
  Other other(static_cast<std::uint32_t>(state.range(0)));
  one.run_until(Time{} + until);
  other.run_until(Time{} + until);
  if (one.events() == 0 || one.history() != other.history()) {
    state.SkipWithError("the forms of the model differ");
  }
}

} // namespace lantian
