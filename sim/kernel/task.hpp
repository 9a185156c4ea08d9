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
#include <optional>
#include <utility>

#include "kernel/coroutine.hpp"

namespace lantian {

template <class T> class Promise final : public Coroutine {
public:
  using Handle = std::coroutine_handle<Promise>;

  Promise() : Coroutine(Handle::from_promise(*this)) {}
  Handle get_return_object() noexcept { return Handle::from_promise(*this); }
  template <class U> void return_value(U&& value) { value_.emplace(std::forward<U>(value)); }
  T result() {
    rethrow_failure();
    return std::move(*value_);
  }

private:
  std::optional<T> value_;
};

template <> class Promise<void> final : public Coroutine {
public:
  using Handle = std::coroutine_handle<Promise>;

  Promise() : Coroutine(Handle::from_promise(*this)) {}
  Handle get_return_object() noexcept { return Handle::from_promise(*this); }
  void return_void() noexcept {}
  void result() { rethrow_failure(); }
};

template <class T = void> class [[nodiscard]] Task {
public:
  using promise_type = Promise<T>;

  Task(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}
  Task(Task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(frame_, other.frame_);
    return *this;
  }
  ~Task() { destroy(); }

  //! Awaiting runs the task from its beginning, in the process of the awaiting coroutine.
  bool await_ready() const noexcept { return false; }
  template <class Awaiting> void await_suspend(std::coroutine_handle<Awaiting> awaiting) noexcept {
    frame_.promise().start(awaiting.promise());
  }
  T await_resume() { return frame_.promise().result(); }

private:
  friend class Simulation;
  friend class ProcessRecord;

  void destroy() noexcept {
    if (const auto frame = std::exchange(frame_, nullptr)) {
      frame.destroy();
    }
  }

  std::coroutine_handle<promise_type> frame_;
};

//! The life of something that is simulated, written from top to bottom.
using Process = Task<void>;

} // namespace lantian
