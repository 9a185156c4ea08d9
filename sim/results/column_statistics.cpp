#include "results/column_statistics.hpp"

#include <algorithm>
#include <array>

#include "ensemble/statistics.hpp"

namespace lantian {
namespace {

// Columns copied out together: one cache line of each row.
constexpr std::size_t kGroup = 8;

void reduce_column(std::span<double> values, std::span<const double> probabilities,
                   std::size_t column, ColumnStatistics& result) {
  const Moments of = moments(values);
  result.means[column] = of.mean;
  result.errors[column] = of.error;
  std::array<double, 16> at{};
  const auto quantiles_at = std::span(at).first(probabilities.size());
  quantiles(values, probabilities, quantiles_at);
  for (std::size_t q = 0; q < quantiles_at.size(); ++q) {
    result.quantiles[q * result.means.size() + column] = quantiles_at[q];
  }
}

} // namespace

ColumnStatistics column_statistics(std::span<const double> table, std::size_t columns,
                                   std::span<const double> probabilities) {
  ColumnStatistics result{std::vector<double>(columns), std::vector<double>(columns),
                          std::vector<double>(columns * probabilities.size())};
  const std::size_t rows = table.size() / columns;
  std::vector<double> group(kGroup * rows);
  for (std::size_t begin = 0; begin < columns; begin += kGroup) {
    const std::size_t width = std::min(kGroup, columns - begin);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t i = 0; i < width; ++i) {
        group[i * rows + row] = table[row * columns + begin + i];
      }
    }
    for (std::size_t i = 0; i < width; ++i) {
      reduce_column(std::span(group).subspan(i * rows, rows), probabilities, begin + i, result);
    }
  }
  return result;
}

} // namespace lantian
