#include "ensemble/attribution.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace lantian {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;

//! A game in one or several places (worlds, years): its values, place by place.
using Game = std::function<GameValues(Coalition)>;

std::vector<GameValues> values_of(const AttributionDesign& design, const Game& game) {
  std::vector<GameValues> values;
  for (const Coalition coalition : design.coalitions())
    values.push_back(game(coalition));
  return values;
}

//! Shares in a game of one place.
std::vector<double> shares_of(const AttributionDesign& design, const Game& game) {
  std::vector<double> shares;
  for (const GameValues& share : design.shares(values_of(design, game)))
    shares.push_back(share.at(0));
  return shares;
}

bool has(Coalition coalition, std::size_t group) {
  return (coalition >> group & 1) != 0;
}

double size_of(Coalition coalition) {
  return std::popcount(coalition);
}

//! Groups bring 1, 2, 4 and 8, whoever else is there.
GameValues additive(Coalition coalition) {
  return {100 + static_cast<double>(coalition)};
}

//! Groups 0 and 1 have a left glove each, group 2 the only right one; a pair is worth 1.
GameValues gloves(Coalition coalition) {
  return {has(coalition, 2) && (has(coalition, 0) || has(coalition, 1)) ? 1.0 : 0.0};
}

//! As rough as a simulation: no symmetry, 30 places, values that are no round numbers.
GameValues rough(Coalition coalition) {
  GameValues values;
  for (std::size_t place = 0; place < 30; ++place) {
    const double all = static_cast<double>(coalition) + 1.0;
    values.push_back(1e5 * std::sin(all * (0.7 + static_cast<double>(place))));
  }
  return values;
}

TEST(Attribution, gives_groups_that_do_not_meet_what_they_bring_by_every_method) {
  const std::vector<std::size_t> order{3, 1, 0, 2};
  for (const auto& design :
       {AttributionDesign::shapley(4), AttributionDesign::sampled_shapley(4, 4, 1),
        AttributionDesign::first_in(4), AttributionDesign::last_in(4),
        AttributionDesign::sequential(order)}) {
    EXPECT_THAT(shares_of(design, additive),
                ElementsAre(DoubleNear(1, 1e-12), DoubleNear(2, 1e-12), DoubleNear(4, 1e-12),
                            DoubleNear(8, 1e-12)));
  }
}

// Of the six orders the right glove completes a pair in those where it does not come first: 4/6.
// Left glove 0 does so only when right comes first and it comes next: 1/6.
TEST(Attribution, shares_out_the_glove_game_as_worked_by_hand) {
  EXPECT_THAT(shares_of(AttributionDesign::shapley(3), gloves),
              ElementsAre(DoubleNear(1.0 / 6, 1e-15), DoubleNear(1.0 / 6, 1e-15),
                          DoubleNear(4.0 / 6, 1e-15)));
  EXPECT_THAT(shares_of(AttributionDesign::first_in(3), gloves), ElementsAre(0, 0, 0));
  EXPECT_THAT(shares_of(AttributionDesign::last_in(3), gloves), ElementsAre(0, 0, 1));
  const std::vector<std::size_t> order{2, 0, 1};
  EXPECT_THAT(shares_of(AttributionDesign::sequential(order), gloves), ElementsAre(1, 0, 0));
}

// v(S) = |S|^2 grows faster than its parts: 25 for five alike is 5 each. The first gets 1, the last
// 25 - 16 = 9.
TEST(Attribution, gives_equal_groups_equal_shares_of_what_they_do_together) {
  const Game squared = [](Coalition c) { return GameValues{size_of(c) * size_of(c)}; };
  EXPECT_THAT(shares_of(AttributionDesign::shapley(5), squared), Each(DoubleNear(5, 1e-12)));
  EXPECT_THAT(shares_of(AttributionDesign::first_in(5), squared), Each(1));
  EXPECT_THAT(shares_of(AttributionDesign::last_in(5), squared), Each(9));
}

// Not 1e-17: exactly nothing, since a share is a sum of differences.
TEST(Attribution, gives_exactly_nothing_to_a_group_that_never_changes_anything) {
  const Game without_third = [](Coalition c) { return rough(c & ~Coalition{4}); };
  for (const auto& design :
       {AttributionDesign::shapley(6), AttributionDesign::sampled_shapley(6, 8, 3)}) {
    const auto shares = design.shares(values_of(design, without_third));
    EXPECT_THAT(shares[2], Each(0.0));
    EXPECT_NE(shares[1], shares[2]);
  }
}

TEST(Attribution, gives_two_groups_that_always_do_the_same_the_same) {
  // only how many of groups 1 and 4 are there counts
  const Game alike = [](Coalition c) {
    const Coalition both = (c >> 1 & 1) + (c >> 4 & 1);
    return rough((c & ~Coalition{0b10010}) | both << 8);
  };
  const auto design = AttributionDesign::shapley(6);
  const auto shares = design.shares(values_of(design, alike));
  for (std::size_t i = 0; i < shares[1].size(); ++i) {
    EXPECT_NEAR(shares[1][i], shares[4][i], 1e-9);
    EXPECT_GT(std::abs(shares[1][i] - shares[0][i]), 1e-6);
  }
}

TEST(Attribution, sums_to_the_total_in_every_place) {
  const std::vector<std::size_t> order{4, 2, 0, 1, 3, 7, 6, 5};
  for (const auto& design :
       {AttributionDesign::shapley(8), AttributionDesign::sampled_shapley(8, 10, 5),
        AttributionDesign::sequential(order)}) {
    const auto values = values_of(design, rough);
    const auto shares = design.shares(values);
    for (std::size_t i = 0; i < values[0].size(); ++i) {
      double sum = 0;
      for (const GameValues& share : shares)
        sum += share[i];
      EXPECT_NEAR(sum / 1e5, (values.back()[i] - values.front()[i]) / 1e5, 1e-12);
    }
  }
}

// The mean over the 24 orders of four groups, each walked through: no weights, no popcount.
TEST(Attribution, is_the_mean_over_all_orders) {
  std::vector<std::size_t> order{0, 1, 2, 3};
  std::vector<double> means(4, 0.0);
  do {
    const auto shares = shares_of(AttributionDesign::sequential(order), rough);
    for (std::size_t g = 0; g < 4; ++g)
      means[g] += shares[g] / 24;
  } while (std::next_permutation(order.begin(), order.end()));
  const auto shares = shares_of(AttributionDesign::shapley(4), rough);
  for (std::size_t g = 0; g < 4; ++g)
    EXPECT_NEAR(shares[g], means[g], 1e-9);
}

TEST(Attribution, wants_each_coalition_once) {
  EXPECT_EQ(AttributionDesign::shapley(8).coalitions().size(), 256u);
  EXPECT_THAT(AttributionDesign::first_in(3).coalitions(), ElementsAre(0, 1, 2, 4, 7));
  EXPECT_THAT(AttributionDesign::last_in(3).coalitions(), ElementsAre(0, 3, 5, 6, 7));
  const std::vector<std::size_t> order{1, 0, 2};
  EXPECT_THAT(AttributionDesign::sequential(order).coalitions(), ElementsAre(0, 2, 3, 7));
}

//! How far estimates are from the truth in units of their stated errors: mean of the squares.
double mean_square_of_z(std::size_t permutations, const std::vector<GameValues>& exact) {
  double sum = 0;
  std::size_t count = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto design = AttributionDesign::sampled_shapley(7, permutations, seed);
    const auto values = values_of(design, rough);
    const auto shares = design.shares(values);
    const auto errors = design.sampling_errors(values);
    for (std::size_t g = 0; g < 7; ++g) {
      for (std::size_t i = 0; i < 30; ++i, ++count)
        sum += std::pow((shares[g][i] - exact[g][i]) / errors[g][i], 2);
    }
  }
  return sum / static_cast<double>(count);
}

// z is nearly normal with 100 pairs, so z^2 has mean 1 (t: 99/97); over 20 seeds with 210
// correlated places a third either way is far outside chance, and an error that is of the sum and
// not of the mean, or takes pairs for single orders, is off by a factor of 2 and more.
TEST(Attribution, states_the_error_of_sampled_orders) {
  const auto design = AttributionDesign::shapley(7);
  const auto exact = design.shares(values_of(design, rough));
  EXPECT_NEAR(mean_square_of_z(200, exact), 1, 0.33);
}

// In the glove game a pair of an order and its reverse gives the right glove 1 where it stands in
// the middle, and else 1/2, and 1/2 to the glove that comes second. Two pairs that say 1 and 1/2
// are worth 3/4, with the error sqrt(2 (1/4)^2 / 1 / 2) = 1/4; that left glove has 1/4 by 1/4.
TEST(Attribution, states_the_error_of_two_pairs_worked_by_hand) {
  std::uint64_t seed = 1;
  while (shares_of(AttributionDesign::sampled_shapley(3, 4, seed), gloves)[2] != 0.75)
    ASSERT_LT(++seed, 100U);
  const auto design = AttributionDesign::sampled_shapley(3, 4, seed);
  EXPECT_EQ(design.groups(), 3U);
  EXPECT_EQ(design.pairs(), 2U);
  const auto shares = shares_of(design, gloves);
  const auto errors = design.sampling_errors(values_of(design, gloves));
  EXPECT_NEAR(errors[2][0], 0.25, 1e-12);
  for (const std::size_t left : {0U, 1U}) {
    EXPECT_TRUE(shares[left] == 0 || shares[left] == 0.25) << shares[left];
    EXPECT_NEAR(errors[left][0], shares[left], 1e-12);
  }
}

TEST(Attribution, has_no_error_where_nothing_is_sampled) {
  const auto design = AttributionDesign::shapley(3);
  EXPECT_EQ(design.pairs(), 0U);
  const auto errors = design.sampling_errors(values_of(design, rough));
  ASSERT_EQ(errors.size(), 3U);
  for (const GameValues& error : errors)
    EXPECT_THAT(error, testing::AllOf(testing::SizeIs(30), Each(0.0)));
}

TEST(Attribution, comes_closer_with_more_orders) {
  const auto worst_error = [](std::size_t permutations) {
    const auto design = AttributionDesign::sampled_shapley(7, permutations, 1);
    double worst = 0;
    for (const GameValues& errors : design.sampling_errors(values_of(design, rough)))
      worst = std::max(worst, *std::max_element(errors.begin(), errors.end()));
    return worst;
  };
  EXPECT_NEAR(worst_error(400) / worst_error(100), 0.5, 0.1); // as one over the root
}

TEST(Attribution, depends_on_the_seed_alone) {
  const auto of_seed = [](std::uint64_t seed) {
    return shares_of(AttributionDesign::sampled_shapley(7, 6, seed), rough);
  };
  EXPECT_EQ(of_seed(1), of_seed(1));
  EXPECT_NE(of_seed(1), of_seed(2));
}

// Of |S|^2 a pair sees each group once at place k and once at place n - 1 - k: no error at all.
TEST(Attribution, takes_each_order_backwards_too) {
  const Game squared = [](Coalition c) { return GameValues{size_of(c) * size_of(c)}; };
  EXPECT_THAT(shares_of(AttributionDesign::sampled_shapley(9, 4, 1), squared),
              Each(DoubleNear(9, 1e-12)));
}

TEST(Attribution, goes_up_to_the_groups_that_it_names) {
  EXPECT_EQ(AttributionDesign::shapley(1).coalitions().size(), 2U);
  EXPECT_EQ(AttributionDesign::shapley(12).coalitions().size(), 4096U);
  EXPECT_EQ(AttributionDesign::first_in(63).coalitions().size(), 65U);
}

TEST(Attribution, refuses_what_cannot_be_shared_out) {
  const std::vector<std::size_t> twice{0, 0};
  EXPECT_THROW(AttributionDesign::shapley(13), std::invalid_argument);
  EXPECT_THROW(AttributionDesign::first_in(0), std::invalid_argument);
  EXPECT_THROW(AttributionDesign::first_in(64), std::invalid_argument);
  EXPECT_THROW(AttributionDesign::sampled_shapley(5, 5, 1), std::invalid_argument);
  EXPECT_THROW(AttributionDesign::sampled_shapley(5, 2, 1), std::invalid_argument);
  EXPECT_THROW(AttributionDesign::sequential(twice), std::invalid_argument);
  const std::vector<GameValues> too_few(3, GameValues{1});
  EXPECT_THROW(AttributionDesign::shapley(2).shares(too_few), std::invalid_argument);
  const std::vector<GameValues> uneven{{1}, {1}, {1, 2}, {1}};
  EXPECT_THROW(AttributionDesign::shapley(2).shares(uneven), std::invalid_argument);
}

} // namespace
} // namespace lantian
