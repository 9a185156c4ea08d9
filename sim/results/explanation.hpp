#pragma once

// Why a measure took as long as it did, or a target was missed: dates, time by cause along the
// critical path, and the same in sentences.

#include "results/comparison.hpp"
#include "results/result_file.hpp"

#include <array>
#include <optional>
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

//! Of a measure, or of a target.
struct Explanation {
  std::string scenario;
  std::string id;
  std::string name;
  std::vector<std::string> sentences;
  double cancelled = 0;                       //!< of a measure: share of the replications
  std::vector<ExplainedMilestone> milestones; //!< of a measure
  std::vector<ExplainedCause> causes;         //!< of a measure
  std::optional<ComparedTarget> target; //!< of a target, with its lateness if it is a deadline
};

//! The measure or target of that id in every scenario that has it. Throws UsageError, with a
//! suggestion, where none has.
std::vector<Explanation> explain(const ResultFile& file, const std::string& id);

} // namespace lantian
