#pragma once
//! A thread that works blocks off in order, so that computing and writing overlap. Few blocks wait
//! at a time: who pushes too fast waits, and memory stays flat.

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

#include "ensemble/block.hpp"

namespace lantian {

class BlockQueue {
public:
  //! `work` runs on the thread of the queue; at most `capacity` blocks wait for it.
  BlockQueue(std::function<void(Block)> work, std::size_t capacity);

  //! Drops the blocks that wait, and joins.
  ~BlockQueue();

  //! Hands a block over; waits while the queue is full. Throws what `work` threw before.
  void push(Block block);

  //! Waits until all is done, and joins. Throws what `work` threw.
  void drain();

private:
  void run();
  void join(bool drop);

  std::function<void(Block)> work_;
  std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Block> waiting_;
  std::exception_ptr failure_;
  bool is_closed_ = false;
  std::jthread thread_; // last: it uses all of the above
};

} // namespace lantian
