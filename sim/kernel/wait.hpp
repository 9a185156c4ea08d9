#pragma once
//! The one protocol of everything that a process can wait for: timers, signals, resources, the end
//! of another process, the first of several. A wait is armed for a waiter and then either it is
//! over (which is always an event, at the earliest one of this instant, never a call in the middle
//! of somebody else's step) or it is disarmed, and then nothing remains of it. A wait that is
//! destroyed is disarmed. While armed it must not move.

#include <concepts>
#include <coroutine>
#include <cstdint>
#include <utility>

#include "kernel/coroutine.hpp"

namespace lantian {

//! A wait for the first of several, seen from one of them.
class WaitGroup {
public:
  virtual void won_by(std::uint32_t index) noexcept = 0;

protected:
  ~WaitGroup() = default;
};

//! Who is resumed when a wait is over; a group is told first.
struct Waiter {
  Coroutine* coroutine = nullptr;
  WaitGroup* group = nullptr;
  std::uint32_t index = 0; //!< Which of the group's waits.
};

template <class W>
concept Waitable = requires(W& wait, const Waiter& waiter) {
  wait.arm(waiter);
  { wait.disarm() } noexcept;
};

class Wait : public Event {
public:
  bool await_ready() const noexcept { return false; }
  template <class Promise> void await_suspend(std::coroutine_handle<Promise> awaiting) {
    arm({&awaiting.promise()});
  }

  void arm(const Waiter& waiter) {
    waiter_ = waiter;
    begin();
  }
  void disarm() noexcept {
    if (waiter_.coroutine != nullptr) {
      waiter_.coroutine->agenda().withdraw(*this);
      waiter_.coroutine = nullptr;
    }
    abandon();
  }

protected:
  Wait() = default;
  Wait(Wait&& unarmed) noexcept : Event() { (void)unarmed; }
  ~Wait() {
    if (is_pending()) {
      waiter_.coroutine->agenda().withdraw(*this);
    }
  }

  //! Queues for what is awaited.
  virtual void begin() = 0;
  //! Leaves every queue, and lets go of what was received and not yet taken.
  virtual void abandon() noexcept = 0;

  void over_at(Time time, Priority priority) {
    const Coroutine& coroutine = *waiter_.coroutine;
    coroutine.agenda().schedule(*this, time, priority, coroutine.entity());
  }
  void over_now(Priority priority) { over_at(waiter_.coroutine->agenda().now(), priority); }

private:
  void fire() final {
    Coroutine& coroutine = *std::exchange(waiter_.coroutine, nullptr);
    if (waiter_.group != nullptr) {
      waiter_.group->won_by(waiter_.index);
    }
    coroutine.resume();
  }

  Waiter waiter_;
};

} // namespace lantian
