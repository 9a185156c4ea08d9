#pragma once
//! A signal wakes all that wait for it, in the order of events of this instant: by priority, entity
//! and sequence, not by who came first. It has no memory: who waits after a raise waits for the
//! next one. Raising costs one event for each waiter and resumes none of them itself.

#include "kernel/link.hpp"
#include "kernel/wait.hpp"

namespace lantian {

class Signal {
public:
  class [[nodiscard]] Wait : public lantian::Wait, private Link {
  public:
    Wait(Signal& signal, Priority priority) : signal_(&signal), priority_(priority) {}
    Wait(Wait&& unarmed) noexcept : signal_(unarmed.signal_), priority_(unarmed.priority_) {}

    void await_resume() const noexcept {}

  protected:
    void begin() override { link_before(signal_->waiting_); }

  private:
    friend class Signal;
    void abandon() noexcept final { unlink(); }

    Signal* signal_;
    Priority priority_;
  };

  //! What a process awaits; the signal must last until the wait begins.
  Wait wait(Priority priority = Priority::normal) { return Wait(*this, priority); }

  void raise() {
    while (waiting_.is_linked()) {
      auto& wait = static_cast<Wait&>(*waiting_.next());
      wait.unlink();
      wait.over_now(wait.priority_);
    }
  }

  bool has_waiters() const { return waiting_.is_linked(); }

private:
  Link waiting_;
};

} // namespace lantian
