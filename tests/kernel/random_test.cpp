#include "kernel/random.hpp"

#include <array>
#include <set>
#include <string>

#include <Random123/philox.h>
#include <gtest/gtest.h>

namespace lantian {
namespace {

// The known answers that are published with Random123, for ten rounds.
TEST(Philox, gives_the_published_numbers) {
  using Generator = r123::Philox4x32;
  const Generator::ctr_type zeros = Generator{}({{0, 0, 0, 0}}, {{0, 0}});
  EXPECT_EQ(zeros, (Generator::ctr_type{{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}));
  const Generator::ctr_type pi =
      Generator{}({{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}}, {{0xa4093822, 0x299f31d0}});
  EXPECT_EQ(pi, (Generator::ctr_type{{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}));
}

// Of the first answer: the 52 highest bits of e169c58d'6627e8d5, and a half, times 2^-52.
TEST(RandomSource, makes_a_uniform_number_of_52_bits) {
  const double expected = (static_cast<double>(0xe169c58d6627eULL) + 0.5) * 0x1p-52;
  EXPECT_EQ(RandomSource(0, 0).uniform(0, 0), expected);
}

// The counter is (k, stream low, stream high, replication) and the key is the seed, low half first.
TEST(RandomSource, keys_the_generator_as_documented) {
  const double drawn =
      RandomSource(0x299f31d0a4093822, 0x03707344).uniform(0x13198a2e85a308d3, 0x243f6a88);
  EXPECT_EQ(drawn, (static_cast<double>(0x94fdccebd16cfULL) + 0.5) * 0x1p-52);
}

TEST(RandomSource, tells_its_seed_and_replication) {
  EXPECT_EQ(RandomSource(5, 3).seed(), 5U);
  EXPECT_EQ(RandomSource(5, 3).replication(), 3U);
}

TEST(RandomSource, draws_the_same_in_any_order) {
  const RandomSource source(5, 3);
  std::array<double, 4> forwards{};
  std::array<double, 4> backwards{};
  for (std::uint32_t k = 0; k < 4; ++k) {
    forwards[k] = source.uniform(11, k);
    backwards[3 - k] = RandomSource(5, 3).uniform(11, 3 - k);
  }
  EXPECT_EQ(forwards, backwards);
}

TEST(RandomSource, differs_by_seed_replication_stream_and_ordinal) {
  const std::set<double> draws{
      RandomSource(1, 1).uniform(1, 1),         RandomSource(2, 1).uniform(1, 1),
      RandomSource(1, 2).uniform(1, 1),         RandomSource(1, 1).uniform(2, 1),
      RandomSource(1, 1).uniform(1, 2),         RandomSource(1ULL << 32, 1).uniform(1, 1),
      RandomSource(1, 1).uniform(1ULL << 32, 1)};
  EXPECT_EQ(draws.size(), 7U);
}

// Mean 1/2 and variance 1/12: of 100,000 draws the mean has a standard error of 0.00091.
TEST(RandomSource, is_uniform) {
  const RandomSource source(7, 0);
  double sum = 0.0;
  double sum_of_squares = 0.0;
  for (std::uint32_t k = 0; k < 100'000; ++k) {
    const double u = source.uniform(99, k);
    sum += u;
    sum_of_squares += u * u;
  }
  EXPECT_NEAR(sum / 1e5, 0.5, 3.5 * 0.00091);
  EXPECT_NEAR(sum_of_squares / 1e5, 1.0 / 3.0, 3.5 * 0.00094);
}

// Worked out by another program; promised to every machine and to every later version.
TEST(StreamId, is_the_same_for_ever) {
  EXPECT_EQ(stream_id("longshun-sinter", "failure"), 11809206488762937431ULL);
  EXPECT_EQ(stream_id("昆都仑", "x"), 8439492439341796654ULL);
}

TEST(StreamId, tells_where_the_entity_ends_and_the_purpose_begins) {
  EXPECT_NE(stream_id("ab", "c"), stream_id("a", "bc"));
  EXPECT_NE(stream_id("a", "b"), stream_id("b", "a"));
}

TEST(StreamId, of_many_names_does_not_collide) {
  std::set<std::uint64_t> ids;
  for (int entity = 0; entity < 20'000; ++entity) {
    ids.insert(stream_id(std::to_string(entity), "failure"));
    ids.insert(stream_id(std::to_string(entity), "repair"));
  }
  EXPECT_EQ(ids.size(), 40'000U);
}

} // namespace
} // namespace lantian
