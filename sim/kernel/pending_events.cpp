#include "kernel/pending_events.hpp"

#include <algorithm>
#include <bit>

namespace lantian {
namespace {
constexpr std::size_t kFirstSlots = 64;
constexpr int kBitsOfSixteenths = 5; // nodes 16 ... 31

// Sends for the event and the coroutine frame around it. Always inline, since GCC 12 takes a call
// that does nothing else for one without effect, and leaves it out.
[[gnu::always_inline]] inline void fetch_around(const Event* event) {
  constexpr std::uintptr_t kLine = 64;
  const auto address = reinterpret_cast<std::uintptr_t>(event);
  __builtin_prefetch(reinterpret_cast<const void*>(address - kLine));
  __builtin_prefetch(reinterpret_cast<const void*>(address));
  __builtin_prefetch(reinterpret_cast<const void*>(address + kLine));
}
} // namespace

PendingEvents::PendingEvents(std::uint32_t first_sequence) : sequence_(first_sequence) {
  grow();
}

void PendingEvents::push(Event& event, Time time, Priority priority, EntityIndex entity) {
  if (sequence_ == std::numeric_limits<std::uint32_t>::max()) {
    renumber();
  }
  const bool fills_vacated = vacated_ != kNoSlot;
  const Slot slot = fills_vacated ? vacated_ : take_slot();
  times_[slot] = time.time_since_epoch().count();
  const std::uint64_t rank = (std::uint64_t{static_cast<std::uint8_t>(priority)} << 60) |
                             (std::uint64_t{entity} << 32) | sequence_++;
  entries_[slot] = {rank, &event};
  event.slot_ = slot;
  ++size_;
  if (fills_vacated) {
    vacated_ = kNoSlot;
    replay(slot);
  } else {
    climb(slot);
  }
}

void PendingEvents::erase(Event& event) noexcept {
  const Slot slot = event.slot_;
  event.slot_ = kNoSlot;
  times_[slot] = kOpenTime;
  free_.push_back(slot);
  --size_;
  replay(slot);
}

void PendingEvents::close_vacated() noexcept {
  free_.push_back(vacated_);
  replay(vacated_);
  vacated_ = kNoSlot;
}

PendingEvents::Slot PendingEvents::take_slot() {
  if (free_.empty()) {
    grow();
  }
  const Slot slot = free_.back();
  free_.pop_back();
  return slot;
}

// A newcomer in an open slot: it can only win, and above the first loss nothing changes. A node on
// the path of the vacated slot may be out of date, but that path is replayed before the next pop.
void PendingEvents::climb(Slot slot) noexcept {
  for (std::size_t node = (times_.size() + slot) / 2; node > 0; node /= 2) {
    if (is_earlier(winners_[node], slot)) {
      return;
    }
    winners_[node] = slot;
  }
}

// Plays every match on the way from the slot to the root again. Who wins is as good as random, and
// a branch on it costs more than all the rest: the slot is selected by a mask, off the chain of
// times, where a match waits for the one below it for no more than a minimum.
void PendingEvents::replay(Slot slot) noexcept {
  const std::int64_t* const times = times_.data();
  Slot* const winners = winners_.data();
  Slot best = slot;
  std::int64_t best_time = times[slot];
  const std::size_t leaf = times_.size() + slot;
  for (std::size_t node = leaf; node > 1; node /= 2) {
    const Slot other = winners[node ^ 1];
    const std::int64_t other_time = times[other];
    std::uint32_t wins = other_time < best_time;
    if (other_time == best_time) [[unlikely]] {
      wins = entries_[other].rank < entries_[best].rank;
    }
    best ^= (best ^ other) & (0 - wins);
    best_time = std::min(best_time, other_time);
    winners[node / 2] = best;
  }
  // Whatever comes to the root must first win its sixteenth of the tree, on a path like this one.
  fetch_around(entries_[winners[leaf >> (std::bit_width(leaf) - kBitsOfSixteenths)]].event);
}

void PendingEvents::grow() {
  const std::size_t before = times_.size();
  const std::size_t after = std::max(kFirstSlots, before * 2);
  times_.resize(after, kOpenTime);
  entries_.resize(after);
  winners_.resize(after * 2);
  free_.reserve(after);
  for (std::size_t slot = after; slot-- > before;) {
    free_.push_back(static_cast<Slot>(slot));
  }
  rebuild();
}

void PendingEvents::rebuild() noexcept {
  const std::size_t slots = times_.size();
  for (std::size_t slot = 0; slot < slots; ++slot) {
    winners_[slots + slot] = static_cast<Slot>(slot);
  }
  for (std::size_t node = slots - 1; node > 0; --node) {
    const Slot left = winners_[2 * node];
    const Slot right = winners_[2 * node + 1];
    winners_[node] = is_earlier(right, left) ? right : left;
  }
}

// The 32 bits of the sequence are used up, after four billion events: those that are pending are
// numbered anew in their order.
void PendingEvents::renumber() {
  std::vector<Slot> order;
  for (std::size_t slot = 0; slot < times_.size(); ++slot) {
    if (times_[slot] != kOpenTime) {
      order.push_back(static_cast<Slot>(slot));
    }
  }
  std::sort(order.begin(), order.end(), [&](Slot a, Slot b) { return is_earlier(a, b); });
  sequence_ = 0;
  for (const Slot slot : order) {
    std::uint64_t& rank = entries_[slot].rank;
    rank = (rank & ~std::uint64_t{0xffffffff}) | sequence_++;
  }
  rebuild();
}

} // namespace lantian
