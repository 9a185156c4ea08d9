#pragma once
//! Comparing a simulation with theory. An oracle simulates, through public interfaces, something of
//! which a theorem gives a mean or a probability, and compares the two. A comparison is a two-sided
//! test that raises a false alarm with probability `level()`:
//!
//! - of a mean, by independent samples: Student's t, once Hall's cubic has taken the skewness out
//! of
//!   it (P. Hall, "On the removal of skewness by transformation", Journal of the Royal Statistical
//!   Society B 54 (1992), 221-228);
//! - of a probability, by a count: the exact binomial test.
//!
//! All draws depend on `seed()`, so that an oracle can be asked again and again with other luck;
//! scripts/nightly does so. Each comparison is a line of the file LANTIAN_ORACLE_LOG, if that is
//! set in the environment.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "kernel/distribution.hpp"
#include "kernel/random.hpp"
#include "kernel/time.hpp"

namespace lantian::oracles {

//! LANTIAN_ORACLE_SEED of the environment; without it always the same.
std::uint64_t seed();

//! Probability that a comparison fails although the model is right: LANTIAN_ORACLE_LEVEL of the
//! environment, or one in a million.
double level();

//! The mean of independent samples is what theory says.
::testing::AssertionResult agrees(std::string_view what, std::span<const double> samples,
                                  double expected);

struct Count {
  std::int64_t successes;
  std::int64_t trials;
};
//! The share of independent trials that succeed is what theory says.
::testing::AssertionResult agrees(std::string_view what, Count count, double probability);

//! What `agrees` must see: the model has a defect.
::testing::AssertionResult is_caught(std::string_view what, std::span<const double> samples,
                                     double expected);

//! Samples of a variance, where theory gives the mean.
std::vector<double> squared_distances(std::span<const double> samples, double mean);

//! The draws of one purpose, by ordinal.
class Draws {
public:
  Draws(std::uint32_t replication, std::string_view purpose, Distribution distribution)
      : source_(seed(), replication), stream_(stream_id("oracle", purpose)),
        distribution_(std::move(distribution)) {}

  double value(std::uint32_t k) const {
    return distribution_.quantile(source_.uniform(stream_, k));
  }
  Duration duration(std::uint32_t k) const { return whole_seconds(value(k)); }

private:
  RandomSource source_;
  std::uint64_t stream_;
  Distribution distribution_;
};

} // namespace lantian::oracles
