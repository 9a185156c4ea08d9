#include "results/column_statistics.hpp"

#include <array>
#include <cmath>

#include <gmock/gmock.h>

namespace lantian {
namespace {

using testing::ElementsAre;

TEST(ColumnStatistics, takes_each_column_by_itself) {
  // Columns (1, 3) and (10, 10): means 2 and 10, errors 1 and 0, medians 2 and 10.
  const std::vector<double> table = {1, 10, 3, 10};
  const ColumnStatistics result = column_statistics(table, 2, std::array{0.0, 0.5}, 1);
  EXPECT_THAT(result.means, ElementsAre(2, 10));
  EXPECT_THAT(result.errors, ElementsAre(1, 0));
  EXPECT_THAT(result.quantiles, ElementsAre(1, 10, 2, 10));
}

TEST(ColumnStatistics, of_one_row_knows_no_error) {
  const ColumnStatistics result = column_statistics(std::array{5.0}, 1, std::array{0.5}, 4);
  EXPECT_THAT(result.means, ElementsAre(5));
  EXPECT_TRUE(std::isnan(result.errors[0]));
  EXPECT_THAT(result.quantiles, ElementsAre(5));
}

TEST(ColumnStatistics, has_the_same_bits_on_any_number_of_threads) {
  constexpr std::size_t kColumns = 101;
  std::vector<double> table(37 * kColumns);
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i] = std::sin(static_cast<double>(i)) * 1e6;
  }
  const std::array ps = {0.05, 0.5, 0.95};
  const ColumnStatistics alone = column_statistics(table, kColumns, ps, 1);
  for (const unsigned threads : {2u, 3u, 8u, 64u}) {
    const ColumnStatistics shared = column_statistics(table, kColumns, ps, threads);
    EXPECT_EQ(shared.means, alone.means);
    EXPECT_EQ(shared.errors, alone.errors);
    EXPECT_EQ(shared.quantiles, alone.quantiles);
  }
}

} // namespace
} // namespace lantian
