#include "ensemble/parallel.hpp"

#include "kernel/error.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

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

TEST(Parallel, tells_an_interruption_where_there_is_no_failure) {
  const auto task = [](std::size_t, const std::stop_token&) { throw Interrupted(Time{}); };
  EXPECT_THROW(run_parallel(4, 2, task, kNobodyWatches), Interrupted);
}

} // namespace
} // namespace lantian
