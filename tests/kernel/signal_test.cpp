#include "kernel/signal.hpp"

#include <optional>

#include <gtest/gtest.h>

#include "kernel/story.hpp"

namespace lantian::testing {
namespace {

Process note_signal(Story& story, Signal& signal, std::string name,
                    Priority priority = Priority::normal) {
  co_await signal.wait(priority);
  story.note(name);
}

TEST(ASignal, wakes_all_by_priority_and_entity_not_by_who_came_first) {
  Story story;
  Signal signal;
  story.spawn("c", 3, note_signal(story, signal, "c"));
  story.spawn("late", 1, note_signal(story, signal, "late", Priority::late));
  story.spawn("b", 2, note_signal(story, signal, "b"));
  story.run(5s);
  signal.raise();
  EXPECT_TRUE(story.lines.empty()); // to raise resumes nobody by itself
  story.run();
  EXPECT_EQ(story.lines, (Lines{"5 b", "5 c", "5 late"}));
}

Process wait_twice(Story& story, Signal& signal) {
  co_await signal.wait();
  story.note("once");
  co_await signal.wait();
  story.note("twice");
}

TEST(ASignal, has_no_memory) {
  Story story;
  Signal signal;
  signal.raise();
  story.spawn("waiter", 1, wait_twice(story, signal));
  story.run(5s);
  signal.raise();
  story.run(6s);
  EXPECT_EQ(story.lines, Lines{"5 once"});
  EXPECT_TRUE(signal.has_waiters());
}

TEST(ASignal, that_was_raised_for_a_process_cancelled_at_that_instant_wakes_the_others) {
  Story story;
  Signal signal;
  ProcessHandle victim = story.spawn("a", 1, note_signal(story, signal, "a"));
  story.spawn("b", 2, note_signal(story, signal, "b"));
  story.run(5s);
  signal.raise();
  victim.cancel();
  story.run();
  EXPECT_EQ(story.lines, Lines{"5 b"});
}

TEST(ASignal, that_ends_before_its_waiters_leaves_them_waiting) {
  Story story;
  std::optional<Signal> signal(std::in_place);
  ProcessHandle a = story.spawn("a", 1, note_signal(story, *signal, "a"));
  story.spawn("b", 2, note_signal(story, *signal, "b"));
  story.run(5s);
  signal.reset();
  a.cancel();
  story.run();
  EXPECT_TRUE(story.lines.empty());
}

} // namespace
} // namespace lantian::testing
