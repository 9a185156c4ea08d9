#include "ensemble/spent_blocks.hpp"

#include "ensemble/ensemble.hpp"
#include "ensemble/same_values.hpp"
#include "ensemble/scenario_text.hpp"
#include "ensemble/two_plants.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace lantian {
namespace {

Block block(std::size_t scenario, double value) {
  return {.scenario = scenario, .count = 1, .data = {{value}}};
}

TEST(SpentBlocks, give_one_of_each_scenario_and_keep_the_rest) {
  SpentBlocks spent;
  spent.add(block(1, 10));
  spent.add(block(1, 20));
  spent.add(block(0, 30));
  const Batch first = spent.take();
  ASSERT_EQ(first.blocks.size(), 2u);
  EXPECT_EQ(first.blocks[0].data[0][0], 30);
  EXPECT_EQ(first.blocks[1].data[0][0], 10);
  const Batch second = spent.take(); // of scenario 0 there is none left
  ASSERT_EQ(second.blocks.size(), 2u);
  EXPECT_TRUE(second.blocks[0].data.empty());
  EXPECT_EQ(second.blocks[1].data[0][0], 20);
  EXPECT_TRUE(spent.take().blocks.empty());
}

// What stood in a block before is not seen through what is computed into it, longer or shorter.
TEST(SpentBlocks, leave_no_trace_of_what_they_held) {
  const Scenario plan = test::load_text("plan", std::string(test::kInventory) + test::kRetrofit);
  const Model model(plan);
  const Model* const models[] = {&model};
  const EnsembleOptions options{.replications = 10, .threads = 2};
  for (const std::int64_t before : {7, 1}) {
    Batch spent = run_batch(models, options, {3, before});
    for (std::vector<double>& values : spent.blocks[0].data)
      std::ranges::fill(values, 1e300);
    const Batch fresh = run_batch(models, options, {0, 3});
    const Batch reused = run_batch(models, options, {0, 3}, {}, {}, std::move(spent));
    EXPECT_EQ(reused.blocks[0].data.size(), fresh.blocks[0].data.size());
    for (std::size_t v = 0; v < fresh.blocks[0].data.size(); ++v)
      EXPECT_TRUE(test::is_same(reused.blocks[0].data[v], fresh.blocks[0].data[v]));
  }
}

} // namespace
} // namespace lantian
