#pragma once
//! Other sets of pending events, in the kernel's order of ties, to measure the kernel's against.
//! None can withdraw an event: that would cost them more. docs/kernel.md has the figures.

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <vector>

#include "kernel/pending_events.hpp"

namespace lantian {

struct Entry {
  std::int64_t time;
  std::uint64_t rank; //!< Priority, entity, sequence.
  Event* event;

  friend bool operator<(const Entry& a, const Entry& b) {
    return a.time < b.time || (a.time == b.time && a.rank < b.rank);
  }
  friend bool operator>(const Entry& a, const Entry& b) { return b < a; }
};

class BinaryHeap {
public:
  void push(const Entry& entry) { heap_.push(entry); }
  Entry pop() {
    const Entry first = heap_.top();
    heap_.pop();
    return first;
  }

private:
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap_;
};

//! A heap with four children a node: half as deep, and the children share lines of memory.
class FourAryHeap {
public:
  void push(const Entry& entry) {
    std::size_t hole = heap_.size();
    heap_.push_back(entry);
    while (hole > 0 && entry < heap_[(hole - 1) / 4]) {
      heap_[hole] = heap_[(hole - 1) / 4];
      hole = (hole - 1) / 4;
    }
    heap_[hole] = entry;
  }

  Entry pop() {
    const Entry first = heap_.front();
    const Entry last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) {
      sift_down(last);
    }
    return first;
  }

private:
  void sift_down(const Entry& entry) {
    std::size_t hole = 0;
    for (std::size_t child = 1; child < heap_.size(); child = 4 * hole + 1) {
      const auto begin = heap_.begin() + static_cast<std::ptrdiff_t>(child);
      const auto end =
          heap_.begin() + static_cast<std::ptrdiff_t>(std::min(child + 4, heap_.size()));
      const auto least = std::min_element(begin, end);
      if (!(*least < entry)) {
        break;
      }
      heap_[hole] = *least;
      hole = static_cast<std::size_t>(least - heap_.begin());
    }
    heap_[hole] = entry;
  }

  std::vector<Entry> heap_;
};

//! The soonest events are sorted, the last one first; those later than all of them lie in a pile
//! without order. When the window is used up, the soonest of the pile are selected and sorted.
class SortedWindow {
public:
  void push(const Entry& entry) {
    if (entry.time > last_time_) {
      pile_.push_back(entry);
    } else {
      window_.insert(std::upper_bound(window_.begin(), window_.end(), entry, std::greater<>()),
                     entry);
    }
  }

  Entry pop() {
    if (window_.empty()) {
      refill();
    }
    const Entry first = window_.back();
    window_.pop_back();
    return first;
  }

private:
  static constexpr std::size_t kLeast = 64;

  // As many as balance looking through the pile with making room in the window. Events of one time
  // go together, so that whatever is pushed at a time of the window finds its place in the order.
  void refill() {
    std::size_t count = kLeast;
    while (count * count < 64 * pile_.size()) {
      count *= 2;
    }
    auto rest = pile_.end();
    last_time_ = std::numeric_limits<std::int64_t>::max();
    if (count < pile_.size()) {
      const auto last = pile_.begin() + static_cast<std::ptrdiff_t>(count) - 1;
      std::nth_element(pile_.begin(), last, pile_.end());
      last_time_ = last->time;
      rest = std::partition(last, pile_.end(),
                            [this](const Entry& entry) { return entry.time <= last_time_; });
    }
    window_.assign(pile_.begin(), rest);
    std::move(pile_.end() - std::min(pile_.end() - rest, rest - pile_.begin()), pile_.end(),
              pile_.begin());
    pile_.resize(pile_.size() - window_.size());
    std::sort(window_.begin(), window_.end(), std::greater<>());
  }

  std::vector<Entry> window_;
  std::vector<Entry> pile_;
  std::int64_t last_time_ = std::numeric_limits<std::int64_t>::min();
};

//! The ladder queue (Tang, Goh and Thng, 2005): the far future is a pile; it is dealt into buckets
//! of equal width when it is reached, an overfull bucket into a finer rung, and a bucket that is
//! small enough is sorted.
class LadderQueue {
public:
  void push(const Entry& entry) {
    if (entry.time >= top_start_) {
      top_.push_back(entry);
      return;
    }
    for (std::size_t i = 0; i < depth_; ++i) {
      if (entry.time >= rungs_[i].current_start()) {
        rungs_[i].add(entry);
        return;
      }
    }
    bottom_.insert(std::upper_bound(bottom_.begin(), bottom_.end(), entry, std::greater<>()),
                   entry);
  }

  Entry pop() {
    while (bottom_.empty()) {
      descend();
    }
    const Entry first = bottom_.back();
    bottom_.pop_back();
    return first;
  }

private:
  static constexpr std::size_t kSmall = 50;
  static constexpr std::size_t kRungs = 8;

  struct Rung {
    std::int64_t start = 0, width = 1;
    std::size_t current = 0, used = 0, size = 0;
    std::vector<std::vector<Entry>> buckets{};

    std::int64_t current_start() const {
      return start + static_cast<std::int64_t>(current) * width;
    }
    void deal(std::vector<Entry>& entries, std::int64_t first, std::int64_t end) {
      start = first;
      width = std::max<std::int64_t>(1, (end - first) / static_cast<std::int64_t>(entries.size()));
      used = static_cast<std::size_t>((end - first) / width) + 1;
      buckets.resize(std::max(buckets.size(), used));
      current = size = 0;
      for (const Entry& entry : entries) {
        add(entry);
      }
      entries.clear();
    }
    void add(const Entry& entry) {
      buckets[static_cast<std::size_t>((entry.time - start) / width)].push_back(entry);
      ++size;
    }
  };

  // Brings the next bucket to the bottom, or a finer rung below it.
  void descend() {
    while (depth_ > 0 && rungs_[depth_ - 1].size == 0) {
      --depth_;
    }
    if (depth_ == 0) {
      const auto [least, most] = std::minmax_element(top_.begin(), top_.end());
      const std::int64_t first = least->time, end = most->time + 1;
      rungs_[depth_++].deal(top_, first, end);
      top_start_ = end;
    }
    Rung& rung = rungs_[depth_ - 1];
    while (rung.buckets[rung.current].empty()) {
      ++rung.current;
    }
    std::vector<Entry>& bucket = rung.buckets[rung.current];
    const std::int64_t first = rung.current_start();
    ++rung.current;
    rung.size -= bucket.size();
    if (bucket.size() > kSmall && depth_ < kRungs && rung.width > 1) {
      rungs_[depth_++].deal(bucket, first, rung.current_start());
    } else {
      bottom_.swap(bucket);
      bucket.clear();
      std::sort(bottom_.begin(), bottom_.end(), std::greater<>());
    }
  }

  std::vector<Entry> top_;
  std::int64_t top_start_ = std::numeric_limits<std::int64_t>::min();
  std::array<Rung, kRungs> rungs_;
  std::size_t depth_ = 0;
  std::vector<Entry> bottom_;
};

} // namespace lantian
