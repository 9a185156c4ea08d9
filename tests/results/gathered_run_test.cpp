#include "results/block_bytes.hpp"

#include "results/same_bits.hpp"
#include "results/two_runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lantian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

class GatheredRunTest : public test::TwoRuns {
protected:
  std::string blocks(std::int64_t first, std::int64_t count) {
    return compute_blocks(scenarios, options.ensemble, {first, count});
  }
};

TEST_F(GatheredRunTest, has_the_bits_of_a_run_in_one_piece) {
  GatheredRun gathered(scenarios, output, options);
  gathered.write(blocks(0, 3));
  gathered.write(blocks(3, 3));
  gathered.write(blocks(6, 1));
  const RunSummary summary = gathered.finish();
  EXPECT_EQ(run_to_file(scenarios, whole, options).events, summary.events);
  test::expect_same_bits(output, whole);
}

TEST_F(GatheredRunTest, leaves_nothing_when_it_is_not_finished) {
  {
    GatheredRun gathered(scenarios, output, options);
    gathered.write(blocks(0, 3));
  }
  EXPECT_EQ(folder.count(), 0);
}

TEST_F(GatheredRunTest, takes_blocks_in_order_only) {
  GatheredRun gathered(scenarios, output, options);
  EXPECT_THAT([&] { gathered.write(blocks(3, 3)); },
              ThrowsMessage<UsageError>("replications 0 to 2 come next, not 3 to 5"));
  EXPECT_THAT([&] { gathered.write(blocks(0, 2)); },
              ThrowsMessage<UsageError>("replications 0 to 2 come next, not 0 to 1"));
}

TEST_F(GatheredRunTest, says_which_replications_are_missing) {
  GatheredRun gathered(scenarios, output, options);
  gathered.write(blocks(0, 3));
  EXPECT_THAT([&] { gathered.finish(); },
              ThrowsMessage<UsageError>("replications 3 to 6 are missing"));
}

TEST_F(GatheredRunTest, refuses_blocks_of_another_seed_or_other_scenarios) {
  GatheredRun gathered(scenarios, output, options);
  EnsembleOptions other = options.ensemble;
  other.seed = 4;
  EXPECT_THAT([&] { gathered.write(compute_blocks(scenarios, other, {0, 3})); },
              ThrowsMessage<UsageError>(HasSubstr("of another run")));
  const ScenarioSet alone({load("base", test::kInventory)});
  EXPECT_THAT([&] { gathered.write(compute_blocks(alone, options.ensemble, {0, 3})); },
              ThrowsMessage<UsageError>(HasSubstr("of another run")));
}

TEST_F(GatheredRunTest, refuses_damaged_bytes_wherever_they_are_damaged) {
  const std::string sound = blocks(0, 1);
  GatheredRun gathered(scenarios, output, options);
  for (std::size_t at = 0; at < sound.size(); at += sound.size() / 50) {
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    EXPECT_THROW(gathered.write(damaged), UsageError) << at;
  }
  EXPECT_THROW(gathered.write(std::string_view(sound).substr(0, sound.size() - 1)), UsageError);
  EXPECT_THROW(gathered.write(""), UsageError);
}

TEST_F(GatheredRunTest, computes_only_replications_that_the_run_has) {
  EXPECT_THAT([&] { blocks(5, 3); },
              ThrowsMessage<UsageError>("replications 5 to 7 are not all among the 7 of the run"));
  EXPECT_THROW(blocks(-1, 1), UsageError);
  EXPECT_THROW(blocks(0, 0), UsageError);
}

TEST(ScenarioSet, refuses_none_and_two_of_one_id) {
  const auto one = std::make_shared<Scenario>(test::load_text("base", test::kInventory));
  EXPECT_THROW(ScenarioSet({}), UsageError);
  EXPECT_THAT([&] { ScenarioSet({one, one}); },
              ThrowsMessage<UsageError>(HasSubstr("two scenarios have the id 'base'")));
}

} // namespace
} // namespace lantian
