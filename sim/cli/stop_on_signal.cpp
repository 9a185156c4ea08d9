#include "cli/stop_on_signal.hpp"

#include <csignal>
#include <cstdlib>
#include <pthread.h>
#include <utility>

namespace lantian {

namespace {

constexpr int kInterrupted = 130;
constexpr int kWake = SIGUSR1;

// A signal to itself wakes the thread when the program has finished.
void wait_for_signals(std::stop_token finished, std::stop_source stop, sigset_t signals) {
  const std::stop_callback wake(finished, [self = pthread_self()] { pthread_kill(self, kWake); });
  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && !finished.stop_requested()) {
    if (signal == kWake)
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
  sigaddset(&signals, kWake);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  waiter_ = std::jthread(wait_for_signals, std::move(stop), signals);
}

} // namespace lantian
