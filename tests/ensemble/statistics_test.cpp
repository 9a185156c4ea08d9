#include "ensemble/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace lantian {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Moments, of_a_sample_worked_out_by_hand) {
  // Mean 5; squares 9 1 1 1 0 0 4 16 = 32; variance 32/7; error sqrt(32/7/8) = sqrt(4/7).
  const std::vector<double> values = {2, 4, 4, 4, 5, 5, 7, 9};
  const Moments result = moments(values);
  EXPECT_EQ(result.count, 8);
  EXPECT_DOUBLE_EQ(result.mean, 5);
  EXPECT_DOUBLE_EQ(result.deviation, std::sqrt(32.0 / 7));
  EXPECT_DOUBLE_EQ(result.error, std::sqrt(4.0 / 7));
}

TEST(Moments, of_one_value_know_no_spread) {
  const Moments result = moments(std::array{3.0});
  EXPECT_EQ(result.mean, 3);
  EXPECT_TRUE(std::isnan(result.deviation));
  EXPECT_TRUE(std::isnan(result.error));
}

TEST(Moments, of_nothing_are_not_a_number) {
  const Moments result = moments({});
  EXPECT_EQ(result.count, 0);
  EXPECT_TRUE(std::isnan(result.mean));
}

TEST(Moments, of_equal_values_have_exactly_no_spread) {
  // Ten times 0.1 adds up to 0.9999999999999999: the mean must still be 0.1.
  const Moments result = moments(std::vector<double>(10, 0.1));
  EXPECT_EQ(result.mean, 0.1);
  EXPECT_EQ(result.error, 0);
}

TEST(Moments, keep_a_missing_value_visible) {
  EXPECT_TRUE(std::isnan(moments(std::array{1.0, kNaN}).mean));
}

TEST(MeanInterval, is_students) {
  // Five values, mean 3, deviation sqrt(2.5), error sqrt(0.5); t(0.975, 4) = 2.7764451052.
  const ConfidenceInterval interval = mean_interval(moments(std::array{1.0, 2.0, 3.0, 4.0, 5.0}));
  EXPECT_NEAR(interval.low, 3 - 2.7764451052 * std::sqrt(0.5), 1e-9);
  EXPECT_NEAR(interval.high, 3 + 2.7764451052 * std::sqrt(0.5), 1e-9);
}

// t(0.75, 1) = 1 and t(0.9, 1) = tan(0.4 pi) = 3.0776835: two values 1 and 3, error 1.
TEST(MeanInterval, is_as_wide_as_it_is_sure) {
  const Moments two = moments(std::array{1.0, 3.0});
  EXPECT_NEAR(mean_interval(two, 0.5).low, 1, 1e-12);
  EXPECT_NEAR(mean_interval(two, 0.8).high, 2 + 3.0776835, 1e-7);
  EXPECT_THROW(mean_interval(two, 0), std::invalid_argument);
  EXPECT_THROW(mean_interval(two, 1), std::invalid_argument);
}

TEST(MeanInterval, of_one_value_is_everything) {
  const ConfidenceInterval interval = mean_interval(moments(std::array{1.0}));
  EXPECT_TRUE(std::isinf(interval.low) && std::isinf(interval.high));
}

TEST(Quantile, interpolates_between_order_statistics) {
  // n = 4: h = 3p. p = 0.5: h = 1.5, halfway from 20 to 40; p = 0.25: h = 0.75.
  const std::array sorted = {10.0, 20.0, 40.0, 80.0};
  EXPECT_EQ(sorted_quantile(sorted, 0), 10);
  EXPECT_EQ(sorted_quantile(sorted, 0.25), 17.5);
  EXPECT_EQ(sorted_quantile(sorted, 0.5), 30);
  EXPECT_EQ(sorted_quantile(sorted, 1), 80);
}

TEST(Quantile, is_infinite_where_it_lies_beyond_all_that_is_finite) {
  // dates of which the last is never: p = 0.5 falls on 20, p = 0.6 between 20 and never
  const std::array sorted = {10.0, 20.0, kInfinity};
  EXPECT_EQ(sorted_quantile(sorted, 0.5), 20);
  EXPECT_EQ(sorted_quantile(sorted, 0.6), kInfinity);
  EXPECT_EQ(sorted_quantile(std::array{kInfinity, kInfinity}, 0.6), kInfinity);
}

TEST(Quantile, of_one_value_is_that_value) {
  EXPECT_EQ(sorted_quantile(std::array{7.0}, 0.3), 7);
}

TEST(Quantile, refuses_no_values_and_wrong_probabilities) {
  EXPECT_THROW(sorted_quantile({}, 0.5), std::invalid_argument);
  EXPECT_THROW(sorted_quantile(std::array{1.0}, 1.5), std::invalid_argument);
  EXPECT_THROW(sorted_quantile(std::array{1.0}, kNaN), std::invalid_argument);
}

TEST(Quantiles, without_sorting_equal_those_of_sorted_values) {
  const std::array ps = {0.0, 0.05, 0.25, 0.251, 0.5, 0.75, 0.95, 1.0};
  for (std::size_t n = 1; n <= 60; ++n) {
    std::vector<double> values(n);
    for (std::size_t i = 0; i < n; ++i) {
      values[i] = static_cast<double>((i * 37 + 11) % 23); // shuffled, with ties
    }
    std::vector<double> sorted = values;
    std::ranges::sort(sorted);
    std::array<double, ps.size()> result{};
    quantiles(values, ps, result);
    for (std::size_t i = 0; i < ps.size(); ++i) {
      EXPECT_EQ(result[i], sorted_quantile(sorted, ps[i])) << "n " << n << " p " << ps[i];
    }
  }
}

TEST(Quantiles, refuse_what_does_not_fit) {
  std::array values = {1.0, 2.0, 3.0};
  std::array<double, 2> result{};
  EXPECT_THROW(quantiles(values, std::array{0.5}, result), std::invalid_argument);
  EXPECT_THROW(quantiles(values, std::array{0.5, 0.4}, result), std::invalid_argument);
  EXPECT_THROW(quantiles({}, std::array{0.4, 0.5}, result), std::invalid_argument);
}

TEST(Quantiles, keep_a_missing_value_visible) {
  std::array values = {1.0, kNaN, 2.0};
  std::array<double, 2> result{};
  quantiles(values, std::array{0.0, 0.5}, result);
  EXPECT_TRUE(std::isnan(result[0]) && std::isnan(result[1]));
}

TEST(Wilson, agrees_with_the_textbook) {
  // 8 of 10 with z = 1.959964: centre (0.8 + 0.19207) / 1.38415, half width
  // 1.959964 sqrt(0.016 + 0.0096036) / 1.38415.
  const ConfidenceInterval interval = wilson_interval(8, 10);
  EXPECT_NEAR(interval.low, 0.4901625, 1e-6);
  EXPECT_NEAR(interval.high, 0.9433178, 1e-6);
}

TEST(Wilson, stays_within_zero_and_one) {
  EXPECT_EQ(wilson_interval(0, 20).low, 0);
  EXPECT_NEAR(wilson_interval(0, 20).high, 0.1611, 1e-4); // z2 / (n + z2)
  EXPECT_EQ(wilson_interval(20, 20).high, 1);
  EXPECT_EQ(wilson_interval(0, 0).low, 0);
  EXPECT_EQ(wilson_interval(0, 0).high, 1);
  EXPECT_THROW(wilson_interval(3, 2), std::invalid_argument);
}

TEST(PairedDifference, removes_what_the_worlds_have_in_common) {
  // a - b = 1, 2, 1, 2: mean 1.5, deviation sqrt(1/3), error sqrt(1/12); t(0.975, 3) = 3.1824463.
  const std::array a = {101.0, 52.0, 11.0, 1002.0};
  const std::array b = {100.0, 50.0, 10.0, 1000.0};
  const PairedDifference result = paired_difference(a, b);
  EXPECT_EQ(result.difference.mean, 1.5);
  EXPECT_DOUBLE_EQ(result.difference.error, std::sqrt(1.0 / 12));
  EXPECT_NEAR(result.interval.low, 1.5 - 3.1824463 * std::sqrt(1.0 / 12), 1e-7);
  EXPECT_THROW(paired_difference(a, std::array{1.0}), std::invalid_argument);
}

TEST(PairedOrder, of_no_pairs_knows_nothing) {
  const PairedOrder order = paired_order({}, {});
  EXPECT_TRUE(std::isnan(order.probability_below));
  EXPECT_EQ(order.interval.low, 0);
  EXPECT_EQ(order.interval.high, 1);
  EXPECT_EQ(order.below + order.equal + order.above, 0);
}

TEST(PairedOrder, of_one_pair_is_sure_and_hardly_known) {
  const PairedOrder order = paired_order(std::array{1.0}, std::array{2.0});
  EXPECT_EQ(order.probability_below, 1);
  EXPECT_NEAR(order.interval.low, 1 / (1 + 1.959964 * 1.959964), 1e-6); // n / (n + z2)
  EXPECT_THROW(paired_order(std::array{1.0}, std::array{1.0, 2.0}), std::invalid_argument);
}

TEST(PairedOrder, counts_ties_for_neither) {
  const std::array a = {1.0, 2.0, 3.0, 5.0};
  const std::array b = {2.0, 2.0, 4.0, 4.0};
  const PairedOrder order = paired_order(a, b);
  EXPECT_EQ(order.below, 2);
  EXPECT_EQ(order.equal, 1);
  EXPECT_EQ(order.above, 1);
  EXPECT_EQ(order.probability_below, 0.5);
  EXPECT_NEAR(order.interval.low, wilson_interval(2, 4).low, 1e-15);
}

TEST(McNemar, tests_the_pairs_that_differ) {
  // Only a: 5, only b: 1, both 1, neither 1: p = 2 (C(6,0) + C(6,1)) / 2^6 = 14/64.
  const std::vector<std::uint8_t> a = {1, 1, 1, 1, 1, 0, 1, 0};
  const std::vector<std::uint8_t> b = {0, 0, 0, 0, 0, 1, 1, 0};
  const McNemar table = mcnemar(a, b);
  EXPECT_EQ(table.only_a, 5);
  EXPECT_EQ(table.only_b, 1);
  EXPECT_EQ(table.both, 1);
  EXPECT_EQ(table.neither, 1);
  EXPECT_EQ(table.difference, 0.5);
  EXPECT_NEAR(table.p_value, 14.0 / 64, 1e-12);
}

// Only a: 3, only b: 4, both 2, neither 1: p = min(1, 2 x 64/128).
TEST(McNemar, tells_the_four_kinds_of_pairs_apart) {
  const std::vector<std::uint8_t> a = {1, 1, 1, 0, 0, 0, 0, 1, 1, 0};
  const std::vector<std::uint8_t> b = {0, 0, 0, 1, 1, 1, 1, 1, 1, 0};
  const McNemar table = mcnemar(a, b);
  EXPECT_EQ(table.only_a, 3);
  EXPECT_EQ(table.only_b, 4);
  EXPECT_EQ(table.both, 2);
  EXPECT_EQ(table.neither, 1);
  EXPECT_EQ(table.difference, -0.1);
  EXPECT_EQ(table.p_value, 1);
  EXPECT_THROW(mcnemar(a, std::vector<std::uint8_t>{1}), std::invalid_argument);
}

TEST(McNemar, of_no_pairs_knows_no_difference) {
  const McNemar table = mcnemar({}, {});
  EXPECT_TRUE(std::isnan(table.difference));
  EXPECT_EQ(table.p_value, 1);
}

TEST(McNemar, sees_no_difference_in_equal_events) {
  const std::vector<std::uint8_t> a = {1, 0, 1};
  EXPECT_EQ(mcnemar(a, a).p_value, 1);
}

TEST(SplitSpread, tells_parameters_from_chance) {
  // Draws (1, 3), (5, 7), (9, 11): means 2 6 10, between variance 16, within 2 each:
  // parameters 16 - 2/2 = 15, chance 2.
  const std::array values = {1.0, 3.0, 5.0, 7.0, 9.0, 11.0};
  const SpreadSplit split = split_spread(values, 2);
  EXPECT_DOUBLE_EQ(split.parameter_variance, 15);
  EXPECT_DOUBLE_EQ(split.chance_variance, 2);
  EXPECT_THROW(split_spread(values, 4), std::invalid_argument);
}

// Means 1, 2, 6: variance 7 in all.
TEST(SplitSpread, of_single_draws_cannot_tell_chance_from_parameters) {
  const SpreadSplit split = split_spread(std::array{1.0, 2.0, 6.0}, 1);
  EXPECT_DOUBLE_EQ(split.parameter_variance, 7);
  EXPECT_TRUE(std::isnan(split.chance_variance));
  EXPECT_THROW(split_spread(std::array{1.0}, 0), std::invalid_argument);
}

TEST(SplitSpread, finds_no_parameter_spread_in_equal_draws) {
  const SpreadSplit split = split_spread(std::array{1.0, 3.0, 1.0, 3.0}, 2);
  EXPECT_EQ(split.parameter_variance, 0);
  EXPECT_DOUBLE_EQ(split.chance_variance, 2);
}

} // namespace
} // namespace lantian
