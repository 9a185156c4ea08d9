#pragma once
//! The agenda of one simulation: its clock, its pending events, and which coroutine runs. It is
//! what coroutines, waits and resources see of a simulation; nothing outside the kernel needs it.
//!
//! A coroutine that hands over control (a task begins, or has ended and its awaiter goes on) names
//! its successor here and suspends; the loop in run() goes on with that. So any depth of tasks runs
//! on a constant stack, without the symmetric transfer that overflows it under GCC 12.

#include <coroutine>
#include <utility>

#include "kernel/pending_events.hpp"

namespace lantian {

//! One process as the agenda sees it.
class Strand {
public:
  Strand(const Strand&) = delete;
  Strand& operator=(const Strand&) = delete;

protected:
  Strand() = default;
  ~Strand() = default;
};

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

  //! Runs a coroutine of the process, and its successors until one waits for an event.
  void run(Strand& strand, std::coroutine_handle<> coroutine) {
    running_ = &strand;
    next_ = coroutine;
    while (next_) {
      std::exchange(next_, nullptr).resume();
    }
    running_ = nullptr;
    last_run_ = &strand;
  }

  //! Called by a coroutine that is about to suspend: who runs next.
  void continue_with(std::coroutine_handle<> successor) { next_ = successor; }
  //! Called from the running process when it has ended, or is to end when it next suspends.
  void end(Strand& running) { ended_ = &running; }
  bool is_running(const Strand& strand) const { return running_ == &strand; }

  bool is_closing() const { return is_closing_; }

private:
  friend class Simulation;
  Time now_;
  bool is_closing_ = false;
  std::coroutine_handle<> next_;
  Strand* running_ = nullptr;
  Strand* last_run_ = nullptr;
  Strand* ended_ = nullptr; //!< In this event: at most the one that ran.
  PendingEvents pending_;
};

} // namespace lantian
