#pragma once
//! Resources that processes queue for: counted ones (crews, which come back) and consumable ones (a
//! budget, released on dates, which does not). Of what is counted more may be released as well: the
//! capacity grows on that date, and a request for more than there are before it waits.
//!
//! A request is for all its needs at once or none. It stands in the queue of every resource it
//! needs, ordered by (priority, sequence), and is granted when it is first in each and each has
//! enough: strict first in, first out; the head blocks. The order is the same in all queues, so
//! there is no deadlock. A request whose wait is abandoned leaves its queues; what it had received
//! and not yet taken goes back whole. Cost: constant for each need, but a request of more than
//! normal urgency walks past the few before it.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "kernel/claim.hpp"
#include "kernel/order.hpp"
#include "kernel/time.hpp"
#include "kernel/wait.hpp"

namespace lantian {

class Simulation;

enum class ResourceKind : std::uint8_t { counted, consumable };

//! What becomes available on a date, before anything else of that instant.
struct Release {
  Time date{};
  double amount = 0.0;
};

struct ResourceSpec {
  std::string id;
  ResourceKind kind = ResourceKind::counted;
  double capacity = 0.0; //!< Counted: how many there are. Consumable: what is there at the start.
  std::vector<Release> releases = {}; //!< In any order; what is counted grows by them for good.
  bool lapses = false; //!< Consumable only: what is left when the next is released is lost.
};

//! Time-weighted since the pool was made.
struct ResourceStatistics {
  double mean_queue = 0.0;  //!< Requests waiting.
  double mean_in_use = 0.0; //!< Counted: how much was held. Consumable: how much had been spent.
  double mean_wait_s = 0.0; //!< Of the requests granted [s].
  std::int64_t served = 0;  //!< Requests granted.
};

//! What a request received. Its end gives crews back; money stays spent unless it is refunded.
class [[nodiscard]] Grant {
public:
  //! Nothing.
  Grant() = default;

  bool is_empty() const { return claim_ == nullptr; }
  //! Gives all that is counted back, once; later calls do nothing.
  void release();
  //! Gives unspent money back. It is lost if the resource lapses and more was released since.
  //! Throws std::invalid_argument for more than was granted and not refunded yet.
  void refund(ResourceIndex resource, double unspent);
  //! How much of a resource is held, or was spent.
  double amount(ResourceIndex resource) const;

  //! How long the request had waited [s], in all, and being short of this resource first.
  Duration waited() const;
  Duration waited_for(ResourceIndex resource) const;

private:
  friend class Request;
  explicit Grant(ClaimPtr claim) : claim_(std::move(claim)) {}

  ClaimPtr claim_;
};

//! Awaitable; the wait ends with a Grant.
class [[nodiscard]] Request final : public Wait {
public:
  Request(Request&& unarmed) noexcept
      : Wait(std::move(unarmed)), claim_(std::move(unarmed.claim_)) {}

  //! What the request is short of now: the first of its needs, in the order in which they were
  //! given, whose queue it does not head or which has too little; kNoResource if it is not waiting.
  ResourceIndex short_of() const;
  //! How long it has waited so far, being short of this resource first [s].
  Duration waited_for(ResourceIndex resource) const;
  //! What was granted, after a first_of that this request won; throws std::logic_error otherwise.
  Grant take();

  Grant await_resume() { return take(); }

private:
  friend class ResourcePool;
  explicit Request(ClaimPtr claim) : claim_(std::move(claim)) {}

  void begin() override;
  void abandon() noexcept override;

  ClaimPtr claim_;
};

class ResourcePool {
public:
  //! Releases dated up to now have been made already. Throws std::invalid_argument for amounts that
  //! are negative or not finite, and for what is counted and lapses. The simulation must outlast
  //! the pool.
  ResourcePool(Simulation& simulation, std::vector<ResourceSpec> specs);
  ~ResourcePool();
  ResourcePool(const ResourcePool&) = delete;
  ResourcePool& operator=(const ResourcePool&) = delete;

  //! Asks for all the needs at once; the place in the queues is taken when the request is awaited.
  //! Needs of nothing are left out; without any need the request is granted at once. Throws
  //! std::invalid_argument for a resource that is unknown or named twice, an amount that is
  //! negative or not finite, and for more crews than there will ever be (money may come back: such
  //! a request waits).
  Request request(std::span<const Need> needs, Priority priority = Priority::normal);
  Request request(std::initializer_list<Need> needs, Priority priority = Priority::normal) {
    return request(std::span(needs.begin(), needs.size()), priority);
  }
  Request request(Need need, Priority priority = Priority::normal) {
    return request(std::span(&need, 1), priority);
  }

  std::size_t size() const { return stocks_.size(); }
  const ResourceSpec& spec(ResourceIndex resource) const { return stocks_.at(resource).spec; }
  //! What is available now.
  double level(ResourceIndex resource) const { return stocks_.at(resource).level; }
  //! How many requests wait for it now.
  std::int64_t queue_length(ResourceIndex resource) const { return stocks_.at(resource).waiting; }
  ResourceStatistics statistics(ResourceIndex resource) const;

private:
  friend class Request;
  friend class Grant;
  friend struct ReturnClaim;

  struct Stock {
    ResourceSpec spec;
    double level = 0.0;
    double most = 0.0;  //!< Counted: the capacity after all releases.
    double slack = 0.0; //!< Rounding that sums of amounts may have gathered.
    ClaimQueue queue{};
    Time last_release{};
    std::int64_t waiting = 0;
    std::int64_t served = 0;
    double spent = 0.0;
    double queue_area = 0.0; //!< [requests x s]
    double use_area = 0.0;   //!< [amount x s]
    double wait_sum = 0.0;   //!< [s]
    Time observed{};

    double in_use() const;
    void observe(Time now);
    void put(double amount);
    void take(double amount);
  };
  struct DatedRelease {
    Time date;
    ResourceIndex resource;
    double amount;
  };
  struct NextRelease final : Event {
    explicit NextRelease(ResourcePool& owner) : pool(owner) {}
    void fire() override { pool.make_due_releases(); }
    ResourcePool& pool;
  };

  Time now() const { return agenda_.now(); }
  void check(const Need& need) const;
  void make_due_releases();

  void join(Claim& claim, Request& request);
  void leave(Claim& claim) noexcept;
  void settle(Claim& claim);
  bool serve(Claim& claim);
  void serve_heads() noexcept;
  void grant(Claim& claim);
  void give_back(Claim& claim, bool with_money) noexcept;
  void refund(ClaimPlace& place, double unspent);
  void let_go(Claim& claim) noexcept;
  void put_away(std::unique_ptr<Claim> claim) noexcept;
  bool is_short(const ClaimPlace& place) const;

  Agenda& agenda_;
  Time made_;
  std::vector<Stock> stocks_;
  std::vector<DatedRelease> releases_; //!< Those to come, the next one last.
  NextRelease next_release_;
  std::uint64_t sequence_ = 0;
  std::vector<ResourceIndex> changed_; //!< Whose heads are to be looked at.
  std::vector<std::unique_ptr<Claim>> free_claims_;
  std::vector<Claim*> claims_; //!< Also those that a request or a grant holds.
};

} // namespace lantian
