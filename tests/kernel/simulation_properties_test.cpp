// Any small simulation: where it is stopped on the way, and when it begins, makes no difference.

#include "kernel/simulation.hpp"

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <stop_token>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/resource.hpp"
#include "kernel/signal.hpp"

namespace lantian {
namespace {

//! One step of a process's life.
struct Deed {
  enum class What : std::uint8_t { rest, ring, listen, work, pay };
  What what = What::rest;
  Duration time{};
  Priority priority = Priority::normal;
};

void showValue(const Deed& deed, std::ostream& out) { // NOLINT(readability-identifier-naming)
  constexpr const char* kNames[] = {"rest", "ring", "listen", "work", "pay"};
  out << kNames[static_cast<int>(deed.what)] << "(" << deed.time.count() << " s, "
      << static_cast<int>(deed.priority) << ")";
}

using Life = std::vector<Deed>;

//! Some processes, each a few steps of a few seconds: they often meet.
rc::Gen<std::vector<Life>> any_lives() {
  using namespace rc;
  const auto any_deed = gen::build<Deed>(
      gen::set(&Deed::what, gen::element(Deed::What::rest, Deed::What::ring, Deed::What::listen,
                                         Deed::What::work, Deed::What::pay)),
      gen::set(&Deed::time, gen::map(gen::inRange(0, 6), [](int s) { return Duration(s); })),
      gen::set(&Deed::priority, gen::element(Priority::urgent, Priority::normal, Priority::late)));
  return gen::scale(0.2, gen::container<std::vector<Life>>(
                             gen::container<Life>(gen::resize(kNominalSize, any_deed))));
}

//! Time since the start, process, and its step that is done.
using Note = std::tuple<Duration, std::size_t, std::size_t>;

struct Village {
  explicit Village(Time start) : start(start), simulation(start) {}

  void spawn(const std::vector<Life>& lives);

  Time start;
  Simulation simulation;
  Signal bell;
  ResourcePool pool{simulation,
                    {{.id = "crews", .capacity = 2.0},
                     {.id = "money",
                      .kind = ResourceKind::consumable,
                      .releases = {{start + Duration(4), 2.0}, {start + Duration(9), 1.0}}}}};
  std::vector<Note> notes;
};

constexpr ResourceIndex kCrews = 0;
constexpr ResourceIndex kMoney = 1;

Process live(Village& village, std::size_t who, Life life) {
  for (std::size_t i = 0; i < life.size(); ++i) {
    const Deed deed = life[i];
    switch (deed.what) {
    case Deed::What::rest:
      co_await village.simulation.after(deed.time, deed.priority);
      break;
    case Deed::What::ring:
      village.bell.raise();
      break;
    case Deed::What::listen:
      co_await village.bell.wait(deed.priority);
      break;
    case Deed::What::work: {
      Request request = village.pool.request(Need{kCrews, 1.0}, deed.priority);
      const Grant crew = co_await request;
      co_await village.simulation.after(deed.time);
      break;
    }
    case Deed::What::pay: {
      Request request = village.pool.request(Need{kMoney, 1.0}, deed.priority);
      const Grant money = co_await request;
      break;
    }
    }
    village.notes.emplace_back(village.simulation.now() - village.start, who, i);
  }
}

void Village::spawn(const std::vector<Life>& lives) {
  for (std::size_t who = 0; who < lives.size(); ++who) {
    simulation.spawn("villager", static_cast<EntityIndex>(who), live(*this, who, lives[who]));
  }
}

constexpr Duration kLength{40};

std::vector<Note> notes_of(const std::vector<Life>& lives, Time start) {
  Village village(start);
  village.spawn(lives);
  village.simulation.run_until(start + kLength);
  return village.notes;
}

RC_GTEST_PROP(SimulationProperties, goes_on_after_any_stop_as_if_it_had_not_been_stopped, ()) {
  const auto lives = *any_lives();
  const auto pauses = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 10));
  std::stop_source asked;
  asked.request_stop();
  Village village{Time{}};
  village.spawn(lives);
  Time until{};
  for (const int pause : pauses) {
    until = std::min(until + Duration(pause), Time{kLength});
    village.simulation.run_until(until);
    RC_ASSERT(village.simulation.now() == until);
    const bool is_all_before =
        village.notes.empty() || std::get<Duration>(village.notes.back()) < until - Time{};
    RC_ASSERT(is_all_before);
    RC_ASSERT_THROWS_AS(village.simulation.run_until(kNever, asked.get_token()), Interrupted);
  }
  village.simulation.run_until(Time{kLength});
  RC_ASSERT(village.notes == notes_of(lives, Time{}));
}

// From 1800 to 2200.
RC_GTEST_PROP(SimulationProperties, goes_the_same_way_whenever_it_begins, ()) {
  const auto lives = *any_lives();
  const Duration shift(*rc::gen::inRange<std::int64_t>(-5'364'662'400, 7'258'118'400));
  RC_ASSERT(notes_of(lives, Time{shift}) == notes_of(lives, Time{}));
}

} // namespace
} // namespace lantian
