#pragma once
//! `const std::size_t which = co_await first_of(timer, signal_wait, request);` waits for the first
//! of several, in the order of events, and disarms the rest: when two are over at the same instant
//! the second is withdrawn as if it had never been (a resource that it had received goes back).
//! Arguments that have a name are referred to, so that what they received can be taken afterwards:
//! `Grant crews = request.take();`. A first_of may stand in another.

#include <array>
#include <cstddef>
#include <tuple>
#include <utility>

#include "kernel/wait.hpp"

namespace lantian {

template <class... Waits> class [[nodiscard]] FirstOf final : public WaitGroup {
  static_assert((Waitable<std::remove_reference_t<Waits>> && ...));

public:
  explicit FirstOf(Waits&&... waits) : waits_(std::forward<Waits>(waits)...) {}
  FirstOf(FirstOf&& unarmed) = default;
  ~FirstOf() { disarm(); }

  bool await_ready() const noexcept { return false; }
  template <class Promise> void await_suspend(std::coroutine_handle<Promise> awaiting) {
    arm({&awaiting.promise()});
  }
  //! Index of the argument that was over first.
  std::size_t await_resume() const noexcept { return which_; }

  void arm(const Waiter& waiter) {
    waiter_ = waiter;
    is_armed_ = true;
    for_each(
        [&](auto& wait, std::uint32_t index) { wait.arm(Waiter{waiter.coroutine, this, index}); });
  }
  void disarm() noexcept {
    if (std::exchange(is_armed_, false)) {
      for_each([](auto& wait, std::uint32_t) { wait.disarm(); });
    }
  }

  void won_by(std::uint32_t winner) noexcept override {
    which_ = winner;
    is_armed_ = false;
    for_each([&](auto& wait, std::uint32_t index) {
      if (index != winner) {
        wait.disarm();
      }
    });
    if (waiter_.group != nullptr) {
      waiter_.group->won_by(waiter_.index);
    }
  }

private:
  template <class Visit> void for_each(Visit visit) {
    std::apply(
        [&](auto&... wait) {
          std::uint32_t index = 0;
          (visit(wait, index++), ...);
        },
        waits_);
  }

  std::tuple<Waits...> waits_;
  Waiter waiter_;
  std::size_t which_ = 0;
  bool is_armed_ = false;
};

//! Named arguments are held by reference, temporaries by value.
template <class... Waits> FirstOf<Waits...> first_of(Waits&&... waits) {
  return FirstOf<Waits...>(std::forward<Waits>(waits)...);
}

} // namespace lantian
