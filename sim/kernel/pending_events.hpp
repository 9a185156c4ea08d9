#pragma once
//! The pending events, in a tournament: every event is a leaf, every inner node names the earlier
//! of its two sides, so the root names the next event. Scheduling climbs only while the newcomer
//! wins; taking the next event leaves its leaf open for whatever is scheduled next, and then one
//! climb replays both. Withdrawing an event is exact: nothing dead stays behind. Cost: log2(leaves)
//! comparisons of times, without a branch to mispredict where times differ; on the way the events
//! that are likely to be next are fetched ahead. docs/kernel.md has the measurements.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "kernel/order.hpp"
#include "kernel/time.hpp"

namespace lantian {

//! Something that happens at one time. It lives in its owner and stays there while it is pending;
//! the owner withdraws it before it ends.
class Event {
public:
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  bool is_pending() const { return slot_ != kNoSlot; }

protected:
  Event() = default;
  ~Event() = default;

private:
  friend class PendingEvents;
  friend class Simulation;
  static constexpr std::uint32_t kNoSlot = std::numeric_limits<std::uint32_t>::max();

  virtual void fire() = 0;

  std::uint32_t slot_ = kNoSlot;
};

class PendingEvents {
public:
  //! The sequence starts at a given number only in tests of what happens when it is used up.
  explicit PendingEvents(std::uint32_t first_sequence = 0);

  void push(Event& event, Time time, Priority priority, EntityIndex entity);
  void erase(Event& event) noexcept;

  std::size_t size() const { return size_; }

  //! Time of the next event, kNever if there is none.
  Time next_time() {
    if (vacated_ != kNoSlot) {
      close_vacated();
    }
    return Time(Duration(times_[winners_[1]]));
  }

  //! Takes the next event out, after next_time() has told that there is one.
  Event& pop() {
    vacated_ = winners_[1];
    Event& event = *entries_[vacated_].event;
    times_[vacated_] = kOpenTime;
    event.slot_ = kNoSlot;
    --size_;
    return event;
  }

private:
  using Slot = std::uint32_t;
  static constexpr Slot kNoSlot = Event::kNoSlot;
  static constexpr std::int64_t kOpenTime = kNever.time_since_epoch().count();
  struct Entry {
    std::uint64_t rank; //!< Priority (4 bits), entity (28), sequence (32).
    Event* event;
  };

  bool is_earlier(Slot a, Slot b) const {
    return times_[a] < times_[b] || (times_[a] == times_[b] && entries_[a].rank < entries_[b].rank);
  }
  Slot take_slot();
  void close_vacated() noexcept;
  void climb(Slot slot) noexcept;
  void replay(Slot slot) noexcept;
  void grow();
  void rebuild() noexcept;
  void renumber();

  std::vector<std::int64_t> times_; //!< By slot; kOpenTime where no event is.
  std::vector<Entry> entries_;      //!< By slot; meaningless where no event is.
  std::vector<Slot> winners_;       //!< Node 1 is the root; the leaf of slot s is node slots + s.
  std::vector<Slot> free_;          //!< Open slots, last one first, without vacated_.
  Slot vacated_ = kNoSlot;          //!< Slot of the last event taken: its path is not replayed yet.
  std::uint32_t sequence_ = 0;
  std::size_t size_ = 0;
};

} // namespace lantian
