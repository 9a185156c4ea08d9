#include "ensemble/parameter_sample.hpp"

#include "kernel/error.hpp"

#include <algorithm>
#include <cstddef>
#include <span>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr double kMedian = 0.5;

} // namespace

void check_sample(const ParameterSample& sample) {
  if (sample.rows() == 0)
    throw UsageError("a sample needs at least one row");
  const std::size_t wanted = sample.chances.size() * sample.ids.size();
  if (sample.uniforms.size() != wanted) {
    throw UsageError(fmt::format("{} rows of a sample of {} parameters have {} numbers, not {}",
                                 sample.rows(), sample.ids.size(), wanted, sample.uniforms.size()));
  }
  const auto wrong = std::find_if_not(sample.uniforms.begin(), sample.uniforms.end(),
                                      [](double u) { return u > 0 && u < 1; });
  if (wrong != sample.uniforms.end())
    throw UsageError(fmt::format("{} in a sample is not between 0 and 1", *wrong));
}

SampledRows::SampledRows(const ParameterSample& sample, const Scenario& scenario,
                         std::int64_t first, std::int64_t count)
    : sample_(&sample), first_(first), parameters_(scenario.parameters.size()),
      uniforms_(static_cast<std::size_t>(count) * parameters_, kMedian) {
  for (std::size_t k = 0; k < sample.ids.size(); ++k) {
    const auto parameter = scenario.parameters.find(sample.ids[k]);
    if (!parameter)
      continue;
    for (std::size_t row = 0; row < static_cast<std::size_t>(count); ++row) {
      const std::size_t from = (static_cast<std::size_t>(first) + row) * sample.ids.size() + k;
      uniforms_[row * parameters_ + *parameter] = sample.uniforms[from];
    }
  }
}

ReplicationKey SampledRows::key(std::uint64_t seed, std::int64_t row) const {
  const std::size_t begin = static_cast<std::size_t>(row) * parameters_;
  return {seed, sample_->chances[static_cast<std::size_t>(first_ + row)], 0,
          std::span(uniforms_).subspan(begin, parameters_)};
}

} // namespace lantian
