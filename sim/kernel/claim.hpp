#pragma once
//! What stands in the queues of a resource pool: the inside of requests and grants. A claim has one
//! place for each of its needs, each in the queue of that resource. Claims are reused, and own
//! themselves through ClaimPtr: one that outlives its pool simply ends.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "kernel/order.hpp"
#include "kernel/time.hpp"

namespace lantian {

class ResourcePool;
class Request;
struct Claim;

//! Rank of a resource in its pool's list.
using ResourceIndex = std::uint32_t;
inline constexpr ResourceIndex kNoResource = std::numeric_limits<ResourceIndex>::max();

//! So much of a resource: a number of crews, an amount of money.
struct Need {
  ResourceIndex resource = kNoResource;
  double amount = 0.0;
};

struct ClaimPlace {
  Need need;
  Claim* claim = nullptr;
  double held = 0.0; //!< What was granted and not given back.
  Duration waited{}; //!< While this was the first need that was short.
  ClaimPlace* previous = nullptr;
  ClaimPlace* next = nullptr;
};

enum class ClaimState : std::uint8_t { idle, waiting, granted, taken };

struct Claim {
  ResourcePool* pool = nullptr;
  Request* request = nullptr;
  Priority priority = Priority::normal;
  ClaimState state = ClaimState::idle;
  std::uint64_t sequence = 0;
  Time asked{};   //!< When it joined its queues.
  Time charged{}; //!< Up to when its waiting is accounted for.
  Time granted{};
  ClaimPlace* short_at = nullptr; //!< The first need that was short when last looked at.
  std::vector<ClaimPlace> places;

  ClaimPlace* find(ResourceIndex resource) {
    const auto place = std::find_if(places.begin(), places.end(), [&](const ClaimPlace& each) {
      return each.need.resource == resource;
    });
    return place == places.end() ? nullptr : &*place;
  }
  //! Books the time since it was last looked at to the need that was short.
  void charge(Time now) {
    if (short_at != nullptr) {
      short_at->waited += now - charged;
    }
    charged = now;
  }
};

//! Gives a claim back to its pool, or ends it if there is none any more.
struct ReturnClaim {
  void operator()(Claim* claim) const noexcept;
};
using ClaimPtr = std::unique_ptr<Claim, ReturnClaim>;

//! Claims waiting for one resource, by (priority, sequence).
class ClaimQueue {
public:
  ClaimPlace* head() const { return first_; }
  void insert(ClaimPlace& place) noexcept;
  void remove(ClaimPlace& place) noexcept;

private:
  ClaimPlace* first_ = nullptr;
  ClaimPlace* last_ = nullptr;
};

} // namespace lantian
