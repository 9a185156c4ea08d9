#include "results/block_queue.hpp"

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <gmock/gmock.h>

namespace lantian {
namespace {

using testing::ElementsAre;

Block block(std::int64_t first) {
  return {.first_replication = first, .count = 1};
}

TEST(BlockQueue, works_blocks_off_in_order) {
  std::vector<std::int64_t> seen;
  BlockQueue queue([&](Block one) { seen.push_back(one.first_replication); }, 2);
  for (std::int64_t i = 0; i < 5; ++i) {
    queue.push(block(i));
  }
  queue.drain();
  EXPECT_THAT(seen, ElementsAre(0, 1, 2, 3, 4));
}

TEST(BlockQueue, lets_no_more_blocks_wait_than_it_may) {
  // One block in work, two waiting: the fourth push must wait until the first is done.
  std::atomic<bool> may_go = false;
  std::atomic<int> pushed = 0;
  BlockQueue queue([&](Block) { may_go.wait(false); }, 2);
  std::jthread producer([&] {
    for (std::int64_t i = 0; i < 4; ++i) {
      queue.push(block(i));
      ++pushed;
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_LE(pushed, 3);
  may_go = true;
  may_go.notify_all();
  producer.join();
  queue.drain();
  EXPECT_EQ(pushed, 4);
}

TEST(BlockQueue, throws_what_the_work_threw) {
  int calls = 0;
  BlockQueue queue(
      [&](Block) {
        ++calls;
        throw std::domain_error("disk");
      },
      2);
  const auto push_until_it_throws = [&] {
    while (true) {
      queue.push(block(0));
    }
  };
  EXPECT_THROW(push_until_it_throws(), std::domain_error);
  EXPECT_THROW(queue.push(block(0)), std::domain_error);
  EXPECT_THROW(queue.drain(), std::domain_error);
  EXPECT_EQ(calls, 1);
}

TEST(BlockQueue, drops_what_waits_when_it_is_given_up) {
  constexpr std::int64_t kMany = 2000; // two seconds of work, of which next to nothing is done
  std::atomic<int> done = 0;
  {
    BlockQueue queue(
        [&](Block) {
          std::this_thread::sleep_for(std::chrono::milliseconds(1));
          ++done;
        },
        kMany);
    for (std::int64_t i = 0; i < kMany; ++i) {
      queue.push(block(i));
    }
  }
  EXPECT_LT(done, kMany);
}

} // namespace
} // namespace lantian
