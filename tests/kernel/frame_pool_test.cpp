#include "kernel/frame_pool.hpp"

#include <cstdint>
#include <memory>
#include <thread>

#include <gtest/gtest.h>

#include "kernel/story.hpp"
#include "sanitized.hpp"

namespace lantian::testing {
namespace {

// 200 and 250 bytes are of the same class, that of 256.
TEST(TheFramePool, hands_out_again_what_was_freed) {
#ifdef LANTIAN_SANITIZED
  GTEST_SKIP() << "a sanitizer of addresses keeps what was freed";
#endif
  void* const frame = frame_pool::allocate(200);
  frame_pool::deallocate(frame, 200);
  void* const again = frame_pool::allocate(250);
  EXPECT_EQ(again, frame);
  frame_pool::deallocate(again, 250);
}

TEST(TheFramePool, aligns_frames_to_lines_of_the_cache) {
  for (const std::size_t size : {1UL, 64UL, 65UL, 4096UL, 4097UL, 100'000UL}) {
    void* const frame = frame_pool::allocate(size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(frame) % 64, 0U);
    frame_pool::deallocate(frame, size);
  }
}

// Frames are made on this thread, run on a second one, and end on a third.
TEST(ASimulation, may_move_between_threads) {
  auto story = std::make_unique<Story>();
  for (EntityIndex i = 0; i < 100; ++i) {
    story->spawn("short", i, note_after(*story, "short", 5s));
    story->spawn("long", i, note_after(*story, "long", 50s));
  }
  std::thread([&] { story->run(10s); }).join();
  EXPECT_EQ(story->lines.size(), 100U);
  std::thread([&] { story.reset(); }).join();
}

TEST(Simulations, on_several_threads_do_not_meet) {
  std::vector<Story> stories(4);
  std::vector<std::thread> threads;
  for (Story& story : stories) {
    threads.emplace_back([&story] {
      for (EntityIndex i = 0; i < 1000; ++i) {
        story.spawn("a", i, note_after(story, "a", Duration(i)));
      }
      story.run(2000s);
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  for (const Story& story : stories) {
    EXPECT_EQ(story.lines, stories[0].lines);
  }
}

} // namespace
} // namespace lantian::testing
