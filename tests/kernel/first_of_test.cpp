#include "kernel/first_of.hpp"

#include <gtest/gtest.h>

#include "kernel/resource.hpp"
#include "kernel/story.hpp"

namespace lantian::testing {
namespace {

Process wait_for_signal_or(Story& story, Signal& signal, Duration patience) {
  const std::size_t which = co_await first_of(signal.wait(), story.simulation.after(patience));
  story.note(which == 0 ? "signal" : "patience");
}

Process raise_after(Story& story, Signal& signal, Duration delay) {
  co_await story.simulation.after(delay);
  story.note("raise");
  signal.raise();
}

TEST(FirstOf, resumes_with_the_first_and_withdraws_the_rest) {
  Story story;
  Signal signal;
  story.spawn("waiter", 1, wait_for_signal_or(story, signal, 8s));
  story.spawn("raiser", 2, raise_after(story, signal, 3s));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"3 raise", "3 signal"}));
  EXPECT_EQ(story.simulation.events(), 4U); // two first steps, the raiser's timer, the signal
}

TEST(FirstOf, leaves_no_waiter_behind_at_a_signal_that_lost) {
  Story story;
  Signal signal;
  story.spawn("waiter", 1, wait_for_signal_or(story, signal, 2s));
  story.run();
  EXPECT_EQ(story.lines, Lines{"2 patience"});
  EXPECT_FALSE(signal.has_waiters());
}

// Both are over at 5. The raiser (entity 0) comes first, so the signal's wake is the last event
// that is scheduled for entity 1 at 5: the timer, scheduled at 0, is before it.
TEST(FirstOf, of_two_at_the_same_instant_takes_the_earlier_in_the_order_of_events) {
  Story story;
  Signal signal;
  story.spawn("waiter", 1, wait_for_signal_or(story, signal, 5s));
  story.spawn("raiser", 0, raise_after(story, signal, 5s));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"5 raise", "5 patience"}));
  EXPECT_EQ(story.simulation.events(), 4U); // the signal's wake is withdrawn, not skipped
}

Process hold_crew(Story& story, ResourcePool& pool, Duration duration) {
  Request request = pool.request(Need{0, 1.0});
  const Grant crew = co_await request;
  co_await story.simulation.after(duration);
}

Process queue_with_patience(Story& story, ResourcePool& pool, std::string name, Duration patience) {
  Request request = pool.request(Need{0, 1.0});
  Timer timer = story.simulation.after(patience);
  const std::size_t which = co_await first_of(request, timer);
  story.note(fmt::format("{} {}", name, which == 0 ? "is served" : "gives up"));
  if (which == 0) {
    const Grant crew = request.take();
    co_await story.simulation.after(100s);
  }
}

// The crew comes back at 10 and is granted to "hasty" in that instant, but hasty's patience ends
// earlier in the order of events: what it had received goes on to "calm".
TEST(FirstOf, gives_a_resource_back_that_was_granted_at_the_instant_of_another_end) {
  Story story;
  ResourcePool pool(story.simulation, {{.id = "crews", .capacity = 1.0}});
  story.spawn("holder", 0, hold_crew(story, pool, 10s));
  story.spawn("hasty", 1, queue_with_patience(story, pool, "hasty", 10s));
  story.spawn("calm", 2, queue_with_patience(story, pool, "calm", 50s));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"10 hasty gives up", "10 calm is served"}));
  EXPECT_EQ(pool.level(0), 1.0);
}

Process join_or_signal(Story& story, ProcessHandle awaited, Signal& signal) {
  const std::size_t which = co_await first_of(awaited.done(), signal.wait());
  story.note(which == 0 ? "joined" : "signal");
}

TEST(FirstOf, takes_the_end_of_a_process_too) {
  Story story;
  Signal signal;
  const ProcessHandle worker = story.spawn("worker", 1, note_after(story, "works", 4s));
  story.spawn("waiter", 2, join_or_signal(story, worker, signal));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"4 works", "4 joined"}));
}

Process wait_nested(Story& story, Signal& a, Signal& b) {
  auto either = first_of(a.wait(), b.wait());
  const std::size_t which = co_await first_of(story.simulation.after(9s), either);
  story.note(fmt::format("{} {}", which, either.await_resume()));
}

TEST(FirstOf, may_stand_in_another) {
  Story story;
  Signal a;
  Signal b;
  story.spawn("waiter", 1, wait_nested(story, a, b));
  story.spawn("raiser", 2, raise_after(story, b, 3s));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"3 raise", "3 1 1"}));
  EXPECT_FALSE(a.has_waiters());
}

TEST(FirstOf, that_is_cancelled_withdraws_everything) {
  Story story;
  Signal signal;
  ProcessHandle waiter = story.spawn("waiter", 1, wait_for_signal_or(story, signal, 8s));
  story.run(1s);
  waiter.cancel();
  EXPECT_FALSE(signal.has_waiters());
  story.simulation.run_until(kNever);
  EXPECT_EQ(story.simulation.events(), 1U);
}

Process wait_for_named(Timer& first, Timer& second) {
  co_await first_of(first, second);
}

// The timers outlive the process, so nobody but first_of withdraws them.
TEST(FirstOf, that_is_cancelled_withdraws_what_it_only_refers_to) {
  Story story;
  Timer first = story.simulation.after(5s);
  Timer second = story.simulation.after(8s);
  ProcessHandle waiter = story.spawn("waiter", 1, wait_for_named(first, second));
  story.run(1s);
  waiter.cancel();
  story.simulation.run_until(kNever);
  EXPECT_EQ(story.simulation.events(), 1U);
}

} // namespace
} // namespace lantian::testing
