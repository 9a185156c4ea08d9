#pragma once
//! Waiting until a time. A zero delay is a wait like any other: it ends after everything of this
//! instant that comes earlier in the order of events.

#include "kernel/wait.hpp"

namespace lantian {

class [[nodiscard]] Timer final : public Wait {
public:
  Timer(Time end, Priority priority) : end_(end), priority_(priority) {}
  Timer(Timer&&) = default;

  Time end() const { return end_; }
  void await_resume() const noexcept {}

private:
  void begin() override { over_at(end_, priority_); }
  void abandon() noexcept override {}

  Time end_;
  Priority priority_;
};

} // namespace lantian
