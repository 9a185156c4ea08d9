#pragma once
//! The thread of control of one process: which of its coroutines (the process itself or the task it
//! awaits) runs next. Whoever hands over control names its successor and suspends; the loop in
//! resume() goes on with it. So any depth of tasks runs on a constant stack, without the symmetric
//! transfer that overflows it under GCC 12.

#include <coroutine>
#include <utility>

#include "kernel/agenda.hpp"

namespace lantian {

class Strand {
public:
  Strand(const Strand&) = delete;
  Strand& operator=(const Strand&) = delete;

  Agenda& agenda() const { return *agenda_; }
  EntityIndex entity() const { return entity_; }

  //! Runs the coroutine and its successors until one waits for an event.
  void resume(std::coroutine_handle<> coroutine) {
    is_running_ = true;
    next_ = coroutine;
    while (next_) {
      std::exchange(next_, nullptr).resume();
    }
    is_running_ = false;
  }

  //! Called by a coroutine that is about to suspend.
  void continue_with(std::coroutine_handle<> successor) { next_ = successor; }
  //! Called when the process itself has come to its end.
  void end() { is_over_ = true; }

protected:
  explicit Strand(Agenda& agenda) : agenda_(&agenda) {}
  ~Strand() = default;

  Agenda* agenda_;
  EntityIndex entity_ = 0;
  bool is_running_ = false;
  bool is_over_ = false; //!< Ended, or cancelled while running.
  std::coroutine_handle<> next_;
};

} // namespace lantian
