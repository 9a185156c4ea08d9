#pragma once
//! The pending events, in a tournament: every event is a leaf, every inner node names the earlier
//! of its two sides, so the root names the next event. Scheduling climbs only while the newcomer
//! wins; taking the next event leaves its leaf open for whatever is scheduled next, and then one
//! climb replays both. Withdrawing an event is exact: nothing dead stays behind. Cost: log2(leaves)
//! comparisons without mispredicted branches, 16 bytes of key; docs/kernel.md has the measurements.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "kernel/order.hpp"
#include "kernel/time.hpp"

namespace lantian {

class Strand;

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

  //! What happens; returns the process that ran, or nullptr if none did.
  virtual Strand* fire() = 0;

  std::uint32_t slot_ = kNoSlot;
};

class PendingEvents {
public:
  //! The sequence starts at a given number only in tests of what happens when it is used up.
  explicit PendingEvents(std::uint32_t first_sequence = 0);

  void push(Event& event, Time time, Priority priority, EntityIndex entity);
  void erase(Event& event) noexcept;

  bool is_empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  //! Time of the next event, kNever if there is none.
  Time next_time();
  //! Takes the next event out; there must be one.
  Event& pop();

private:
  using Slot = std::uint32_t;
  struct Key {
    std::int64_t time;
    std::uint64_t rank; //!< priority (4 bits), entity (28 bits), sequence (32 bits).

    friend bool operator<(const Key& a, const Key& b) {
      return (a.time < b.time) | ((a.time == b.time) & (a.rank < b.rank));
    }
  };
  static constexpr Slot kNoSlot = Event::kNoSlot;
  static constexpr Key kOpen{std::numeric_limits<std::int64_t>::max(),
                             std::numeric_limits<std::uint64_t>::max()};

  Slot take_slot();
  void climb(Slot slot) noexcept;
  void replay(Slot slot) noexcept;
  void grow();
  void rebuild() noexcept;
  void renumber();

  std::vector<Key> keys_;      //!< By slot; kOpen where no event is.
  std::vector<Event*> events_; //!< By slot.
  std::vector<Slot> winners_;  //!< Node 1 is the root; the leaf of slot s is node slots + s.
  std::vector<Slot> free_;     //!< Open slots, last one first, without vacated_.
  Slot vacated_ = kNoSlot;     //!< Slot of the last event taken: its path is not replayed yet.
  std::uint32_t sequence_ = 0;
  std::size_t size_ = 0;
};

} // namespace lantian
