#include "results/column_statistics.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <thread>

#include "ensemble/statistics.hpp"

namespace lantian {
namespace {

// Columns copied out together: one cache line of each row.
constexpr std::size_t kGroup = 8;

struct Work {
  std::span<const double> table;
  std::size_t columns;
  std::span<const double> probabilities;
  ColumnStatistics& result;
};

void reduce_column(const Work& work, std::size_t column, std::span<double> values) {
  const Moments of = moments(values);
  work.result.means[column] = of.mean;
  work.result.errors[column] = of.error;
  std::array<double, 16> at{};
  const auto quantiles_at = std::span(at).first(work.probabilities.size());
  quantiles(values, work.probabilities, quantiles_at);
  for (std::size_t q = 0; q < quantiles_at.size(); ++q) {
    work.result.quantiles[q * work.columns + column] = quantiles_at[q];
  }
}

void reduce_columns(const Work& work, std::size_t first, std::size_t last) {
  const std::size_t rows = work.table.size() / work.columns;
  std::vector<double> group(kGroup * rows);
  for (std::size_t begin = first; begin < last; begin += kGroup) {
    const std::size_t width = std::min(kGroup, last - begin);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t i = 0; i < width; ++i) {
        group[i * rows + row] = work.table[row * work.columns + begin + i];
      }
    }
    for (std::size_t i = 0; i < width; ++i) {
      reduce_column(work, begin + i, std::span(group).subspan(i * rows, rows));
    }
  }
}

} // namespace

ColumnStatistics column_statistics(std::span<const double> table, std::size_t columns,
                                   std::span<const double> probabilities, unsigned threads) {
  ColumnStatistics result{std::vector<double>(columns), std::vector<double>(columns),
                          std::vector<double>(columns * probabilities.size())};
  const Work work{table, columns, probabilities, result};
  const std::size_t most = std::max<std::size_t>(columns / kGroup, 1);
  const std::size_t parts = std::clamp<std::size_t>(threads, 1, most);
  std::vector<std::jthread> helpers;
  for (std::size_t part = 1; part < parts; ++part) {
    helpers.emplace_back(reduce_columns, std::cref(work), columns * part / parts,
                         columns * (part + 1) / parts);
  }
  reduce_columns(work, 0, columns / parts);
  helpers.clear(); // joins them
  return result;
}

} // namespace lantian
