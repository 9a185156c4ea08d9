#include "kernel/resource.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "kernel/simulation.hpp"

namespace lantian {
namespace {

double seconds(Duration duration) {
  return static_cast<double>(duration.count());
}

void require_amount(const std::string& id, const char* what, double amount) {
  if (!std::isfinite(amount) || amount < 0.0) {
    throw std::invalid_argument(
        fmt::format("resource '{}': {} {} must be finite and not negative", id, what, amount));
  }
}

void require_valid(const ResourceSpec& spec) {
  require_amount(spec.id, "capacity", spec.capacity);
  for (const Release& release : spec.releases) {
    require_amount(spec.id, "released amount", release.amount);
  }
  if (spec.kind == ResourceKind::counted && spec.lapses) {
    throw std::invalid_argument(
        fmt::format("resource '{}' is counted: only a consumable one lapses", spec.id));
  }
}

double total(const ResourceSpec& spec) {
  double sum = spec.capacity;
  for (const Release& release : spec.releases) {
    sum += release.amount;
  }
  return sum;
}

} // namespace

// ---- the stock of one resource

double ResourcePool::Stock::in_use() const {
  return spec.kind == ResourceKind::counted ? spec.capacity - level : spent;
}

void ResourcePool::Stock::observe(Time now) {
  const double elapsed = seconds(now - observed);
  queue_area += static_cast<double>(waiting) * elapsed;
  use_area += in_use() * elapsed;
  observed = now;
}

void ResourcePool::Stock::put(double amount) {
  level += amount;
  if (spec.kind == ResourceKind::counted) {
    level = std::min(level, spec.capacity);
  } else {
    spent = std::max(0.0, spent - amount);
  }
}

void ResourcePool::Stock::take(double amount) {
  level = std::max(0.0, level - amount);
  spent += amount;
}

// ---- making a pool, and releasing budgets

ResourcePool::ResourcePool(Simulation& simulation, std::vector<ResourceSpec> specs)
    : agenda_(simulation.agenda()), made_(agenda_.now()), next_release_(*this) {
  for (ResourceSpec& spec : specs) {
    require_valid(spec);
    const auto resource = static_cast<ResourceIndex>(stocks_.size());
    for (const Release& release : spec.releases) {
      releases_.push_back({release.date, resource, release.amount});
    }
    const double capacity = spec.capacity;
    const double most = total(spec);
    stocks_.push_back({.spec = std::move(spec),
                       .level = capacity,
                       .most = most,
                       .slack = 1e-9 * most,
                       .last_release = Time::min(),
                       .observed = now()});
  }
  std::stable_sort(releases_.begin(), releases_.end(),
                   [](const DatedRelease& a, const DatedRelease& b) { return a.date > b.date; });
  make_due_releases();
}

ResourcePool::~ResourcePool() {
  agenda_.withdraw(next_release_);
  for (Claim* claim : claims_) {
    claim->pool = nullptr;
  }
}

void ResourcePool::make_due_releases() {
  while (!releases_.empty() && releases_.back().date <= now()) {
    const DatedRelease release = releases_.back();
    releases_.pop_back();
    Stock& stock = stocks_[release.resource];
    stock.observe(now());
    stock.level = (stock.spec.lapses ? 0.0 : stock.level) + release.amount;
    if (stock.spec.kind == ResourceKind::counted) {
      stock.spec.capacity += release.amount;
    }
    stock.last_release = now();
    changed_.push_back(release.resource);
  }
  if (!releases_.empty()) {
    agenda_.schedule(next_release_, releases_.back().date, Priority::urgent, 0);
  }
  serve_heads();
}

// ---- requests

void ResourcePool::check(const Need& need) const {
  if (need.resource >= stocks_.size()) {
    throw std::invalid_argument(
        fmt::format("request: there is no resource {}, only {}", need.resource, stocks_.size()));
  }
  const Stock& stock = stocks_[need.resource];
  require_amount(stock.spec.id, "requested amount", need.amount);
  if (stock.spec.kind == ResourceKind::counted && need.amount > stock.most + stock.slack) {
    throw std::invalid_argument(fmt::format("resource '{}': a request for {} can never be granted, "
                                            "the capacity is {}",
                                            stock.spec.id, need.amount, stock.most));
  }
}

Request ResourcePool::request(std::span<const Need> needs, Priority priority) {
  std::for_each(needs.begin(), needs.end(), [&](const Need& need) { check(need); });
  if (free_claims_.empty()) {
    const std::size_t room =
        std::bit_ceil(claims_.size() + 1); // putting a claim away must not fail
    claims_.reserve(room);
    free_claims_.reserve(room);
    free_claims_.push_back(std::make_unique<Claim>());
    claims_.push_back(free_claims_.back().get());
  }
  ClaimPtr claim(free_claims_.back().release());
  free_claims_.pop_back();
  claim->pool = this;
  claim->priority = priority;
  for (const Need& need : needs) {
    if (claim->find(need.resource) != nullptr) {
      throw std::invalid_argument(
          fmt::format("resource '{}': named twice in one request", stocks_[need.resource].spec.id));
    }
    if (need.amount > 0.0) {
      claim->places.push_back({.need = need, .claim = claim.get()});
    }
  }
  return Request(std::move(claim));
}

void ResourcePool::join(Claim& claim, Request& request) {
  claim.request = &request;
  claim.state = ClaimState::waiting;
  claim.sequence = sequence_++;
  claim.asked = claim.charged = now();
  claim.short_at = nullptr;
  for (ClaimPlace& place : claim.places) {
    Stock& stock = stocks_[place.need.resource];
    stock.observe(now());
    stock.queue.insert(place);
    ++stock.waiting;
    if (place.previous == nullptr && place.next != nullptr) {
      settle(*place.next->claim); // it heads this queue no longer
    }
  }
  if (serve(claim)) {
    serve_heads(); // those that it overtook head their queues again
  }
}

void ResourcePool::leave(Claim& claim) noexcept {
  claim.charge(now());
  claim.short_at = nullptr;
  for (ClaimPlace& place : claim.places) {
    Stock& stock = stocks_[place.need.resource];
    stock.observe(now());
    stock.queue.remove(place);
    --stock.waiting;
    changed_.push_back(place.need.resource);
  }
  claim.state = ClaimState::idle;
}

bool ResourcePool::is_short(const ClaimPlace& place) const {
  const Stock& stock = stocks_[place.need.resource];
  return stock.queue.head() != &place || place.need.amount > stock.level + stock.slack;
}

// Brings the account of what the claim waits for up to now.
void ResourcePool::settle(Claim& claim) {
  claim.charge(now());
  const auto place = std::find_if(claim.places.begin(), claim.places.end(),
                                  [&](const ClaimPlace& each) { return is_short(each); });
  claim.short_at = place == claim.places.end() ? nullptr : &*place;
}

bool ResourcePool::serve(Claim& claim) {
  settle(claim);
  if (claim.short_at != nullptr) {
    return false;
  }
  grant(claim);
  return true;
}

// Two heads that can both be granted share no resource, so the order of looking does not matter.
void ResourcePool::serve_heads() noexcept {
  if (agenda_.is_closing()) {
    changed_.clear();
    return;
  }
  while (!changed_.empty()) {
    const ResourceIndex resource = changed_.back();
    changed_.pop_back();
    for (ClaimPlace* head = stocks_[resource].queue.head();
         head != nullptr && serve(*head->claim);) {
      head = stocks_[resource].queue.head();
    }
    while (!changed_.empty() && changed_.back() == resource) {
      changed_.pop_back(); // by the grants just made, and looked at since
    }
  }
}

void ResourcePool::grant(Claim& claim) {
  leave(claim);
  for (ClaimPlace& place : claim.places) {
    Stock& stock = stocks_[place.need.resource];
    place.held = place.need.amount;
    stock.take(place.held);
    ++stock.served;
    stock.wait_sum += seconds(now() - claim.asked);
  }
  claim.state = ClaimState::granted;
  claim.granted = now();
  claim.request->over_now(claim.priority);
}

// What is counted comes back; money only if the claim was never taken, for then nothing was spent.
void ResourcePool::give_back(Claim& claim, bool with_money) noexcept {
  for (ClaimPlace& place : claim.places) {
    Stock& stock = stocks_[place.need.resource];
    const bool comes_back = stock.spec.kind == ResourceKind::counted || with_money;
    if (comes_back && place.held > 0.0) {
      stock.observe(now());
      stock.put(std::exchange(place.held, 0.0));
      changed_.push_back(place.need.resource);
    }
  }
  serve_heads();
}

void ResourcePool::refund(ClaimPlace& place, double unspent) {
  Stock& stock = stocks_[place.need.resource];
  place.held -= unspent;
  if (stock.spec.lapses && stock.last_release > place.claim->granted) {
    return; // what it was taken from has lapsed
  }
  stock.observe(now());
  stock.put(unspent);
  changed_.push_back(place.need.resource);
  serve_heads();
}

void ResourcePool::let_go(Claim& claim) noexcept {
  switch (std::exchange(claim.state, ClaimState::idle)) {
  case ClaimState::idle:
    return;
  case ClaimState::waiting:
    leave(claim);
    serve_heads();
    return;
  case ClaimState::granted:
    give_back(claim, true);
    return;
  case ClaimState::taken:
    give_back(claim, false);
    return;
  }
}

void ResourcePool::put_away(std::unique_ptr<Claim> claim) noexcept {
  let_go(*claim);
  claim->pool = nullptr;
  claim->places.clear();
  free_claims_.push_back(std::move(claim));
}

ResourceStatistics ResourcePool::statistics(ResourceIndex resource) const {
  Stock stock = stocks_.at(resource);
  stock.observe(now());
  const double elapsed = seconds(now() - made_);
  ResourceStatistics result{.served = stock.served};
  if (elapsed > 0.0) {
    result.mean_queue = stock.queue_area / elapsed;
    result.mean_in_use = stock.use_area / elapsed;
  }
  if (stock.served > 0) {
    result.mean_wait_s = stock.wait_sum / static_cast<double>(stock.served);
  }
  return result;
}

// ---- what a process holds

void Request::begin() {
  if (claim_ == nullptr || claim_->pool == nullptr || claim_->state != ClaimState::idle) {
    throw std::logic_error("a request was awaited again after it had been granted, or its pool is "
                           "gone");
  }
  claim_->pool->join(*claim_, *this);
}

void Request::abandon() noexcept {
  if (claim_ != nullptr && claim_->pool != nullptr) {
    claim_->pool->let_go(*claim_);
  }
}

ResourceIndex Request::short_of() const {
  const bool is_waiting = claim_ != nullptr && claim_->short_at != nullptr;
  return is_waiting ? claim_->short_at->need.resource : kNoResource;
}

Duration Request::waited_for(ResourceIndex resource) const {
  if (claim_ == nullptr || claim_->pool == nullptr) {
    return Duration::zero();
  }
  claim_->charge(claim_->pool->now());
  const ClaimPlace* place = claim_->find(resource);
  return place != nullptr ? place->waited : Duration::zero();
}

Grant Request::take() {
  if (claim_ == nullptr || claim_->state != ClaimState::granted) {
    throw std::logic_error("a grant was taken of a request that has none");
  }
  claim_->state = ClaimState::taken;
  return Grant(std::move(claim_));
}

void Grant::release() {
  if (claim_ != nullptr && claim_->pool != nullptr) {
    claim_->pool->give_back(*claim_, false);
  }
}

void Grant::refund(ResourceIndex resource, double unspent) {
  ClaimPlace* place = claim_ != nullptr ? claim_->find(resource) : nullptr;
  const double held = place != nullptr ? place->held : 0.0;
  if (!(unspent >= 0.0 && unspent <= held)) {
    throw std::invalid_argument(
        fmt::format("refund of {}: must be from 0 to what was granted, {}", unspent, held));
  }
  if (place != nullptr && claim_->pool != nullptr) {
    claim_->pool->refund(*place, unspent);
  }
}

double Grant::amount(ResourceIndex resource) const {
  const ClaimPlace* place = claim_ != nullptr ? claim_->find(resource) : nullptr;
  return place != nullptr ? place->held : 0.0;
}

Duration Grant::waited() const {
  Duration sum{};
  if (claim_ != nullptr) {
    for (const ClaimPlace& place : claim_->places) {
      sum += place.waited;
    }
  }
  return sum;
}

Duration Grant::waited_for(ResourceIndex resource) const {
  const ClaimPlace* place = claim_ != nullptr ? claim_->find(resource) : nullptr;
  return place != nullptr ? place->waited : Duration::zero();
}

} // namespace lantian
