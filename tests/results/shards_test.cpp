// Runs in parts: any split, merged in any order, has the bits of a run in one piece.

#include "results/errors.hpp"
#include "results/file_bytes.hpp"
#include "results/same_bits.hpp"
#include "results/shards.hpp"
#include "results/two_runs.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace lantian {
namespace {

using std::filesystem::path;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::ThrowsMessage;

class ShardsTest : public test::TwoRuns {
protected:
  std::vector<ReadScenario> read() const {
    std::vector<ReadScenario> scenarios;
    for (const SharedScenario& scenario : shared())
      scenarios.push_back({scenario, scenario->id + ".toml"});
    return scenarios;
  }

  path compute(ShardNumber shard) const {
    path name = folder.path() / fmt::format("{}-of-{}", shard.number, shard.count);
    run_to_shard(read(), name, shard, options);
    return name;
  }

  std::vector<path> compute_all(std::int64_t count) const {
    std::vector<path> shards;
    for (std::int64_t number = 1; number <= count; ++number)
      shards.push_back(compute({number, count}));
    return shards;
  }

  void merge(const std::vector<path>& shards) { merge_shards(shards, output, options, kinds); }
};

// Seven replications are three blocks: the fourth shard of five has none, and that is no mistake.
TEST_F(ShardsTest, any_split_in_any_order_has_the_bits_of_a_run_in_one_piece) {
  run_to_file(scenarios, whole, options);
  for (const std::int64_t count : {1, 2, 3, 5}) {
    std::vector<path> shards = compute_all(count);
    std::reverse(shards.begin(), shards.end());
    merge(shards);
    test::expect_same_bits(output, whole);
    remove(output);
  }
}

TEST_F(ShardsTest, a_split_has_every_block_once) {
  const EnsembleOptions many{.replications = 1000, .block = 64}; // 16 blocks
  std::vector<std::int64_t> firsts;
  for (std::int64_t number = 1; number <= 5; ++number) {
    for (const ReplicationRange& range : ranges_of_shard(many, {number, 5}))
      firsts.push_back(range.first);
  }
  ASSERT_EQ(firsts.size(), 16u);
  for (std::size_t i = 0; i < firsts.size(); ++i)
    EXPECT_EQ(firsts[i], static_cast<std::int64_t>(64 * i));
  EXPECT_EQ(ranges_of_shard(many, {5, 5}).back().count, 1000 - 15 * 64);
}

TEST_F(ShardsTest, missing_replications_are_named) {
  const auto shards = compute_all(3);
  EXPECT_THAT([&] { merge({shards[0], shards[2]}); },
              ThrowsMessage<UsageError>("replications 3 to 5 are in no shard"));
  EXPECT_THAT([&] { merge({shards[1]}); },
              ThrowsMessage<UsageError>("replications 0 to 2 are in no shard\n"
                                        "replications 6 to 6 are in no shard"));
  EXPECT_FALSE(exists(output));
}

TEST_F(ShardsTest, overlapping_shards_are_named) {
  const auto halves = compute_all(2); // 0 to 2, and 3 to 6
  const path second_third = compute({2, 3});
  EXPECT_THAT([&] { merge({halves[0], halves[1], second_third}); },
              ThrowsMessage<UsageError>(halves[1].string() + " and " + second_third.string() +
                                        " both have replications from 3 on"));
}

TEST_F(ShardsTest, shards_of_other_runs_are_named_with_what_differs) {
  const path first = compute({1, 2});
  options.ensemble.seed = 9;
  const path second = compute({2, 2});
  EXPECT_THAT([&] { merge({first, second}); },
              ThrowsMessage<UsageError>(HasSubstr(second.string() + " is of another run than " +
                                                  first.string() + ": seed 9 instead of 3")));
  options.ensemble.seed = 3;
  options.ensemble.replications = 8;
  remove(second);
  compute({2, 2});
  EXPECT_THAT([&] { merge({first, second}); },
              ThrowsMessage<UsageError>(HasSubstr(
                  "8 replications in blocks of 3 instead of 7 replications in blocks of 3")));
}

TEST_F(ShardsTest, a_shard_that_was_cut_short_anywhere_is_refused) {
  const path shard = compute({1, 1});
  const auto size = file_size(shard);
  for (std::uintmax_t length = 0; length < size; length += 1 + size / 40) {
    resize_file(shard, length);
    EXPECT_THROW(merge({shard}), ResultFileError) << length;
    remove(shard);
    compute({1, 1});
  }
}

TEST_F(ShardsTest, a_shard_with_a_wrong_bit_anywhere_is_refused) {
  const path shard = compute({1, 1});
  const std::string sound = *bytes_of_file(shard);
  for (std::size_t at = 0; at < sound.size(); at += 1 + sound.size() / 60) {
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    std::ofstream(shard, std::ios::binary) << damaged;
    EXPECT_THROW(merge({shard}), Error) << at;
    EXPECT_FALSE(exists(output));
  }
}

// The index tells of each block its length, its first replication and their number, 8 bytes each;
// it follows the head (its length, itself) and the head's digest.
TEST_F(ShardsTest, a_shard_with_a_wrong_index_is_said_to_be_damaged) {
  const path shard = compute({1, 1});
  std::string bytes = *bytes_of_file(shard);
  const std::size_t head = bytes.find('\n') + 1;
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data() + head, sizeof length);
  const std::size_t number = head + sizeof length + length + 64 + 16;
  bytes[number + 6] = static_cast<char>(bytes[number + 6] ^ 8); // 2^51 replications more
  std::ofstream(shard, std::ios::binary) << bytes;
  EXPECT_THAT([&] { merge({shard}); },
              ThrowsMessage<ResultFileError>(EndsWith("is damaged; compute this shard again")));
}

// Sealed, so that only the sense of the numbers can tell.
TEST_F(ShardsTest, a_shard_of_a_run_that_cannot_be_is_said_to_be_damaged) {
  const path shard = folder.path() / "shard";
  ShardHead sound;
  sound.replications = 7;
  sound.block = 3;
  std::vector<ShardHead> heads(6, sound);
  heads[0].shard = {1, 0};
  heads[1].shard = {1, kMostShards + 1};
  heads[2].replications = 0;
  heads[3].block = 0;
  heads[4].chance_draws = 2;
  heads[5].replications = kMostReplications; // blocks for longer than anybody waits, and none here
  for (const ShardHead& head : heads) {
    ShardWriter(shard, head, true).finish();
    EXPECT_THAT([&] { ShardFile{shard}; },
                ThrowsMessage<ResultFileError>(EndsWith("is damaged; compute this shard again")));
  }
}

TEST_F(ShardsTest, what_is_no_shard_is_said_to_be_none) {
  const path other = folder.path() / "plan.toml";
  std::ofstream(other) << "lantian = 1\nname = \"A scenario\"\n";
  EXPECT_THAT([&] { merge({other}); },
              ThrowsMessage<ResultFileError>(EndsWith("is no shard of this version of Lantian")));
  EXPECT_THROW(merge({folder.path() / "gone"}), ResultFileError);
  EXPECT_THROW(merge({}), UsageError);
}

TEST_F(ShardsTest, there_is_no_shard_zero_and_none_beyond_the_last) {
  for (const ShardNumber shard :
       {ShardNumber{0, 4}, ShardNumber{5, 4}, ShardNumber{1, 0}, ShardNumber{1, kMostShards + 1}}) {
    EXPECT_THAT([&] { compute(shard); },
                ThrowsMessage<UsageError>(HasSubstr("they are counted from 1, as in 2/4")));
  }
}

TEST_F(ShardsTest, a_shard_can_be_resumed) {
  std::stop_source stop;
  const path shard = folder.path() / "1-of-1";
  const auto watch = [&](std::int64_t done, std::int64_t) {
    if (done >= 6)
      stop.request_stop();
  };
  EXPECT_THROW(run_to_shard(read(), shard, {1, 1}, options, watch, stop.get_token()), Interrupted);
  EXPECT_FALSE(exists(shard));
  options.resume = true;
  run_to_shard(read(), shard, {1, 1}, options);
  run_to_file(scenarios, whole, options);
  merge({shard});
  test::expect_same_bits(output, whole);
}

} // namespace
} // namespace lantian
