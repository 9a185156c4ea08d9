#include "background.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "under_way.hpp"

namespace lantian::python {
namespace {

namespace py = pybind11;

constexpr std::chrono::milliseconds kTick(50);

// What the two threads tell each other.
class Exchange {
public:
  void report(std::int64_t done, std::int64_t all) {
    const std::lock_guard lock(mutex_);
    progress_ = {done, all};
  }

  void finish(std::exception_ptr thrown) {
    {
      const std::lock_guard lock(mutex_);
      thrown_ = std::move(thrown);
      is_finished_ = true;
    }
    changed_.notify_all();
  }

  // Waits for the end, a tick at most; whether it has come.
  bool wait_a_tick() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kTick, [this] { return is_finished_; });
  }

  // Progress not yet taken.
  std::optional<std::pair<std::int64_t, std::int64_t>> take_progress() {
    const std::lock_guard lock(mutex_);
    return std::exchange(progress_, std::nullopt);
  }

  void rethrow_if_any() const {
    if (thrown_) {
      std::rethrow_exception(thrown_);
    }
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::pair<std::int64_t, std::int64_t>> progress_;
  std::exception_ptr thrown_;
  bool is_finished_ = false;
};

// With the GIL: throws what Python has to raise.
void attend_to_python(Exchange& exchange, const py::object& progress) {
  if (PyErr_CheckSignals() != 0) {
    throw py::error_already_set();
  }
  if (const auto counts = exchange.take_progress(); counts && !progress.is_none()) {
    progress(counts->first, counts->second);
  }
}

std::jthread start(const Work& work, Exchange& exchange) {
  return std::jthread([&work, &exchange](const std::stop_token& stop) {
    const auto report = [&exchange](std::int64_t done, std::int64_t all) {
      exchange.report(done, all);
    };
    try {
      work(report, stop);
      exchange.finish(nullptr);
    } catch (...) {
      exchange.finish(std::current_exception());
    }
  });
}

} // namespace

void run_in_background(const py::object& progress, const Work& work) {
  const UnderWay under_way;
  Exchange exchange;
  {
    const py::gil_scoped_release released;
    const std::jthread worker = start(work, exchange); // told to stop and joined at the end
    while (!exchange.wait_a_tick()) {
      const py::gil_scoped_acquire held;
      attend_to_python(exchange, progress);
    }
  }
  attend_to_python(exchange, progress);
  exchange.rethrow_if_any();
}

} // namespace lantian::python
