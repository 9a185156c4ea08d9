// What leaves a run: errors of the model, an asked-for stop, and a clean end with everything
// pending.

#include <exception>
#include <memory>
#include <new>

#include <gtest/gtest.h>

#include "kernel/resource.hpp"
#include "kernel/story.hpp"

namespace lantian::testing {
namespace {

Task<void> fail(Simulation& simulation) {
  co_await simulation.until(std::chrono::sys_days(std::chrono::year{2024} / 3 / 31));
  throw std::domain_error("the stove is out");
}

Process fail_inside(Simulation& simulation) {
  co_await fail(simulation);
}

TEST(AnException, leaves_the_run_with_process_time_replication_and_seed_and_the_original_inside) {
  Simulation simulation(kStart, {.seed = 42, .replication = 7});
  simulation.spawn("measures.ule-yaxin", 3, fail_inside(simulation));
  try {
    simulation.run_until(kNever);
    FAIL() << "nothing was thrown";
  } catch (const ModelError& error) {
    EXPECT_STREQ(error.what(), "process 'measures.ule-yaxin' (entity 3) at 2024-03-31 00:00:00, "
                               "replication 7, seed 42: the stove is out");
    EXPECT_EQ(error.place().replication, 7U);
    EXPECT_EQ(error.reason(), "the stove is out");
    EXPECT_THROW(std::rethrow_if_nested(error), std::domain_error);
  }
}

Process throw_a_number() {
  throw 7;
  co_return;
}

TEST(AnException, of_any_type_is_reported) {
  Story story;
  story.spawn("odd", 1, throw_a_number());
  EXPECT_THROW(story.run(), ModelError);
}

Process run_out_of_memory() {
  throw std::bad_alloc();
  co_return;
}

// Blocks that were computed before may be kept: the model is not wrong.
TEST(AnException, of_lacking_memory_is_none_of_the_model) {
  Story story;
  story.spawn("large", 1, run_out_of_memory());
  EXPECT_THROW(story.run(), std::bad_alloc);
}

TEST(AnException, ends_only_its_own_process) {
  Story story;
  story.spawn("odd", 1, throw_a_number());
  story.spawn("even", 2, note_after(story, "even", 5s));
  EXPECT_THROW(story.run(), ModelError);
  story.run();
  EXPECT_EQ(story.lines, Lines{"5 even"});
}

Process spin(Simulation& simulation) {
  for (;;) {
    co_await simulation.after(0s);
  }
}

// Events before the limit: the process starts, then 4,999 delays of 0 s.
TEST(ARunaway, is_stopped_and_named) {
  Simulation simulation(kStart, {.limits = {.events = 5000}});
  simulation.spawn("spinner", 1, spin(simulation));
  try {
    simulation.run_until(at(1s));
    FAIL() << "nothing was thrown";
  } catch (const ModelError& error) {
    EXPECT_STREQ(error.what(),
                 "process 'spinner' (entity 1) at 1970-01-01 00:00:00, replication 0, seed 0: more "
                 "than 5000 events, the last of them of 'spinner' (the limit 'events'): does the "
                 "model go on much longer than it should?");
  }
  EXPECT_EQ(simulation.events(), 5000U);
}

Process wait_once(Simulation& simulation) {
  co_await simulation.after(1s);
}

TEST(ARunaway, is_not_one_that_ends_at_the_limit) {
  Simulation simulation(kStart, {.limits = {.events = 2}});
  simulation.spawn("once", 1, wait_once(simulation));
  EXPECT_NO_THROW(simulation.run_until(kNever));
}

//! From a second on, waits for its own signal and raises that of the other.
Process answer(Simulation& simulation, Signal& mine, Signal& other) {
  co_await simulation.after(1s);
  for (;;) {
    other.raise();
    co_await mine.wait();
  }
}

std::string reason_of_runaway(Simulation& simulation) {
  try {
    simulation.run_until(at(100s));
  } catch (const ModelError& error) {
    EXPECT_EQ(error.place().time, at(1s));
    return error.reason();
  }
  return "nothing was thrown";
}

// A bystander runs in the same second, but not among the last before the limit.
TEST(ARunaway, of_two_who_wake_each_other_is_stopped_with_both_names) {
  Simulation simulation(kStart, {.limits = {.events_at_once = 20'000}});
  Signal ping;
  Signal pong;
  simulation.spawn("sinter-1", 1, answer(simulation, ping, pong));
  simulation.spawn("crew-of-fans", 2, answer(simulation, pong, ping));
  simulation.spawn("bystander", 3, wait_once(simulation));
  EXPECT_EQ(reason_of_runaway(simulation),
            "more than 20000 events at one instant, the last of them of 'crew-of-fans' and "
            "'sinter-1' (the limit 'events-at-once'): do they wake each other for ever, without a "
            "delay?");
}

Process spin_later(Simulation& simulation) {
  co_await simulation.after(1s);
  for (;;) {
    co_await simulation.after(0s);
  }
}

TEST(ARunaway, of_seven_is_told_with_six_of_their_names) {
  Simulation simulation(kStart, {.limits = {.events_at_once = 20'000}});
  for (int i = 0; i < 7; ++i) {
    simulation.spawn(fmt::format("spinner-{}", i), 1, spin_later(simulation));
  }
  const std::string reason = reason_of_runaway(simulation);
  EXPECT_NE(reason.find("' and others (the limit"), std::string::npos) << reason;
  int names = 0;
  for (int i = 0; i < 7; ++i) {
    names += reason.find(fmt::format("'spinner-{}'", i)) != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(names, 6);
}

// 3,000 processes at each of 10 instants: more than the limit of an instant in all, never at once.
TEST(ARunaway, is_not_a_model_of_many_instants) {
  Simulation simulation(kStart, {.limits = {.events_at_once = 3000 + 1024}});
  for (int instant = 0; instant < 10; ++instant) {
    for (EntityIndex i = 0; i < 3000; ++i) {
      simulation.spawn("once", i, wait_once(simulation));
    }
    EXPECT_NO_THROW(simulation.run_until(simulation.now() + 2s));
  }
}

Process multiply(Simulation& simulation) {
  for (;;) {
    simulation.spawn("child", 1, wait_once(simulation));
    co_await simulation.after(0s);
  }
}

TEST(ARunaway, of_processes_is_stopped) {
  Simulation simulation(kStart, {.limits = {.processes = 100}});
  simulation.spawn("mother", 1, multiply(simulation));
  try {
    simulation.run_until(at(1s));
    FAIL() << "nothing was thrown";
  } catch (const ModelError& error) {
    EXPECT_EQ(error.place().process, "mother");
    EXPECT_EQ(error.reason(), "cannot start process 'child': more than 100 processes at once (the "
                              "limit 'processes')");
  }
}

TEST(ARunaway, of_processes_is_stopped_before_the_run_too) {
  Simulation simulation(kStart, {.limits = {.processes = 1}});
  simulation.spawn("once", 1, wait_once(simulation));
  EXPECT_THROW(simulation.spawn("twice", 1, wait_once(simulation)), ModelError);
}

Process ask_for_stop(Simulation& simulation, std::stop_source& stop) {
  co_await simulation.after(1s);
  stop.request_stop();
}

// The stop is asked for within the first 1,024 events; the poll after them sees it.
TEST(AStop, is_seen_within_1024_events_and_the_run_can_go_on) {
  Simulation simulation(kStart);
  std::stop_source stop;
  simulation.spawn("stopper", 1, ask_for_stop(simulation, stop));
  for (EntityIndex i = 0; i < 3000; ++i) {
    simulation.spawn("other", 2, ask_for_stop(simulation, stop));
  }
  simulation.run_until(at(1s));
  const std::uint64_t before = simulation.events();
  EXPECT_THROW(simulation.run_until(at(2s), stop.get_token()), Interrupted);
  EXPECT_EQ(simulation.events() - before, 1024U);
  simulation.run_until(at(2s));
  EXPECT_EQ(simulation.events() - before, 3001U);
}

Process hold_everything(Story& story, ResourcePool& pool, Signal& signal) {
  Request request = pool.request(Need{0, 1.0});
  const Grant grant = co_await request;
  Timer timer = story.simulation.after(500s);
  Signal::Wait wait = signal.wait();
  co_await first_of(timer, wait);
}

Process nest(Story& story, ResourcePool& pool, Signal& signal) {
  co_await hold_everything(story, pool, signal);
}

// Two hold a crew and wait, two queue. The pool and the signal end before the simulation does.
TEST(Teardown, with_grants_queues_timers_and_tasks_pending_is_clean) {
  Story story;
  ResourcePool pool(story.simulation, {{.id = "crews", .capacity = 2.0}});
  Signal signal;
  for (EntityIndex i = 0; i < 4; ++i) {
    story.spawn("nest", i, nest(story, pool, signal));
  }
  story.run(10s);
  EXPECT_EQ(story.simulation.processes(), 4U);
  EXPECT_EQ(pool.level(0), 0.0);
}

Process hold_shared(Story& story, std::shared_ptr<ResourcePool> pool) {
  Request request = pool->request(Need{0, 1.0});
  const Grant grant = co_await request;
  co_await story.simulation.after(500s);
}

// Here the frames own the pool, so it ends with the last of them, in the middle of the teardown.
TEST(Teardown, of_a_pool_that_ends_with_the_processes_is_clean) {
  Story story;
  auto pool = std::make_shared<ResourcePool>(story.simulation,
                                             std::vector{ResourceSpec{.id = "c", .capacity = 1.0}});
  for (EntityIndex i = 0; i < 3; ++i) {
    story.spawn("hold", i, hold_shared(story, pool));
  }
  pool.reset();
  story.run(10s);
}

class CancelAtEnd {
public:
  explicit CancelAtEnd(ProcessHandle victim) : victim_(victim) {}
  CancelAtEnd(const CancelAtEnd&) = delete;
  CancelAtEnd& operator=(const CancelAtEnd&) = delete;
  ~CancelAtEnd() { victim_.cancel(); }

private:
  ProcessHandle victim_;
};

Process cancel_at_end(Story& story, ProcessHandle victim) {
  const CancelAtEnd guard(victim);
  co_await story.simulation.until(kNever);
}

TEST(Teardown, in_which_a_guard_cancels_another_process_is_clean) {
  Story story;
  const ProcessHandle later = story.spawn("first", 1, note_after(story, "no", 900s));
  story.spawn("second", 2, cancel_at_end(story, later));
  story.run(10s);
  EXPECT_TRUE(story.lines.empty());
}

TEST(Simulations, side_by_side_do_not_meet) {
  Story one;
  Story other;
  one.spawn("a", 1, note_after(one, "a", 5s));
  other.spawn("a", 1, note_after(other, "a", 7s));
  other.run();
  one.run();
  EXPECT_EQ(one.lines, Lines{"5 a"});
  EXPECT_EQ(other.lines, Lines{"7 a"});
}

} // namespace
} // namespace lantian::testing
