#pragma once
//! Task<T> is a coroutine that a process awaits as one of its steps; Process is Task<void>, started
//! by Simulation::spawn. Both are lazy: nothing of the body runs before they are awaited or
//! spawned. A task runs in the process that awaits it and returns its value, or its exception, to
//! it. Destroying a suspended task destroys its frame: all guards in it let go, nothing is resumed.
//!
//! Rules that GCC 12 imposes: each co_await stands alone in a statement or an initialiser, never
//! within ?: and never with a braced list in its operand; a process is a named function, never a
//! lambda with captures; its parameters are values, or references to what outlives the simulation.

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "kernel/frame_pool.hpp"
#include "kernel/strand.hpp"

namespace lantian {

//! What every coroutine of the kernel has: its process and who awaits it.
class PromiseBase {
public:
  static void* operator new(std::size_t size) { return frame_pool::allocate(size); }
  static void operator delete(void* frame, std::size_t size) noexcept {
    frame_pool::deallocate(frame, size);
  }

  std::suspend_always initial_suspend() noexcept { return {}; }
  void unhandled_exception() noexcept { exception_ = std::current_exception(); }

  struct HandOver {
    bool await_ready() const noexcept { return false; }
    template <class Promise> void await_suspend(std::coroutine_handle<Promise> ended) noexcept {
      ended.promise().hand_over();
    }
    void await_resume() const noexcept {}
  };
  HandOver final_suspend() noexcept { return {}; }

  //! The process that runs this coroutine.
  Strand& strand() const { return *strand_; }
  void start_in(Strand& strand, std::coroutine_handle<> awaiter) {
    strand_ = &strand;
    awaiter_ = awaiter;
  }
  const std::exception_ptr& exception() const { return exception_; }

protected:
  void rethrow_if_failed() {
    if (exception_) {
      std::rethrow_exception(std::exchange(exception_, nullptr));
    }
  }

private:
  void hand_over() noexcept {
    if (awaiter_) {
      strand_->continue_with(awaiter_);
    } else {
      strand_->end();
    }
  }

  Strand* strand_ = nullptr;
  std::coroutine_handle<> awaiter_;
  std::exception_ptr exception_;
};

template <class T> class Promise : public PromiseBase {
public:
  std::coroutine_handle<Promise> get_return_object() noexcept {
    return std::coroutine_handle<Promise>::from_promise(*this);
  }
  template <class U> void return_value(U&& value) { value_.emplace(std::forward<U>(value)); }
  T result() {
    rethrow_if_failed();
    return std::move(*value_);
  }

private:
  std::optional<T> value_;
};

template <> class Promise<void> : public PromiseBase {
public:
  std::coroutine_handle<Promise> get_return_object() noexcept {
    return std::coroutine_handle<Promise>::from_promise(*this);
  }
  void return_void() noexcept {}
  void result() { rethrow_if_failed(); }
};

template <class T = void> class [[nodiscard]] Task {
public:
  using promise_type = Promise<T>;

  Task(std::coroutine_handle<promise_type> coroutine) noexcept : coroutine_(coroutine) {}
  Task(Task&& other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(coroutine_, other.coroutine_);
    return *this;
  }
  ~Task() { destroy(); }

  //! Awaiting runs the task from its beginning, in the process of the awaiting coroutine.
  bool await_ready() const noexcept { return false; }
  template <class Awaiting> void await_suspend(std::coroutine_handle<Awaiting> awaiting) noexcept {
    Strand& strand = awaiting.promise().strand();
    coroutine_.promise().start_in(strand, awaiting);
    strand.continue_with(coroutine_);
  }
  T await_resume() { return coroutine_.promise().result(); }

private:
  friend class Simulation;
  friend class ProcessRecord;

  void destroy() noexcept {
    if (auto coroutine = std::exchange(coroutine_, nullptr)) {
      coroutine.destroy();
    }
  }

  std::coroutine_handle<promise_type> coroutine_;
};

//! The life of something that is simulated, written from top to bottom.
using Process = Task<void>;

} // namespace lantian
