#include "kernel/pending_events.hpp"

#include <algorithm>

namespace lantian {
namespace {
constexpr std::size_t kFirstSlots = 64;
}

PendingEvents::PendingEvents(std::uint32_t first_sequence) : sequence_(first_sequence) {
  grow();
}

void PendingEvents::push(Event& event, Time time, Priority priority, EntityIndex entity) {
  if (sequence_ == std::numeric_limits<std::uint32_t>::max()) {
    renumber();
  }
  const bool fills_vacated = vacated_ != kNoSlot;
  const Slot slot = fills_vacated ? vacated_ : take_slot();
  const std::uint64_t biased_time =
      static_cast<std::uint64_t>(time.time_since_epoch().count()) ^ kSign;
  const std::uint64_t rank = (std::uint64_t{static_cast<std::uint8_t>(priority)} << 60) |
                             (std::uint64_t{entity} << 32) | sequence_++;
  keys_[slot] = (Key{biased_time} << 64) | rank;
  events_[slot] = &event;
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
  keys_[slot] = kOpen;
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
  const Key key = keys_[slot];
  for (std::size_t node = (keys_.size() + slot) / 2; node > 0; node /= 2) {
    if (keys_[winners_[node]] < key) {
      return;
    }
    winners_[node] = slot;
  }
}

// Plays every match on the way from the slot to the root again. The winner is selected by masks: who
// wins is as good as random, and a branch on it costs more than all the rest.
void PendingEvents::replay(Slot slot) noexcept {
  Slot best = slot;
  Key best_key = keys_[slot];
  for (std::size_t node = keys_.size() + slot; node > 1; node /= 2) {
    const Slot other = winners_[node ^ 1];
    const Key other_key = keys_[other];
    const auto wins = static_cast<Slot>(other_key < best_key);
    best ^= (best ^ other) & (0 - wins);
    best_key ^= (best_key ^ other_key) & (Key{0} - wins);
    winners_[node / 2] = best;
  }
}

void PendingEvents::grow() {
  const std::size_t before = keys_.size();
  const std::size_t after = std::max(kFirstSlots, before * 2);
  keys_.resize(after, kOpen);
  events_.resize(after, nullptr);
  winners_.resize(after * 2);
  free_.reserve(after);
  for (std::size_t slot = after; slot-- > before;) {
    free_.push_back(static_cast<Slot>(slot));
  }
  rebuild();
}

void PendingEvents::rebuild() noexcept {
  const std::size_t slots = keys_.size();
  for (std::size_t slot = 0; slot < slots; ++slot) {
    winners_[slots + slot] = static_cast<Slot>(slot);
  }
  for (std::size_t node = slots - 1; node > 0; --node) {
    const Slot left = winners_[2 * node];
    const Slot right = winners_[2 * node + 1];
    winners_[node] = keys_[right] < keys_[left] ? right : left;
  }
}

// The 32 bits of the sequence are used up, after four billion events: those that are pending are
// numbered anew in their order.
void PendingEvents::renumber() {
  std::vector<Slot> order;
  for (std::size_t slot = 0; slot < keys_.size(); ++slot) {
    if (keys_[slot] != kOpen) {
      order.push_back(static_cast<Slot>(slot));
    }
  }
  std::sort(order.begin(), order.end(), [&](Slot a, Slot b) { return keys_[a] < keys_[b]; });
  sequence_ = 0;
  for (const Slot slot : order) {
    keys_[slot] = (keys_[slot] & ~Key{0xffffffff}) | sequence_++;
  }
  rebuild();
}

} // namespace lantian
