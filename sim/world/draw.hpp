#pragma once

// A Draw is one replication's luck: the parameters, drawn once per parameter draw, and the chances,
// drawn at each use. Each number has a key of its own (entity, purpose, ordinal), so an entity
// meets the same k-th draw in every scenario that is compared, whatever else happens there.

#include "kernel/random.hpp"
#include "kernel/time.hpp"
#include "scenario/scenario.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lantian {

inline constexpr double kLongest = 9e15; //!< [s], 285 million years: there is no longer duration

//! Which replication of which ensemble.
struct ReplicationKey {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  std::uint32_t parameter_draw = 0; //!< replications of one parameter draw share it
  //! The uniform number of each parameter, in the scenario's order; empty where they are drawn.
  std::span<const double> uniforms = {};
};

//! A stream of chances: the k-th failure, the k-th item.
class ChanceStream {
public:
  ChanceStream(std::string_view entity, std::string_view purpose)
      : id_(stream_id(entity, purpose)) {}
  std::uint64_t id() const { return id_; }

private:
  std::uint64_t id_;
};

class Draw {
public:
  Draw(const Scenario& scenario, ReplicationKey key);

  const std::vector<double>& parameters() const { return parameters_; }

  //! Value of a number without chance.
  double value(const Number& number) const { return number.value(parameters_); }
  //! The k-th chance of a stream.
  double sample(const Number& number, ChanceStream stream, std::uint32_t k = 0) const {
    if (!number.is_chance())
      return number.value(parameters_);
    return number.sample(parameters_, chances_.uniform(stream.id(), k));
  }
  //! The k-th uniform number of a stream, between 0 and 1.
  double uniform(ChanceStream stream, std::uint32_t k) const {
    return chances_.uniform(stream.id(), k);
  }
  //! The k-th duration of a stream, in whole seconds rounded half up, and at most kLongest.
  Duration duration(const Number& number, ChanceStream stream, std::uint32_t k = 0) const {
    return duration_of(sample(number, stream, k));
  }
  //! Duration of a number without chance, likewise.
  Duration duration(const Number& number) const { return duration_of(value(number)); }
  //! True with this probability.
  bool happens(double probability, ChanceStream stream, std::uint32_t k = 0) const {
    return chances_.uniform(stream.id(), k) < probability;
  }

private:
  //! What outlasts every horizon does not fail for being rare: a lognormal has no upper bound.
  static Duration duration_of(double seconds) {
    return whole_seconds(seconds > kLongest ? kLongest : seconds);
  }

  RandomSource chances_;
  std::vector<double> parameters_;
};

} // namespace lantian
