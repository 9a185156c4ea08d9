#include "kernel/claim.hpp"

#include "kernel/resource.hpp"

namespace lantian {

void ReturnClaim::operator()(Claim* claim) const noexcept {
  std::unique_ptr<Claim> owned(claim);
  if (claim->pool != nullptr) {
    claim->pool->put_away(std::move(owned));
  }
}

// Sequences grow, so within a priority the newcomer is last: only one of a smaller priority than
// the last has to look for its place, and those before it are few.
void ClaimQueue::insert(ClaimPlace& place) noexcept {
  ClaimPlace* after = nullptr;
  if (last_ != nullptr && last_->claim->priority > place.claim->priority) {
    after = first_;
    while (after->claim->priority <= place.claim->priority) {
      after = after->next;
    }
  }
  place.next = after;
  place.previous = after != nullptr ? after->previous : last_;
  (place.previous != nullptr ? place.previous->next : first_) = &place;
  (after != nullptr ? after->previous : last_) = &place;
}

void ClaimQueue::remove(ClaimPlace& place) noexcept {
  (place.previous != nullptr ? place.previous->next : first_) = place.next;
  (place.next != nullptr ? place.next->previous : last_) = place.previous;
  place.previous = nullptr;
  place.next = nullptr;
}

} // namespace lantian
