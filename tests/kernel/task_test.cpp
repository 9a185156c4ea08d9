#include "kernel/task.hpp"

#include <memory>

#include <gtest/gtest.h>

#include "kernel/story.hpp"

namespace lantian::testing {
namespace {

Task<int> add_slowly(Story& story, int a, int b) {
  co_await story.simulation.after(3s);
  co_return a + b;
}

Process add_twice(Story& story) {
  const int five = co_await add_slowly(story, 2, 3);
  story.note(fmt::format("{}", five));
  const int nine = co_await add_slowly(story, five, 4);
  story.note(fmt::format("{}", nine));
}

TEST(Tasks, run_when_they_are_awaited_and_return_their_value) {
  Story story;
  story.spawn("adder", 1, add_twice(story));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"3 5", "6 9"}));
}

Task<std::unique_ptr<int>> make_number() {
  co_return std::make_unique<int>(7);
}

Process take_number(Story& story) {
  const std::unique_ptr<int> number = co_await make_number();
  story.note(fmt::format("{}", *number));
}

TEST(Tasks, that_never_wait_cost_no_event_and_may_return_what_only_moves) {
  Story story;
  story.spawn("taker", 1, take_number(story));
  story.run();
  EXPECT_EQ(story.lines, Lines{"0 7"});
  EXPECT_EQ(story.simulation.events(), 1U);
}

Task<int> depth(int levels) {
  if (levels == 0) {
    co_return 0;
  }
  const int below = co_await depth(levels - 1);
  co_return below + 1;
}

Process go_deep(Story& story, int levels) {
  const int reached = co_await depth(levels);
  story.note(fmt::format("{}", reached));
}

// On the stack a hundred thousand levels would need more than there is.
TEST(Tasks, of_any_depth_run_on_a_constant_stack) {
  Story story;
  story.spawn("deep", 1, go_deep(story, 100'000));
  story.run();
  EXPECT_EQ(story.lines, Lines{"0 100000"});
}

Process loop_over_tasks(Story& story, int count) {
  for (int i = 0; i < count; ++i) {
    co_await make_number();
  }
  story.note("done");
}

TEST(Tasks, in_a_long_loop_run_on_a_constant_stack) {
  Story story;
  story.spawn("loop", 1, loop_over_tasks(story, 1'000'000));
  story.run();
  EXPECT_EQ(story.lines, Lines{"0 done"});
}

Task<void> fail_after(Story& story, Duration delay) {
  const Farewell farewell(story, "farewell");
  co_await story.simulation.after(delay);
  throw std::out_of_range("no such crew");
}

Process catch_failure(Story& story) {
  try {
    co_await fail_after(story, 2s);
  } catch (const std::out_of_range& error) {
    story.note(error.what());
  }
  co_await story.simulation.after(1s);
  story.note("goes on");
}

TEST(Tasks, that_fail_throw_into_whoever_awaits_them) {
  Story story;
  story.spawn("catcher", 1, catch_failure(story));
  story.run();
  EXPECT_EQ(story.lines, (Lines{"2 farewell", "2 no such crew", "3 goes on"}));
}

Task<void> hold_inside(Story& story, std::string name) {
  const Farewell farewell(story, name);
  co_await story.simulation.after(10s);
}

Process hold_outside(Story& story) {
  const Farewell farewell(story, "outer");
  co_await hold_inside(story, "inner");
}

TEST(Tasks, end_from_the_inside_out_when_their_process_is_cancelled) {
  Story story;
  ProcessHandle handle = story.spawn("outer", 1, hold_outside(story));
  story.run(4s);
  handle.cancel();
  EXPECT_EQ(story.lines, (Lines{"4 inner", "4 outer"}));
}

TEST(Tasks, that_are_never_awaited_run_nothing) {
  Story story;
  {
    const Task<void> forgotten = hold_inside(story, "never said");
  }
  EXPECT_TRUE(story.lines.empty());
}

} // namespace
} // namespace lantian::testing
