#pragma once

#include <stop_token>
#include <thread>

namespace lantian {

//! Turns the first SIGINT or SIGTERM into a stop request, and the second into an immediate end.
//! A write beyond the limit on the size of files (SIGXFSZ) fails instead of ending the process.
//! Made before any other thread, so that all of them leave these signals to it.
class StopOnSignal {
public:
  explicit StopOnSignal(std::stop_source stop);
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

private:
  std::jthread waiter_;
};

} // namespace lantian
