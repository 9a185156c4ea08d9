#include "cli/stop_on_signal.hpp"

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <pthread.h>
#include <utility>

namespace lantian {

namespace {

constexpr int kInterrupted = 130;

void wait_for_signals(std::stop_token finished, std::stop_source stop, sigset_t signals) {
  constexpr timespec kTick = {0, 50'000'000};
  while (!finished.stop_requested()) {
    if (sigtimedwait(&signals, nullptr, &kTick) < 0)
      continue;
    if (stop.stop_requested())
      std::_Exit(kInterrupted);
    stop.request_stop();
  }
}

} // namespace

StopOnSignal::StopOnSignal(std::stop_source stop) {
  std::signal(SIGXFSZ, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  waiter_ = std::jthread(wait_for_signals, std::move(stop), signals);
}

} // namespace lantian
