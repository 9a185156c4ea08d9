#pragma once
//! What a simulation knows of a spawned process, and the handle by which others watch or cancel it.
//! Cancelling destroys the process's frames, and with them its guards and its waits; if it is the
//! running process that is cancelled, it ends where it next suspends.

#include <cstdint>
#include <string>

#include "kernel/signal.hpp"
#include "kernel/task.hpp"

namespace lantian {

class Simulation;

//! One spawned process. Records are reused; the generation tells their tenants apart.
class ProcessRecord final : public Event, public Strand {
public:
  ProcessRecord(Simulation& simulation, Agenda& agenda)
      : simulation_(&simulation), agenda_(&agenda), root_(nullptr) {}

  const std::string& name() const { return name_; }

private:
  friend class Simulation;
  friend class ProcessHandle;
  friend class Joined;

  //! The first step.
  void fire() override { root_.frame_.promise().resume(); }

  Simulation* simulation_;
  Agenda* agenda_;
  Process root_;
  std::string name_;
  EntityIndex entity_ = 0;
  std::uint64_t generation_ = 0;
  Signal ended_;
};

//! Waits for the end of a process, by itself or by cancelling; over at once if that is past.
class [[nodiscard]] Joined final : public Signal::Wait {
public:
  Joined(ProcessRecord& record, std::uint64_t generation)
      : Signal::Wait(record.ended_, Priority::normal), record_(&record), generation_(generation) {}
  Joined(Joined&&) = default;

private:
  void begin() override {
    if (record_->generation_ == generation_) {
      Signal::Wait::begin();
    } else {
      over_now(Priority::normal);
    }
  }

  ProcessRecord* record_;
  std::uint64_t generation_;
};

//! Refers to a spawned process; a copy refers to the same. Valid as long as the simulation.
class ProcessHandle {
public:
  //! True once it has ended or was cancelled.
  bool is_done() const { return record_->generation_ != generation_; }
  //! Ends the process if it is not done: at once, or, called from within it, where it next
  //! suspends.
  void cancel();
  //! Awaitable: the end of the process.
  Joined done() const { return Joined(*record_, generation_); }

private:
  friend class Simulation;
  explicit ProcessHandle(ProcessRecord& record)
      : record_(&record), generation_(record.generation_) {}

  ProcessRecord* record_;
  std::uint64_t generation_;
};

} // namespace lantian
