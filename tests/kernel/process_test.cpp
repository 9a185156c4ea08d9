#include "kernel/process.hpp"

#include <gtest/gtest.h>

#include "kernel/story.hpp"

namespace lantian::testing {
namespace {

TEST(Processes, of_the_same_instant_run_in_the_order_of_their_entities) {
  Story story;
  story.spawn("c", 3, note_after(story, "c", 5s));
  story.spawn("a", 1, note_after(story, "a", 5s));
  story.spawn("b", 2, note_after(story, "b", 5s));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"5 a", "5 b", "5 c"}));
}

TEST(Processes, of_one_entity_run_in_the_order_of_their_timers_and_priority_comes_first) {
  Story story;
  story.spawn("first", 1, note_after(story, "first", 5s));
  story.spawn("second", 1, note_after(story, "second", 5s));
  story.spawn("late", 0, note_after(story, "late", 5s, Priority::late));
  story.spawn("urgent", 9, note_after(story, "urgent", 5s, Priority::urgent));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"5 urgent", "5 first", "5 second", "5 late"}));
}

Process wait_for_nothing(Story& story, std::string name) {
  story.note(name + " begins");
  co_await story.simulation.after(0s);
  story.note(name + " goes on");
}

// Both first steps are events of the start; the zero delays are scheduled behind them.
TEST(Processes, with_a_zero_delay_let_the_others_of_the_instant_go_first) {
  Story story;
  story.spawn("a", 1, wait_for_nothing(story, "a"));
  story.spawn("b", 1, wait_for_nothing(story, "b"));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"0 a begins", "0 b begins", "0 a goes on", "0 b goes on"}));
}

TEST(Processes, do_not_begin_before_the_run) {
  Story story;
  story.spawn("a", 1, note_after(story, "a", 0s));
  EXPECT_TRUE(story.lines.empty());
  EXPECT_EQ(story.simulation.processes(), 1U);
}

TEST(Run, stops_before_the_events_of_its_end_and_can_be_run_on) {
  Story story;
  story.spawn("a", 1, note_after(story, "a", 5s));
  story.run(5s);
  EXPECT_TRUE(story.lines.empty());
  EXPECT_EQ(story.simulation.now(), at(5s));
  story.run(6s);
  EXPECT_EQ(story.lines, Lines{"5 a"});
  EXPECT_EQ(story.simulation.events(), 2U); // its first step and its timer
  EXPECT_THROW(story.run(1s), std::invalid_argument);
}

TEST(Run, until_never_ends_with_the_last_event) {
  Story story;
  story.spawn("a", 1, note_after(story, "a", 5s));
  story.simulation.run_until(kNever);
  EXPECT_EQ(story.simulation.now(), at(5s));
}

Process run_within(Story& story) {
  story.run();
  co_return;
}

TEST(Run, is_refused_from_within) {
  Story story;
  story.spawn("a", 1, run_within(story));
  EXPECT_THROW(story.run(), ModelError);
}

Process wait_for_dates(Story& story) {
  co_await story.simulation.until(at(7s));
  story.note("at 7");
  co_await story.simulation.until(at(3s));
  story.note("that was past");
  co_await story.simulation.until(kNever);
  story.note("never");
}

TEST(Timers, wait_until_a_date_and_not_at_all_if_it_is_past) {
  Story story;
  story.spawn("a", 1, wait_for_dates(story));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"7 at 7", "7 that was past"}));
}

TEST(Timers, with_a_negative_delay_are_refused) {
  const Simulation simulation(kStart);
  EXPECT_THROW((void)simulation.after(-1s), std::invalid_argument);
}

Process cancel_after(Story& story, ProcessHandle victim, Duration delay) {
  co_await story.simulation.after(delay);
  victim.cancel();
  story.note("cancelled");
}

Process hold_with_farewell(Story& story, Duration delay) {
  const Farewell farewell(story, "farewell");
  co_await story.simulation.after(delay);
  story.note("held");
}

Process note_end(Story& story, ProcessHandle awaited) {
  co_await awaited.done();
  story.note("seen to end");
}

TEST(Cancelling, destroys_the_guards_and_wakes_those_who_wait_for_the_end) {
  Story story;
  const ProcessHandle victim = story.spawn("victim", 1, hold_with_farewell(story, 10s));
  story.spawn("watcher", 2, note_end(story, victim));
  story.spawn("canceller", 3, cancel_after(story, victim, 4s));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"4 farewell", "4 cancelled", "4 seen to end"}));
  EXPECT_TRUE(victim.is_done());
  EXPECT_EQ(story.simulation.processes(), 0U);
}

// The canceller comes first in the instant in which the victim's timer ends.
TEST(Cancelling, at_the_instant_of_a_timer_goes_by_the_order_of_events) {
  Story story;
  ProcessHandle victim = story.spawn("victim", 2, hold_with_farewell(story, 4s));
  story.spawn("canceller", 1, cancel_after(story, victim, 4s));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"4 farewell", "4 cancelled"}));
  victim.cancel(); // a second time does nothing
}

TEST(Cancelling, before_the_first_step_runs_nothing) {
  Story story;
  ProcessHandle victim = story.spawn("victim", 1, hold_with_farewell(story, 4s));
  victim.cancel();
  story.run();
  EXPECT_TRUE(story.lines.empty());
  EXPECT_EQ(story.simulation.events(), 0U);
}

Process cancel_itself(Story& story, const ProcessHandle& self) {
  const Farewell farewell(story, "farewell");
  ProcessHandle(self).cancel();
  story.note("still running");
  co_await story.simulation.after(1s);
  story.note("never reached");
}

TEST(Cancelling, itself_ends_a_process_where_it_next_suspends) {
  Story story;
  ProcessHandle self = story.spawn("other", 1, note_after(story, "other", 0s));
  self = story.spawn("self", 1, cancel_itself(story, self));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"0 still running", "0 farewell", "0 other"}));
  EXPECT_TRUE(self.is_done());
}

Process spawn_and_join(Story& story) {
  const ProcessHandle fast = story.spawn("fast", 1, note_after(story, "fast", 2s));
  const ProcessHandle slow = story.spawn("slow", 1, note_after(story, "slow", 5s));
  co_await slow.done();
  story.note("slow is done");
  co_await fast.done();
  story.note("fast was done before");
}

TEST(Joining, waits_for_the_end_and_not_at_all_if_it_is_past) {
  Story story;
  story.spawn("parent", 1, spawn_and_join(story));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"2 fast", "5 slow", "5 slow is done", "5 fast was done before"}));
}

TEST(Handles, tell_a_process_from_the_next_one_in_its_record) {
  Story story;
  const ProcessHandle first = story.spawn("first", 1, note_after(story, "first", 1s));
  story.run(2s);
  const ProcessHandle second = story.spawn("second", 1, note_after(story, "second", 1s));
  EXPECT_TRUE(first.is_done());
  EXPECT_FALSE(second.is_done());
}

TEST(Spawning, refuses_an_entity_that_no_event_can_carry) {
  Story story;
  EXPECT_THROW(story.spawn("a", kLastEntity + 1, note_after(story, "a", 1s)),
               std::invalid_argument);
}

} // namespace
} // namespace lantian::testing
