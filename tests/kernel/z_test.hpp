#pragma once
//! Comparing a simulation with theory: independent replications, each giving one number whose
//! expectation is known, and the distance of their mean from it in standard errors.

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>

#include "kernel/distribution.hpp"
#include "kernel/random.hpp"
#include "kernel/time.hpp"

namespace lantian::testing {

//! A model is accepted within kAccepted standard errors (two in 100,000 right ones are not); a
//! defect must stand out by at least kCaught.
inline constexpr double kAccepted = 4.2;
inline constexpr double kCaught = 8.0;

inline double z_score(std::span<const double> samples, double expected) {
  const auto count = static_cast<double>(samples.size());
  double mean = 0.0;
  for (const double sample : samples) {
    mean += sample / count;
  }
  double squares = 0.0;
  for (const double sample : samples) {
    squares += (sample - mean) * (sample - mean);
  }
  return (mean - expected) / std::sqrt(squares / (count - 1.0) / count);
}

//! The draws of one purpose, by ordinal.
class Draws {
public:
  Draws(std::uint32_t replication, std::string_view purpose, Distribution distribution)
      : source_(20240331, replication), stream_(stream_id("oracle", purpose)),
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

} // namespace lantian::testing
