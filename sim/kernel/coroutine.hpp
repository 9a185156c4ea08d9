#pragma once
//! What every coroutine of the kernel has, as the base of its promise: the process it runs in and
//! who awaits it. It opens the frame, so that resuming touches one line of memory before the body.

#include <coroutine>
#include <exception>
#include <utility>

#include "kernel/agenda.hpp"
#include "kernel/frame_pool.hpp"

namespace lantian {

class Coroutine {
public:
  Coroutine(const Coroutine&) = delete;
  Coroutine& operator=(const Coroutine&) = delete;

  static void* operator new(std::size_t size) { return frame_pool::allocate(size); }
  static void operator delete(void* frame, std::size_t size) noexcept {
    frame_pool::deallocate(frame, size);
  }

  //! The process begins with this coroutine.
  void start(Agenda& agenda, Strand& strand, EntityIndex entity) {
    agenda_ = &agenda;
    strand_ = &strand;
    entity_ = entity;
  }
  //! The coroutine runs in its awaiter's process, as the next thing that it does.
  void start(Coroutine& awaiter) {
    start(*awaiter.agenda_, *awaiter.strand_, awaiter.entity_);
    awaiter_ = awaiter.self_;
    agenda_->continue_with(self_);
  }
  //! Called when what it waited for is over.
  void resume() { agenda_->run(*strand_, self_); }

  Agenda& agenda() const { return *agenda_; }
  EntityIndex entity() const { return entity_; }
  const std::exception_ptr& failure() const { return failure_; }

  // The parts of a promise that are the same for every kind of coroutine.
  struct HandOver {
    bool await_ready() const noexcept { return false; }
    template <class Promise> void await_suspend(std::coroutine_handle<Promise> ended) noexcept {
      ended.promise().hand_over();
    }
    void await_resume() const noexcept {}
  };
  std::suspend_always initial_suspend() noexcept { return {}; }
  HandOver final_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { failure_ = std::current_exception(); }

protected:
  explicit Coroutine(std::coroutine_handle<> self) : self_(self) {}
  ~Coroutine() = default;

  void rethrow_failure() {
    if (failure_) {
      std::rethrow_exception(std::exchange(failure_, nullptr));
    }
  }

private:
  void hand_over() noexcept {
    if (awaiter_) {
      agenda_->continue_with(awaiter_);
    } else {
      agenda_->end(*strand_);
    }
  }

  std::coroutine_handle<> self_;
  Agenda* agenda_ = nullptr;
  Strand* strand_ = nullptr;
  std::coroutine_handle<> awaiter_; //!< None for the process itself.
  std::exception_ptr failure_;
  EntityIndex entity_ = 0;
};

} // namespace lantian
