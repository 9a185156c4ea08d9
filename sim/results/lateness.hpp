#pragma once

// When a deadline is reached, how late that is, and what makes it late, over all replications. Read
// from the variables `target_date`, `target_lateness`, `target_path_time` and
// `target_lateness_by_cause`; how they come about is told in ensemble/critical_path.hpp.

#include "ensemble/statistics.hpp"
#include "results/result_file.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

//! One cause along the critical paths of a deadline.
struct LateCause {
  std::string name;
  double mean_days = 0; //!< on the path
  double p90_days = 0;
  double mean_late = 0; //!< of the lateness [d]; the causes sum to its mean
  double p90_late = 0;
  double share = 0; //!< of the mean lateness; 0 where nothing is late
};

//! How often a measure is the last one of a deadline.
struct LastMeasure {
  std::string id;
  double share = 0;
};

//! The shares of all replications whose dates are stated.
inline constexpr std::array<double, 3> kDateShares = {0.5, 0.8, 0.95};

struct Lateness {
  double due = 0;         //!< end of the last day [days since 1970-01-01]
  double horizon_end = 0; //!< [days since 1970-01-01]
  double never = 0;       //!< share of the replications that do not reach it within the horizon
  //! So many of all replications have reached it by then [days since 1970-01-01]; infinite where
  //! that is after the horizon.
  std::array<double, kDateShares.size()> dates{};
  //! [d], zero where it is met. A lower bound where some never reach it: of these, only what lies
  //! within the horizon counts.
  Moments days{};
  ConfidenceInterval interval{}; //!< for the mean, not below 0
  std::vector<LateCause> causes;
  std::vector<LastMeasure> last; //!< the most frequent first
};

//! The lateness of target number `target`; nothing where it is no deadline, cannot be judged, or
//! the file is of a version that did not tell. Throws ResultFileError where the file is damaged.
std::optional<Lateness> lateness_of(const ResultFile& file, const std::string& scenario,
                                    std::size_t target);

} // namespace lantian
