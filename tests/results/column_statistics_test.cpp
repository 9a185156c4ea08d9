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
  const ColumnStatistics result = column_statistics(table, 2, std::array{0.0, 0.5});
  EXPECT_THAT(result.means, ElementsAre(2, 10));
  EXPECT_THAT(result.errors, ElementsAre(1, 0));
  EXPECT_THAT(result.quantiles, ElementsAre(1, 10, 2, 10));
}

TEST(ColumnStatistics, of_one_row_knows_no_error) {
  const ColumnStatistics result = column_statistics(std::array{5.0}, 1, std::array{0.5});
  EXPECT_THAT(result.means, ElementsAre(5));
  EXPECT_TRUE(std::isnan(result.errors[0]));
  EXPECT_THAT(result.quantiles, ElementsAre(5));
}

TEST(ColumnStatistics, has_the_same_bits_whatever_columns_are_beside) {
  constexpr std::size_t kColumns = 101;
  constexpr std::size_t kRows = 37;
  std::vector<double> table(kRows * kColumns);
  for (std::size_t i = 0; i < table.size(); ++i)
    table[i] = std::sin(static_cast<double>(i)) * 1e6;
  const std::array ps = {0.05, 0.5, 0.95};
  const ColumnStatistics together = column_statistics(table, kColumns, ps);
  for (std::size_t c = 0; c < kColumns; ++c) {
    std::vector<double> column;
    for (std::size_t row = 0; row < kRows; ++row)
      column.push_back(table[row * kColumns + c]);
    const ColumnStatistics alone = column_statistics(column, 1, ps);
    EXPECT_EQ(together.means[c], alone.means[0]);
    EXPECT_EQ(together.errors[c], alone.errors[0]);
    for (std::size_t q = 0; q < ps.size(); ++q)
      EXPECT_EQ(together.quantiles[q * kColumns + c], alone.quantiles[q]);
  }
}

} // namespace
} // namespace lantian
