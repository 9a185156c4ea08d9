#pragma once

// A ParameterSample says for each row which uniform number each parameter is drawn with, and which
// replication's chances the row meets. So a design of experiments over all that is uncertain is one
// ensemble of scenarios that are built once: a row costs no more than a replication. Chance as a
// whole is one more input of the design: two rows with the same number meet the same chances.

#include "scenario/scenario.hpp"
#include "world/draw.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace lantian {

struct ParameterSample {
  std::vector<std::string> ids;       //!< of parameters; all others are at their medians
  std::vector<double> uniforms;       //!< as [row][id]
  std::vector<std::uint32_t> chances; //!< of each row: the replication whose chances it meets

  std::int64_t rows() const { return static_cast<std::int64_t>(chances.size()); }
};

//! Throws UsageError where there is no row, not one number an id, or one outside (0, 1).
void check_sample(const ParameterSample& sample);

//! Some rows of a sample, as one scenario's replications draw them.
class SampledRows {
public:
  //! The sample must outlive it.
  SampledRows(const ParameterSample& sample, const Scenario& scenario, std::int64_t first,
              std::int64_t count);

  //! What row `first + row` is drawn with; refers to this.
  ReplicationKey key(std::uint64_t seed, std::int64_t row) const;

private:
  const ParameterSample* sample_;
  std::int64_t first_;
  std::size_t parameters_;
  std::vector<double> uniforms_; //!< [row][parameter of the scenario]
};

} // namespace lantian
