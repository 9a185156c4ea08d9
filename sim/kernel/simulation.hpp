#pragma once
//! A simulation: a clock, pending events, and the processes that they resume.
//!
//!   while there is an event before `end`:
//!     take the first in the order (time, priority, entity, sequence)
//!     set the clock to its time, and let it happen: a process runs until it next waits
//!     every 1,024 events: has a stop been asked for? have there been too many?
//!
//! A model that runs away (processes that wake each other at one instant for ever) is stopped by
//! its EventLimits. They cost nothing an event: they are looked at every 1,024 events, and only the
//! last few hundred before a limit are watched one by one, for the names in the error.
//!
//! Nothing is shared between simulations; any number of them run side by side, each on one thread
//! at a time. Signals and resources of a simulation must not be used after it; processes that are
//! still suspended at its end are destroyed in the order of their records, and resume nobody.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <stop_token>
#include <string>
#include <vector>

#include "kernel/agenda.hpp"
#include "kernel/error.hpp"
#include "kernel/first_of.hpp"
#include "kernel/process.hpp"
#include "kernel/signal.hpp"
#include "kernel/task.hpp"
#include "kernel/time.hpp"
#include "kernel/timer.hpp"

namespace lantian {

//! What one simulation may consume; more than that is a model that ran away.
struct EventLimits {
  std::uint64_t events = 1'000'000'000;      //!< In all.
  std::uint64_t events_at_once = 10'000'000; //!< At one instant; up to 1,023 more may pass unseen.
  std::uint64_t processes = 1'000'000;       //!< That have not ended, at any time.
};

struct SimulationOptions {
  std::uint64_t seed = 0;        //!< For errors only.
  std::uint32_t replication = 0; //!< For errors only.
  EventLimits limits = {};
};

class Simulation {
public:
  explicit Simulation(Time start, SimulationOptions options = {});
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  Time now() const { return agenda_.now(); }
  //! How many events have happened.
  std::uint64_t events() const { return events_; }
  //! How many processes have not ended.
  std::size_t processes() const { return records_.size() - free_records_.size(); }

  //! Starts a process: its first step is an event of this instant. The name stands in every error.
  //! Throws std::invalid_argument if the entity is above kLastEntity; Error if there are too many
  //! processes (ModelError where no process runs that could end with it).
  ProcessHandle spawn(std::string name, EntityIndex entity, Process process);

  //! Runs every event before `end` and sets the clock to `end` (if that is kNever, to the time of
  //! the last event). Throws Interrupted between two events when a stop is asked for, then it may
  //! be run on; ModelError when a process throws (nested) or when a limit on events is passed.
  void run_until(Time end, std::stop_token stop = {});

  //! Awaitable: a delay [s], zero or more; throws std::invalid_argument if it is negative.
  Timer after(Duration delay, Priority priority = Priority::normal) const {
    if (delay < Duration::zero()) [[unlikely]] {
      refuse_delay(delay);
    }
    return Timer(saturating_add(now(), delay), priority);
  }
  //! Awaitable: a date; one that has passed is over at once, kNever never.
  Timer until(Time date, Priority priority = Priority::normal) const {
    return Timer(std::max(date, now()), priority);
  }

  //! For what queues events of its own, as resources do.
  Agenda& agenda() { return agenda_; }

private:
  friend class ProcessHandle;

  [[noreturn]] static void refuse_delay(Duration delay);
  std::uint64_t events_left(Time next);
  bool run_some(Time end, std::uint64_t count);
  bool run_watched(Time end, std::uint64_t count);
  void step(Time time);
  void end_process();
  void discard(ProcessRecord& record) noexcept;
  void require_room(const std::string& name) const;
  const ProcessRecord* last_run() const;
  ModelError ran_away() const;
  ModelError error_in(const ProcessRecord* record, const std::string& reason) const;

  SimulationOptions options_;
  Agenda agenda_;
  std::uint64_t events_ = 0;
  Time instant_; //!< Of the event that was next when limits were last looked at;
  std::uint64_t before_instant_ = 0; //!< events that had happened when that was first seen.
  std::vector<std::string> watched_; //!< Who ran just before a limit: different names.
  bool is_running_ = false;
  std::deque<ProcessRecord> records_;
  std::vector<ProcessRecord*> free_records_;
};

} // namespace lantian
