#include "ensemble/parallel.hpp"

#include "kernel/error.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace lantian {
namespace {

const auto kNobodyWatches = [](std::size_t) {};

TEST(Parallel, does_every_task_once) {
  std::atomic<int> sum = 0;
  run_parallel(
      100, 3, [&](std::size_t task, const std::stop_token&) { sum += static_cast<int>(task); },
      kNobodyWatches);
  EXPECT_EQ(sum, 99 * 100 / 2);
}

// Task 0 fails while task 1 is under way, which heeds the stop and says that it was interrupted:
// the cause is what must come out.
TEST(Parallel, tells_the_failure_and_not_the_stop_that_it_causes) {
  std::atomic<bool> is_under_way = false;
  const auto task = [&](std::size_t i, const std::stop_token& stop) {
    if (i == 1) {
      is_under_way = true;
      while (!stop.stop_requested())
        std::this_thread::yield();
      throw Interrupted(Time{});
    }
    while (!is_under_way)
      std::this_thread::yield();
    throw std::domain_error("the cause");
  };
  EXPECT_THROW(run_parallel(2, 2, task, kNobodyWatches), std::domain_error);
}

// Task 1 fails while task 0 is under way, which fails later: alone it would have been the first.
TEST(Parallel, tells_the_failure_that_one_thread_would_meet_first) {
  std::atomic<bool> has_failed = false;
  const auto task = [&](std::size_t i, const std::stop_token& stop) {
    if (i > 0) {
      has_failed = true;
      throw std::domain_error("task 1");
    }
    while (!has_failed)
      std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_FALSE(stop.stop_requested());
    throw std::range_error("task 0");
  };
  EXPECT_THROW(run_parallel(9, 2, task, kNobodyWatches), std::range_error);
}

// Task 0 fails when one thread has done task 1 and is at task 2: that one is stopped, and what is
// done is left alone.
TEST(Parallel, stops_what_is_under_way_and_not_what_is_done) {
  std::stop_token of_first;
  std::atomic<bool> is_at_second = false;
  bool is_stopped = false;
  const auto task = [&](std::size_t i, const std::stop_token& stop) {
    if (i == 1)
      of_first = stop;
    if (i == 0) {
      while (!is_at_second)
        std::this_thread::yield();
      throw std::domain_error("task 0");
    }
    if (i == 2) {
      is_at_second = true;
      while (!stop.stop_requested())
        std::this_thread::yield();
      is_stopped = true;
    }
  };
  EXPECT_THROW(run_parallel(9, 2, task, kNobodyWatches), std::domain_error);
  EXPECT_TRUE(is_stopped);
  EXPECT_FALSE(of_first.stop_requested());
}

TEST(Parallel, begins_nothing_after_a_failure) {
  std::size_t begun = 0;
  const auto task = [&](std::size_t i, const std::stop_token&) {
    ++begun;
    if (i == 2)
      throw std::domain_error("task 2");
  };
  EXPECT_THROW(run_parallel(9, 1, task, kNobodyWatches), std::domain_error);
  EXPECT_EQ(begun, 3U);
}

TEST(Parallel, tells_how_much_is_done) {
  std::vector<std::size_t> done;
  run_parallel(
      4, 2,
      [](std::size_t, const std::stop_token&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
      },
      [&](std::size_t count) { done.push_back(count); });
  ASSERT_GE(done.size(), 2U); // it is asked every 50 ms, and at the end
  EXPECT_LT(done.front(), 4U);
  EXPECT_TRUE(std::ranges::is_sorted(done));
  EXPECT_EQ(done.back(), 4U);
}

TEST(Parallel, has_as_many_threads_as_asked_for_and_else_one_a_core) {
  EXPECT_EQ(threads_of(3), 3u);
  EXPECT_EQ(threads_of(0), std::max(1u, std::thread::hardware_concurrency()));
}

TEST(Parallel, has_nothing_to_do_without_tasks) {
  std::vector<std::size_t> done;
  run_parallel(
      0, 2, [](std::size_t, const std::stop_token&) { FAIL(); },
      [&](std::size_t count) { done.push_back(count); });
  EXPECT_EQ(done, (std::vector<std::size_t>{0}));
}

TEST(Parallel, tells_an_interruption_where_there_is_no_failure) {
  const auto task = [](std::size_t, const std::stop_token&) { throw Interrupted(Time{}); };
  EXPECT_THROW(run_parallel(4, 2, task, kNobodyWatches), Interrupted);
}

} // namespace
} // namespace lantian
