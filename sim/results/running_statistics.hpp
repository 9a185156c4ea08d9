#pragma once

// What a run that keeps statistics only knows so far: a RunningColumn for each number of a
// replication, and the event log of the first ones. Its size does not grow with the replications.

#include "ensemble/ensemble.hpp"
#include "results/running_column.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

//! One scenario's part.
struct RunningScenario {
  std::vector<std::vector<RunningColumn>> columns; //!< [variable][position]
  EventLog log;
};

class RunningStatistics {
public:
  explicit RunningStatistics(std::span<const Layout> layouts);

  //! Takes the next replications of all scenarios. The bits depend neither on the threads nor on
  //! how replications are split into batches.
  void add(const Batch& batch, unsigned threads);

  std::int64_t replications() const { return replications_; }
  std::uint64_t events() const { return events_; }
  std::span<const RunningScenario> scenarios() const { return scenarios_; }

  //! What packed() comes to, at most, without the log [bytes].
  std::size_t size() const;

  //! As bytes without their digest; see block_bytes.hpp.
  std::string packed(std::string_view identity) const;

  //! Throws UsageError where sealed bytes are cut short or damaged, or of another run.
  static RunningStatistics of(std::string_view bytes, std::string_view identity);

private:
  RunningStatistics() = default;

  std::vector<RunningScenario> scenarios_;
  std::int64_t replications_ = 0;
  std::uint64_t events_ = 0;
};

} // namespace lantian
