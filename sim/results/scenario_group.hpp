#pragma once
//! One scenario in the file: a group with its coordinates, its variables and its event log.

#include <stop_token>
#include <vector>

#include "ensemble/block.hpp"
#include "results/event_log_writer.hpp"
#include "results/running_statistics.hpp"
#include "results/variable_array.hpp"

namespace lantian {

class ScenarioGroup {
public:
  //! Creates the group and its coordinates; the arrays come with the first block. Replication r has
  //! parameter draw r / chance_draws.
  ScenarioGroup(hid_t file, Layout layout, const ArraySettings& settings,
                std::int64_t chance_draws);

  //! Writes the next block; where a stop is asked for, only a part of it. Throws
  //! std::invalid_argument if it does not follow the one before or does not have the layout's
  //! shape.
  void write(const Block& block, const std::stop_token& stop);

  //! Writes the statistics of all replications, where only they are kept.
  void write(const RunningScenario& statistics, std::int64_t replications);

  //! Whether every replication has been written.
  bool is_complete() const { return written_ == settings_.replications; }

  //! Statistics of the variables that want them, from their values; stops between two reads.
  void write_statistics(unsigned threads, const std::stop_token& stop) const;

  const Layout& layout() const { return layout_; }

private:
  void add_axis(const std::string& name, hdf5::Dataset dataset);
  void create_replications(std::int64_t chance_draws);
  void create_coordinate(const Coordinate& coordinate);
  void create_values(const Coordinate& coordinate, const Labels& labels);
  void create_values(const Coordinate& coordinate, const Intervals& intervals);
  void create_values(const Coordinate& coordinate, const Years& years);
  void create_companion(const Coordinate& coordinate, const Companion& companion);
  void create_quantile();
  void create_meanings(const Variable& variable);
  void add_variable(const Variable& variable);
  hid_t axis(const std::string& name) const;

  Layout layout_;
  ArraySettings settings_;
  hdf5::Group group_;
  std::vector<std::pair<std::string, hdf5::Dataset>> axes_;
  std::vector<VariableArray> arrays_;
  std::unique_ptr<EventLogWriter> log_;
  std::int64_t written_ = 0;
};

} // namespace lantian
