#pragma once

// Why a measure took as long as it did: its dates, and its time by cause along the critical path.

#include "results/result_file.hpp"

#include <array>
#include <string>
#include <vector>

namespace lantian {

struct ExplainedMilestone {
  std::string name;
  double reached = 0; //!< share of the replications that reach it within the horizon
  //! 10, 50 and 90 % of the replications that reach it have done so by then [days since
  //! 1970-01-01].
  std::array<double, 3> dates{};
};

struct ExplainedCause {
  std::string name;
  double mean_days = 0;
  double p90_days = 0;
};

struct Explanation {
  std::string scenario;
  std::string measure;
  std::string name;
  double cancelled = 0; //!< share of the replications
  std::vector<ExplainedMilestone> milestones;
  std::vector<ExplainedCause> causes;
};

//! The measure in every scenario that has it. Throws UsageError, with a suggestion, where none has.
std::vector<Explanation> explain_measure(const ResultFile& file, const std::string& measure);

} // namespace lantian
