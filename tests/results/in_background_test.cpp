#include "results/in_background.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(InBackground, does_one_piece_after_the_other) {
  std::vector<int> done;
  InBackground behind;
  for (int i = 0; i < 20; ++i)
    behind.start([&done, i] { done.push_back(i); });
  behind.settle();
  ASSERT_EQ(done.size(), 20u);
  EXPECT_TRUE(std::ranges::is_sorted(done));
}

TEST(InBackground, tells_at_the_next_start_what_went_wrong) {
  bool is_begun = false;
  InBackground behind;
  behind.start([] { throw std::runtime_error("no room"); });
  EXPECT_THROW(behind.start([&] { is_begun = true; }), std::runtime_error);
  EXPECT_FALSE(is_begun);
  behind.settle(); // it was told once
}

TEST(InBackground, waits_at_its_end) {
  bool is_done = false;
  {
    InBackground behind;
    behind.start([&] { is_done = true; });
  }
  EXPECT_TRUE(is_done);
}

} // namespace
} // namespace lantian
