#include "ensemble/parallel.hpp"

#include "kernel/error.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace lantian {

namespace {

//! What the threads share.
class Crew {
public:
  Crew(std::size_t count, unsigned threads,
       const std::function<void(std::size_t, std::stop_token)>& task)
      : count_(count), running_(threads), task_(task) {}

  void work() {
    for (bool is_wanted = true; is_wanted;)
      is_wanted = carry_out(next_++);
    const std::lock_guard lock(mutex_);
    --running_;
    changed_.notify_all();
  }

  void watch(const std::function<void(std::size_t)>& watch) {
    using namespace std::chrono_literals;
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, 50ms, [this] { return running_ == 0; })) {
      lock.unlock();
      watch(done_);
      lock.lock();
    }
    lock.unlock();
    if (!failure_)
      watch(done_);
  }

  void request_stop() {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    stop_after(0);
  }

  void rethrow() const {
    if (failure_)
      std::rethrow_exception(failure_);
  }

private:
  //! Whether the task was still wanted, so that others may be.
  bool carry_out(std::size_t task) {
    bool is_wanted = true;
    try {
      std::stop_source stop(std::nostopstate);
      is_wanted = begin(task, stop);
      if (is_wanted) {
        task_(task, stop.get_token());
        ++done_;
      }
    } catch (const Interrupted&) {
      keep(std::current_exception(), count_); // a failure, whose stop this heeds, goes first
    } catch (...) {
      keep(std::current_exception(), task);
    }
    end(task);
    return is_wanted;
  }

  struct Running {
    std::size_t task;
    std::stop_source stop;
  };

  //! Whether a task is still wanted; its stop is heard of through `stop`.
  bool begin(std::size_t task, std::stop_source& stop) {
    const std::lock_guard lock(mutex_);
    if (task >= count_ || is_stopped_ || (failure_ && task > failed_task_))
      return false;
    stop = std::stop_source();
    tasks_.push_back({task, stop});
    return true;
  }

  void end(std::size_t task) {
    const std::lock_guard lock(mutex_);
    std::erase_if(tasks_, [&](const Running& running) { return running.task == task; });
  }

  //! Of several failures that of the first task stays: tasks before it run to their end, or which
  //! one is told would depend on the threads.
  void keep(std::exception_ptr failure, std::size_t task) {
    const std::lock_guard lock(mutex_);
    if (failure_ && failed_task_ <= task)
      return;
    failure_ = failure;
    failed_task_ = task;
    stop_after(task);
  }

  void stop_after(std::size_t task) {
    for (Running& running : tasks_) {
      if (running.task >= task)
        running.stop.request_stop();
    }
  }

  const std::size_t count_;
  std::size_t running_;
  const std::function<void(std::size_t, std::stop_token)>& task_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<std::size_t> done_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Running> tasks_;
  bool is_stopped_ = false;
  std::exception_ptr failure_;
  std::size_t failed_task_ = 0;
};

} // namespace

unsigned threads_of(unsigned asked) {
  return asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
}

void run_parallel(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t, std::stop_token)>& task,
                  const std::function<void(std::size_t)>& watch) {
  const unsigned used = static_cast<unsigned>(std::min<std::size_t>(std::max(1U, threads), count));
  Crew crew(count, used, task);
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < used; ++i)
      workers.emplace_back([&crew] { crew.work(); });
    try {
      crew.watch(watch);
    } catch (...) {
      crew.request_stop();
      throw;
    }
  }
  crew.rethrow();
}

} // namespace lantian
