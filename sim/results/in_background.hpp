#pragma once
//! One piece of work at a time on a thread of its own, behind the one that computes.

#include <future>
#include <utility>

namespace lantian {

class InBackground {
public:
  InBackground() = default;
  //! Waits; what the work throws is lost.
  ~InBackground() { wait(); }
  InBackground(const InBackground&) = delete;
  InBackground& operator=(const InBackground&) = delete;

  //! Starts a piece once the last one is done. Throws what that threw.
  template <class Work> void start(Work work) {
    settle();
    work_ = std::async(std::launch::async, std::move(work));
  }

  //! Waits until all is done, however it ended.
  void wait() {
    if (work_.valid())
      work_.wait();
  }

  //! Waits until all is done. Throws what it threw.
  void settle() {
    if (work_.valid())
      work_.get();
  }

private:
  std::future<void> work_;
};

} // namespace lantian
