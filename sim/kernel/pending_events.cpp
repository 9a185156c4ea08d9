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
  const std::uint64_t place = (std::uint64_t{static_cast<std::uint8_t>(priority)} << 28) | entity;
  keys_[slot] = {time.time_since_epoch().count(), (place << 32) | sequence_++};
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

Time PendingEvents::next_time() {
  if (vacated_ != kNoSlot) {
    free_.push_back(vacated_);
    replay(vacated_);
    vacated_ = kNoSlot;
  }
  return Time(Duration(keys_[winners_[1]].time));
}

Event& PendingEvents::pop() {
  const Slot slot = winners_[1];
  Event& event = *events_[slot];
  keys_[slot] = kOpen;
  vacated_ = slot;
  event.slot_ = kNoSlot;
  --size_;
  return event;
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

// Plays every match on the way from the slot to the root again.
void PendingEvents::replay(Slot slot) noexcept {
  Slot best = slot;
  Key best_key = keys_[slot];
  for (std::size_t node = keys_.size() + slot; node > 1; node /= 2) {
    const Slot other = winners_[node ^ 1];
    const Key other_key = keys_[other];
    const bool other_wins = other_key < best_key;
    best = other_wins ? other : best;
    best_key.time = other_wins ? other_key.time : best_key.time;
    best_key.rank = other_wins ? other_key.rank : best_key.rank;
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
    if (keys_[slot].rank != kOpen.rank) {
      order.push_back(static_cast<Slot>(slot));
    }
  }
  std::sort(order.begin(), order.end(), [&](Slot a, Slot b) { return keys_[a] < keys_[b]; });
  sequence_ = 0;
  for (const Slot slot : order) {
    keys_[slot].rank = (keys_[slot].rank & ~std::uint64_t{0xffffffff}) | sequence_++;
  }
  rebuild();
}

} // namespace lantian
