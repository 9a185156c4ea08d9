// Statistics of values that are not kept, against those of the values.
#include "results/running_column.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <gmock/gmock.h>

#include "results/packing.hpp"

namespace lantian {
namespace {

RunningColumn column_of(const std::vector<double>& values) {
  RunningColumn column;
  for (const double value : values) {
    column.add(value);
  }
  return column;
}

std::string bytes_of(const RunningColumn& column) {
  Packer packer;
  column.pack(packer);
  return std::move(packer).take();
}

// Values as runs have them: around a million with little spread, spikes, on both sides of zero.
std::vector<std::vector<double>> samples() {
  std::mt19937_64 luck(7);
  std::normal_distribution<double> normal;
  std::vector<std::vector<double>> all(4);
  for (int i = 0; i < 5000; ++i) {
    const double z = normal(luck);
    all[0].push_back(1e6 + z);
    all[1].push_back(std::exp(3 * z));
    all[2].push_back(i % 50 == 0 ? z : 0);
    all[3].push_back(1e9 * z * z * z);
  }
  return all;
}

TEST(RunningColumn, has_mean_and_error_of_the_values) {
  for (const std::vector<double>& values : samples()) {
    const Moments expected = moments(values);
    const Moments got = column_of(values).moments();
    EXPECT_EQ(got.mean, expected.mean); // the same sum in the same order
    EXPECT_NEAR(got.error, expected.error, 1e-11 * expected.error);
  }
}

TEST(RunningColumn, has_quantiles_within_the_error_that_it_states) {
  constexpr std::array kAt{0.0, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1.0};
  for (std::vector<double> values : samples()) {
    const RunningColumn column = column_of(values);
    std::ranges::sort(values);
    const double range = values.back() - values.front();
    EXPECT_GT(column.quantile_error(), 0);
    EXPECT_LE(column.quantile_error(), 2 * range / (RunningColumn::kBins - 1));
    for (const double p : kAt) {
      EXPECT_NEAR(column.quantile(p), sorted_quantile(values, p), column.quantile_error()) << p;
    }
  }
}

TEST(RunningColumn, has_exact_quantiles_of_whole_numbers) {
  // 0 to 9, a hundred times each: h = 999 * 0.95 = 949.05 lies among the nines, h = 499.5 between
  // the last four and the first five; with one more zero, h = 500 is the last four.
  RunningColumn column;
  for (int i = 0; i < 1000; ++i) {
    column.add(i % 10);
  }
  EXPECT_EQ(column.quantile(0.95), 9);
  EXPECT_EQ(column.quantile(0.5), 4.5);
  column.add(0);
  EXPECT_EQ(column.quantile(0.5), 4);
  EXPECT_EQ(column.quantile_error(), 0);
  EXPECT_EQ(column.number_of(0), 101);
  EXPECT_EQ(column.number_of(10), 0);
}

TEST(RunningColumn, knows_constants_exactly_and_without_bins) {
  const RunningColumn column = column_of(std::vector<double>(3000, 0.1));
  EXPECT_EQ(column.moments().mean, 0.1);
  EXPECT_EQ(column.moments().error, 0);
  EXPECT_EQ(column.quantile(0.95), 0.1);
  EXPECT_EQ(column.quantile_error(), 0);
  EXPECT_LT(bytes_of(column).size(), 100);
}

TEST(RunningColumn, leaves_out_what_is_missing) {
  const RunningColumn column = column_of({1, std::nan(""), 3});
  EXPECT_EQ(column.number(), 2);
  EXPECT_EQ(column.moments().mean, 2);
  EXPECT_EQ(column.quantile(0.5), 2);
  const RunningColumn none = column_of({std::nan("")});
  EXPECT_TRUE(std::isnan(none.moments().mean));
  EXPECT_TRUE(std::isnan(none.quantile(0.5)));
  EXPECT_TRUE(std::isnan(column_of({4}).moments().error));
}

TEST(RunningColumn, has_the_same_bins_in_any_order) {
  for (std::vector<double> values : samples()) {
    const RunningColumn column = column_of(values);
    std::shuffle(values.begin(), values.end(), std::mt19937_64(11));
    const RunningColumn shuffled = column_of(values);
    EXPECT_EQ(column.quantile_error(), shuffled.quantile_error());
    for (const double p : {0.05, 0.25, 0.5, 0.75, 0.95}) {
      EXPECT_EQ(column.quantile(p), shuffled.quantile(p));
    }
  }
}

TEST(RunningColumn, takes_the_largest_and_the_smallest_numbers) {
  constexpr double kMost = std::numeric_limits<double>::max();
  constexpr double kLeast = std::numeric_limits<double>::denorm_min();
  const RunningColumn wide = column_of({-kMost, 0, kMost, kLeast});
  EXPECT_EQ(wide.quantile(0), -kMost);
  EXPECT_EQ(wide.quantile(1), kMost);
  const RunningColumn narrow = column_of({0, kLeast, 2 * kLeast});
  EXPECT_NEAR(narrow.quantile(0.5), kLeast, narrow.quantile_error());
  const RunningColumn next = column_of({1, std::nextafter(1, 2), std::nextafter(1, 2)});
  EXPECT_NEAR(next.quantile(0.5), 1, 1e-15);
}

TEST(RunningColumn, goes_on_from_its_bytes) {
  const std::vector<double> values = samples()[1];
  RunningColumn column = column_of({values.begin(), values.begin() + 2000});
  const std::string bytes = bytes_of(column);
  Unpacker unpacker(bytes);
  RunningColumn restored(unpacker);
  for (auto value = values.begin() + 2000; value != values.end(); ++value) {
    column.add(*value);
    restored.add(*value);
  }
  EXPECT_EQ(bytes_of(restored), bytes_of(column));
}

} // namespace
} // namespace lantian
