#pragma once

// Attribution: how many tonnes, and how much money, each measure of a plan or group of measures is
// responsible for, where effects overlap and measures compete for crews and money.
//
//   check the names, see which measures refer to each other, group them
//   for each coalition that the method wants: the plan without the other measures
//     run its replications, in the same worlds as all others; keep direct emissions and cost by
//     year
//   share out: in every replication and year by itself
//   what base and plan differ in besides: (plan without measures) - base, the row other-changes
//   where shares do not sum to the total (first-in, last-in): the rest is the row interaction
//
// A share is a change, plan - base: less emission is negative, as in a comparison.

#include "ensemble/statistics.hpp"
#include "results/attribution_file.hpp"
#include "results/coalitions.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace lantian {

enum class AttributionMethod : std::uint8_t { shapley, first_in, last_in, sequential };

//! "shapley", "first-in", ...; by place of the method.
inline constexpr std::array<const char*, 4> kAttributionMethods = {"shapley", "first-in", "last-in",
                                                                   "sequential"};

//! Orders that are sampled beyond kMostExactGroups where nobody says how many.
inline constexpr std::int64_t kDefaultPermutations = 64;

struct AttributionOptions {
  RunOptions run;
  AttributionMethod method = AttributionMethod::shapley;
  std::vector<MeasureGroup> groups; //!< named ones; other measures have groups of their own
  //! Orders that Shapley's value is sampled from; 0: all of them. Where nothing is said: all up to
  //! kMostExactGroups, then kDefaultPermutations.
  std::optional<std::int64_t> permutations;
};

//! A share over the whole horizon. The interval is for the mean over replications; where orders are
//! sampled it has the error of that as well.
struct AttributedShare {
  std::string row;
  double mean;
  double error;
  ConfidenceInterval interval;
};

struct AttributedQuantity {
  std::string name;
  std::string unit;
  std::vector<AttributedShare> rows;
  AttributedShare total;
};

struct Attribution {
  std::string plan;
  std::string base;
  std::string method;
  std::vector<MeasureGroup> rows;
  std::vector<std::string> notes; //!< what was grouped unasked
  std::int64_t replications = 0;
  std::int64_t coalitions = 0;
  std::int64_t permutations = 0;
  std::int32_t first_year = 0;
  std::int32_t last_year = 0;
  std::vector<AttributedQuantity> quantities; //!< pollutants, then the cost
};

//! Runs it, writes the result file, and sums it up. Without `base`, a plan is seen against itself
//! without measures. Nothing stands under `output` before everything is there.
//! Throws UsageError, ScenarioError, ModelError, OutputError, Interrupted, and what `progress`
//! throws. `kinds` must outlive the call.
Attribution attribute_to_file(const ReadScenario& plan, const std::optional<ReadScenario>& base,
                              const std::filesystem::path& output,
                              const AttributionOptions& options, const KindRegistry& kinds,
                              const Progress& progress = {}, const std::stop_token& stop = {});

} // namespace lantian
