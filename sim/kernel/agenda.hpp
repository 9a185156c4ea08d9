#pragma once
//! The agenda of one simulation: its clock and its pending events. It is what waits, signals and
//! resources see of a simulation; nothing outside the kernel needs it.

#include "kernel/pending_events.hpp"

namespace lantian {

class Agenda {
public:
  explicit Agenda(Time start) : now_(start) {}
  Agenda(const Agenda&) = delete;
  Agenda& operator=(const Agenda&) = delete;

  Time now() const { return now_; }

  //! Puts the event at the given time, not before now(). At kNever, and once the simulation is
  //! being taken down, nothing is scheduled.
  void schedule(Event& event, Time time, Priority priority, EntityIndex entity) {
    if (time != kNever && !is_closing_) {
      pending_.push(event, time, priority, entity);
    }
  }

  //! Withdraws the event if it is pending.
  void withdraw(Event& event) noexcept {
    if (event.is_pending()) {
      pending_.erase(event);
    }
  }

  bool is_closing() const { return is_closing_; }

private:
  friend class Simulation;
  Time now_;
  bool is_closing_ = false;
  PendingEvents pending_;
};

} // namespace lantian
