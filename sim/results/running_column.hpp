#pragma once
//! Statistics of one number over replications that are not kept.
//!
//! Mean and standard error come by Welford's recurrence (Technometrics 4, 1962), so they have the
//! same bits however the replications come, as long as they come in order. Quantiles come from
//! counts in bins [i w, (i + 1) w) for whole i, where w is the smallest power of two with which
//! kBins bins reach from the least value to the greatest. Where a value falls outside, w doubles
//! and neighbours are added up; so the bins and their counts depend on the values alone, not on
//! their order. A quantile is wrong by at most w, which is at most 2 / (kBins - 1) of the range (or
//! the last digits of the values); it is exact where all values are multiples of w, as small whole
//! numbers are.
//!
//! Memory: 4 kB, however many replications; nothing while all values are equal.

#include <cstdint>
#include <vector>

#include "ensemble/statistics.hpp"

namespace lantian {

class Packer;
class Unpacker;

class RunningColumn {
public:
  static constexpr std::size_t kBins = 1024;
  static constexpr std::size_t kMostBytes = kBins * sizeof(std::uint32_t) + 96; //!< of pack()

  RunningColumn() = default;
  explicit RunningColumn(Unpacker& unpacker);
  void pack(Packer& packer) const;

  //! Takes the next value; one that is not finite is missing, and left out.
  void add(double value);

  //! Values that were not missing.
  std::int64_t number() const { return number_; }

  //! How often `value` was there, where all are small whole numbers (flags).
  std::int64_t number_of(double value) const;

  //! As `moments` has them, of the values that are there.
  Moments moments() const;

  //! The type 7 quantile, see statistics.hpp; NaN where there is no value.
  double quantile(double p) const;

  //! Most by which a quantile may be wrong.
  double quantile_error() const;

private:
  void widen(double value);
  void count_in_bins(int exponent, std::int64_t first_bin);
  double order_statistic(std::int64_t rank) const;
  bool is_constant() const { return counts_.empty(); }

  std::int64_t number_ = 0;
  double sum_ = 0;
  double mean_ = 0;
  double squares_ = 0; //!< of the differences from the mean
  double least_ = 0;
  double greatest_ = 0;
  std::int32_t exponent_ = 0; //!< w = 2^exponent
  double bins_per_unit_ = 1;  //!< 1 / w
  bool is_on_edges_ = true;   //!< every value is the lower edge of its bin
  std::int64_t first_bin_ = 0;
  std::vector<std::uint32_t> counts_; //!< empty while all values are equal
};

} // namespace lantian
