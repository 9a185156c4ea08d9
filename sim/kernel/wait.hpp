#pragma once
//! The one protocol of everything that a process can wait for: timers, signals, resources, the end
//! of another process, the first of several. A wait is armed for a waiter and then either it is
//! over (which is always an event, at the earliest one of this instant, never a call in the middle
//! of somebody else's step) or it is disarmed, and then nothing remains of it. A wait that is
//! destroyed is disarmed. While armed it must not move.

#include <concepts>
#include <coroutine>
#include <cstdint>

#include "kernel/strand.hpp"

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
  Strand* strand = nullptr;
  std::coroutine_handle<> coroutine;
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
    arm({&awaiting.promise().strand(), awaiting});
  }

  void arm(const Waiter& waiter) {
    waiter_ = waiter;
    begin();
  }
  void disarm() noexcept {
    if (waiter_.strand != nullptr) {
      waiter_.strand->agenda().withdraw(*this);
      waiter_.strand = nullptr;
    }
    abandon();
  }

protected:
  Wait() = default;
  Wait(Wait&& unarmed) noexcept : Event() { (void)unarmed; }
  ~Wait() {
    if (is_pending()) {
      waiter_.strand->agenda().withdraw(*this);
    }
  }

  //! Queues for what is awaited.
  virtual void begin() = 0;
  //! Leaves every queue, and lets go of what was received and not yet taken.
  virtual void abandon() noexcept = 0;

  const Waiter& waiter() const { return waiter_; }
  void over_at(Time time, Priority priority) {
    waiter_.strand->agenda().schedule(*this, time, priority, waiter_.strand->entity());
  }
  void over_now(Priority priority) { over_at(waiter_.strand->agenda().now(), priority); }

private:
  Strand* fire() final {
    Strand* const strand = waiter_.strand;
    const std::coroutine_handle<> coroutine = waiter_.coroutine;
    waiter_.strand = nullptr;
    if (waiter_.group != nullptr) {
      waiter_.group->won_by(waiter_.index);
    }
    strand->resume(coroutine);
    return strand;
  }

  Waiter waiter_;
};

} // namespace lantian
