#include "results/running_column.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "results/packing.hpp"

namespace lantian {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr int kBinsExponent = 10;  // kBins = 2^10
constexpr int kExactExponent = 51; // numbers of bins stay exact as doubles
constexpr int kLeastExponent = -1000;

// The number of the bin that holds a value, from 0 at 0.
double bin_of(double value, int exponent) {
  return std::floor(std::ldexp(value, -exponent));
}

// The smallest with which the bins reach from `least` to `greatest`.
int exponent_for(double least, double greatest) {
  int range = 0;
  int size = 0;
  const double half = greatest / 2 - least / 2; // the whole difference may be too large
  std::frexp(half, &range);
  if (half == 0) { // half of the least number there is
    range = kLeastExponent;
  }
  std::frexp(std::max(std::abs(least), std::abs(greatest)), &size);
  int exponent = std::max({range - kBinsExponent, size - kExactExponent, kLeastExponent});
  while (bin_of(greatest, exponent) - bin_of(least, exponent) >=
         static_cast<double>(RunningColumn::kBins)) {
    ++exponent;
  }
  return exponent;
}

} // namespace

RunningColumn::RunningColumn(Unpacker& unpacker)
    : number_(unpacker.number<std::int64_t>()), sum_(unpacker.number<double>()),
      mean_(unpacker.number<double>()), squares_(unpacker.number<double>()),
      least_(unpacker.number<double>()), greatest_(unpacker.number<double>()),
      exponent_(unpacker.number<std::int32_t>()), bins_per_unit_(std::ldexp(1, -exponent_)),
      is_on_edges_(unpacker.number<bool>()), first_bin_(unpacker.number<std::int64_t>()),
      counts_(unpacker.array<std::uint32_t>()) {}

void RunningColumn::pack(Packer& packer) const {
  packer.number(number_);
  packer.number(sum_);
  packer.number(mean_);
  packer.number(squares_);
  packer.number(least_);
  packer.number(greatest_);
  packer.number(exponent_);
  packer.number(is_on_edges_);
  packer.number(first_bin_);
  packer.array(counts_);
}

void RunningColumn::add(double value) {
  if (!std::isfinite(value)) {
    return;
  }
  if (number_ == 0) {
    least_ = greatest_ = value;
  } else if (value < least_ || value > greatest_) {
    widen(value);
  }
  ++number_;
  sum_ += value;
  const double off = value - mean_;
  mean_ += off / static_cast<double>(number_);
  squares_ += off * (value - mean_);
  if (!is_constant()) {
    const double place = value * bins_per_unit_;
    const double bin = std::floor(place);
    is_on_edges_ = is_on_edges_ && bin == place;
    ++counts_[static_cast<std::size_t>(static_cast<std::int64_t>(bin) - first_bin_)];
  }
}

void RunningColumn::widen(double value) {
  const double only = least_;
  least_ = std::min(least_, value);
  greatest_ = std::max(greatest_, value);
  const int exponent = exponent_for(least_, greatest_);
  const auto first_bin = static_cast<std::int64_t>(bin_of(least_, exponent));
  if (is_constant()) {
    const double bin = bin_of(only, exponent);
    counts_.assign(kBins, 0);
    counts_[static_cast<std::size_t>(static_cast<std::int64_t>(bin) - first_bin)] =
        static_cast<std::uint32_t>(number_);
    is_on_edges_ = std::ldexp(bin, exponent) == only;
  } else {
    count_in_bins(exponent, first_bin);
  }
  exponent_ = exponent;
  bins_per_unit_ = std::ldexp(1, -exponent);
  first_bin_ = first_bin;
}

// Moves the counts to bins as wide or wider, which begin elsewhere.
void RunningColumn::count_in_bins(int exponent, std::int64_t first_bin) {
  const int shift = std::min(exponent - exponent_, 62);
  std::vector<std::uint32_t> counts(kBins, 0);
  for (std::size_t i = 0; i < kBins; ++i) {
    if (counts_[i] == 0) {
      continue;
    }
    const std::int64_t old = first_bin_ + static_cast<std::int64_t>(i);
    const std::int64_t bin = old >> shift;
    is_on_edges_ = is_on_edges_ && bin << shift == old;
    counts[static_cast<std::size_t>(bin - first_bin)] += counts_[i];
  }
  counts_ = std::move(counts);
}

std::int64_t RunningColumn::number_of(double value) const {
  if (number_ == 0 || value < least_ || value > greatest_) {
    return 0;
  }
  if (is_constant()) {
    return number_;
  }
  const auto bin = static_cast<std::int64_t>(bin_of(value, exponent_));
  return counts_[static_cast<std::size_t>(bin - first_bin_)];
}

Moments RunningColumn::moments() const {
  if (number_ == 0) {
    return {0, kNaN, kNaN, kNaN};
  }
  const auto n = static_cast<double>(number_);
  const double mean = is_constant() ? least_ : sum_ / n;
  if (number_ == 1) {
    return {1, mean, kNaN, kNaN};
  }
  const double deviation = is_constant() ? 0 : std::sqrt(squares_ / (n - 1));
  return {number_, mean, deviation, deviation / std::sqrt(n)};
}

double RunningColumn::quantile(double p) const {
  if (number_ == 0) {
    return kNaN;
  }
  const double place = static_cast<double>(number_ - 1) * p;
  const auto rank = static_cast<std::int64_t>(std::floor(place));
  const std::array around{order_statistic(rank), order_statistic(std::min(rank + 1, number_ - 1))};
  return sorted_quantile(around, place - std::floor(place));
}

double RunningColumn::quantile_error() const {
  return is_constant() || is_on_edges_ ? 0 : std::ldexp(1, exponent_);
}

// The values of a bin are taken to lie evenly in it.
double RunningColumn::order_statistic(std::int64_t rank) const {
  if (is_constant() || rank == 0) {
    return least_;
  }
  if (rank == number_ - 1) {
    return greatest_;
  }
  std::size_t bin = 0;
  for (; rank >= counts_[bin]; ++bin) {
    rank -= counts_[bin];
  }
  const double within =
      is_on_edges_ ? 0 : (static_cast<double>(rank) + 0.5) / static_cast<double>(counts_[bin]);
  const auto number = static_cast<double>(first_bin_ + static_cast<std::int64_t>(bin));
  return std::clamp(std::ldexp(number + within, exponent_), least_, greatest_);
}

} // namespace lantian
