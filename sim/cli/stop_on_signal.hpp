#pragma once

#include <stop_token>
#include <thread>

namespace lantian {

//! Turns the first SIGINT or SIGTERM into a stop request, and the second into an immediate end.
//! Made before any other thread, so that all of them leave these signals to it.
class StopOnSignal {
public:
  StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

private:
  std::stop_source stop_;
  std::jthread waiter_;
};

} // namespace lantian
