#pragma once
//! Mean, standard error and quantiles of every column of a table. A column's numbers depend on that
//! column alone, so that it does not matter which others are computed with it.

#include <cstddef>
#include <span>
#include <vector>

namespace lantian {

struct ColumnStatistics {
  std::vector<double> means;     //!< one a column
  std::vector<double> errors;    //!< one a column; NaN with one row
  std::vector<double> quantiles; //!< [probability][column]
};

//! `table` is [row][column] with at least one row.
ColumnStatistics column_statistics(std::span<const double> table, std::size_t columns,
                                   std::span<const double> probabilities);

} // namespace lantian
