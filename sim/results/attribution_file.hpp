#pragma once

// An attribution, ready to be written or summed up, and how it is written: a result file whose one
// group has the axes `group` and `year` (docs/io_formats.md).

#include "ensemble/attribution.hpp"
#include "results/measure_groups.hpp"
#include "results/result_file.hpp"
#include "results/run_to_file.hpp"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace lantian {

//! What is shared out: a pollutant's direct emission, or a cost.
struct AttributedVariable {
  std::string name;
  std::string unit;
  std::string long_name;
  std::vector<GameValues> shares; //!< by row, each as [replication][year]
  std::vector<GameValues> errors; //!< of having sampled orders, likewise; empty where none were
  GameValues total;               //!< [replication][year]: what the rows sum to
  //! By row: the same error, of the mean over replications of the sum over years.
  std::vector<double> error_of_mean;
};

struct AttributionRecord {
  std::string plan;
  std::string base; //!< empty: the plan without measures
  std::string method;
  std::vector<MeasureGroup> rows; //!< groups, then what belongs to none
  std::vector<std::size_t> order; //!< in which the groups came; empty where they had none
  std::int64_t coalitions = 0;
  std::int64_t permutations = 0; //!< 0: all orders
  std::vector<std::int32_t> years;
  std::vector<AttributedVariable> variables;
};

//! Writes the file of an attribution of `scenarios` (the plan first). Throws OutputError,
//! OutputInterrupted.
void write_attribution(const AttributionRecord& record, const ScenarioSet& scenarios,
                       const std::filesystem::path& output, const RunOptions& options,
                       double seconds_to_run, const std::stop_token& stop);

//! Throws UsageError where the file holds an attribution and not the runs of scenarios.
void require_runs(const ResultFile& file);

} // namespace lantian
