#pragma once

// Compares the scenarios of a result file with a base, in the same paired worlds: differences with
// confidence intervals, how often one lies below the other, and how likely each target is met.

#include "ensemble/statistics.hpp"
#include "results/lateness.hpp"
#include "results/result_file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace lantian {

//! A quantity of one scenario over the whole horizon, and against the base.
struct ComparedAmount {
  std::string scenario;
  Moments amount;
  SpreadSplit spread{};                       //!< what is not known, and what varies
  std::optional<PairedDifference> difference; //!< scenario - base; nothing for the base
  std::optional<PairedOrder> order;           //!< scenario below base
};

//! One pollutant's direct emission, or the cost, in all scenarios.
struct ComparedQuantity {
  std::string name;
  std::string unit;
  std::vector<ComparedAmount> scenarios;
};

struct ComparedTarget {
  std::string scenario;
  std::string target;
  std::int64_t met = 0;
  std::int64_t assessable = 0; //!< replications in which it could be judged
  ConfidenceInterval probability{0, 1};
  //! 5 and 95 % quantiles over parameter draws of the share of chance draws in which it is met:
  //! what is not known about the probability. Only with more than one chance draw.
  std::optional<ConfidenceInterval> band;
  double median_margin = 0; //!< NaN where there is none
  std::string margin_unit;
  std::optional<McNemar> against_base; //!< where the base has the target too
  std::optional<Lateness> lateness;    //!< of a deadline that can be judged
};

struct Comparison {
  std::string base;
  std::int64_t replications = 0;
  std::int64_t chance_draws = 1;
  std::string from; //!< first and last day of the horizon
  std::string to;
  std::vector<ComparedQuantity> quantities;
  std::vector<ComparedTarget> targets;
};

//! Target number `target` of a scenario, against the same target of `base` if that has it.
ComparedTarget compare_target(const ResultFile& file, const std::string& scenario,
                              std::size_t target, const std::string& base);

//! Compares all scenarios with `base` (the first one where empty). Throws UsageError where there is
//! no such scenario, ResultFileError where the file is damaged.
Comparison compare(const ResultFile& file, std::string base = {});

} // namespace lantian
