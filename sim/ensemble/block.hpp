#pragma once
//! The unit of work and of output: the results of some consecutive replications of one scenario.
//! A block is computed whole, handed over whole, and written whole.

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "ensemble/layout.hpp"
#include "kernel/time.hpp"

namespace lantian {

//! What happened in the replications that keep a log: parallel columns, one row an event, sorted
//! by replication, then time.
struct EventLog {
  std::vector<std::int32_t> replication;
  std::vector<Time> time;
  std::vector<std::string> measure; //!< id of the measure or entity it happened to
  std::vector<std::string> event;   //!< one word: begun, waiting, stage, works, cancelled, ...
  std::vector<std::string> detail;  //!< free text: which stage, what it waits for

  std::size_t size() const { return time.size(); }

  void append(const EventLog& more) {
    const auto add = [](auto& to, const auto& from) {
      to.insert(to.end(), from.begin(), from.end());
    };
    add(replication, more.replication);
    add(time, more.time);
    add(measure, more.measure);
    add(event, more.event);
    add(detail, more.detail);
  }
};

//! Stands where there is no value.
inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

//! Some consecutive replications.
struct ReplicationRange {
  std::int64_t first = 0; //!< from 0
  std::int64_t count = 0;

  bool operator==(const ReplicationRange&) const = default;
};

//! Results of `count` replications, from `first_replication` on, of one scenario.
struct Block {
  std::size_t scenario = 0;           //!< index into the list of layouts the sink was made with
  std::int64_t first_replication = 0; //!< from 0
  std::int64_t count = 0;

  //! data[v] holds variable v of the layout as [replication][...]: count * variable.size values.
  std::vector<std::vector<double>> data{};

  EventLog log{}; //!< empty unless these replications keep one
};

//! Takes blocks as they are done.
//!
//! The blocks of one scenario come in order of replication without gaps, each but the last of the
//! same length; scenarios may alternate. One thread at a time calls write.
class BlockSink {
public:
  virtual ~BlockSink() = default;

  //! Takes the block over. It may be written later by another thread: what goes wrong then is
  //! thrown by the next call.
  virtual void write(Block block) = 0;
};

} // namespace lantian
