#include "results/block_queue.hpp"

#include <utility>

namespace lantian {

BlockQueue::BlockQueue(std::function<void(Block)> work, std::size_t capacity)
    : work_(std::move(work)), capacity_(capacity), thread_([this] { run(); }) {}

BlockQueue::~BlockQueue() {
  join(true);
}

void BlockQueue::push(Block block) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return failure_ || waiting_.size() < capacity_; });
  if (failure_) {
    std::rethrow_exception(failure_);
  }
  waiting_.push_back(std::move(block));
  changed_.notify_all();
}

void BlockQueue::drain() {
  join(false);
  if (failure_) {
    std::rethrow_exception(failure_);
  }
}

void BlockQueue::join(bool drop) {
  {
    const std::lock_guard lock(mutex_);
    is_closed_ = true;
    if (drop) {
      waiting_.clear();
    }
    changed_.notify_all();
  }
  if (thread_.joinable()) {
    thread_.join();
  }
}

// A block leaves the queue when work on it begins; after a failure nothing more is done.
void BlockQueue::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_closed_ || !waiting_.empty(); });
    if (waiting_.empty()) {
      return;
    }
    Block block = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_all();
    lock.unlock();
    std::exception_ptr failure;
    try {
      work_(std::move(block));
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    if (failure) {
      failure_ = failure;
      waiting_.clear();
      changed_.notify_all();
      return;
    }
  }
}

} // namespace lantian
