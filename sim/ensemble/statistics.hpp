#pragma once
//! Statistics of replications. Sums run in the order of the values, so that results depend on
//! neither threads nor machines; quantiles are exact order statistics, not estimates from bins.
//! A NaN among the values makes the result NaN: who has missing values leaves them out first.

#include <cstdint>
#include <span>

namespace lantian {

//! A closed interval; both ends infinite where the sample is too small to say anything.
struct ConfidenceInterval {
  double low;
  double high;
};

//! Mean, sample standard deviation (n - 1) and standard error of the mean. With no value all are
//! NaN, with one the last two are.
struct Moments {
  std::int64_t count;
  double mean;
  double deviation;
  double error; //!< deviation / sqrt(count)
};
Moments moments(std::span<const double> values);

//! t interval for the mean of independent normal values.
ConfidenceInterval mean_interval(const Moments& moments, double confidence = 0.95);

//! Quantile of sorted values by linear interpolation between order statistics (type 7 of Hyndman
//! and Fan, the default of R and NumPy): with h = (n - 1) p, x[floor h] + (h - floor h)
//! (x[floor h + 1] - x[floor h]), counted from 0. Throws std::invalid_argument if there is no
//! value or p is outside [0, 1].
double sorted_quantile(std::span<const double> sorted, double p);

//! Type 7 quantiles for increasing `ps` into `result`, without sorting all: O(n) a quantile.
//! Reorders `values`. Same preconditions and values as sorted_quantile; NaN if any value is NaN.
void quantiles(std::span<double> values, std::span<const double> ps, std::span<double> result);

//! Wilson's score interval for a probability seen as `successes` of `trials`; [0, 1] if there is
//! no trial. Throws std::invalid_argument unless 0 <= successes <= trials.
ConfidenceInterval wilson_interval(std::int64_t successes, std::int64_t trials,
                                   double confidence = 0.95);

//! Differences a - b in the same paired worlds.
struct PairedDifference {
  Moments difference;          //!< of a[i] - b[i]
  ConfidenceInterval interval; //!< t interval for the mean difference
};
PairedDifference paired_difference(std::span<const double> a, std::span<const double> b,
                                   double confidence = 0.95);

//! How often a lies below b in the same paired worlds. Ties count for neither; pairs with a NaN
//! are left out.
struct PairedOrder {
  std::int64_t below;
  std::int64_t equal;
  std::int64_t above;
  double probability_below;    //!< below / (below + equal + above)
  ConfidenceInterval interval; //!< Wilson's, for probability_below
};
PairedOrder paired_order(std::span<const double> a, std::span<const double> b,
                         double confidence = 0.95);

//! McNemar's exact test that an event is as likely in a as in b, seen in the same paired worlds.
struct McNemar {
  std::int64_t both;
  std::int64_t only_a;
  std::int64_t only_b;
  std::int64_t neither;
  double difference; //!< P(a) - P(b)
  double p_value;    //!< two-sided, from the binomial of the discordant pairs; 1 if there is none
};
//! Non-zero: it happened. Throws std::invalid_argument unless a and b are as long.
McNemar mcnemar(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

//! Spread split into what is not known (parameters) and what varies (chance), by the one-way
//! random-effects analysis of variance. Values come draw by draw, `chance_draws` of each.
struct SpreadSplit {
  double parameter_variance; //!< between draws, the chance part taken off; not below 0
  double chance_variance; //!< within a draw; NaN with one chance draw: the two are not told apart
};
//! Throws std::invalid_argument unless the values fill whole draws.
SpreadSplit split_spread(std::span<const double> values, std::int64_t chance_draws);

} // namespace lantian
