#include "world/arrivals.hpp"

#include "world/segment.hpp"
#include "world/world.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

constexpr Duration kShortest{1}; // what rounds to no time still passes its amount

} // namespace

Arrivals::Arrivals(World& world, Index row)
    : world_(world), row_(row), streams_{{"arrivals." + world.scenario().arrivals[row].id, "gap"},
                                         {"arrivals." + world.scenario().arrivals[row].id, "size"},
                                         {"arrivals." + world.scenario().arrivals[row].id, "life"},
                                         {"arrivals." + world.scenario().arrivals[row].id, "site"}},
      clock_(&world.blueprint().profile_clock(world.scenario().arrivals[row].profile)),
      origin_(world.scenario().start),
      per_year_(world.draw().value(world.scenario().arrivals[row].per_year)) {
  const ArrivalsRow& spec = world.scenario().arrivals[row];
  if (spec.run_in > Duration{0}) {
    const Profile* const profile =
        spec.profile == kNone ? nullptr : &world.scenario().profiles[spec.profile];
    origin_ -= spec.run_in;
    running_in_.emplace(profile, std::span<const double>{}, origin_, world.scenario().end);
    clock_ = &*running_in_;
  }
  schedule_next();
}

//! The time of the next one, from the sum of all gaps, so that no rounding adds up.
void Arrivals::schedule_next() {
  if (per_year_ <= 0)
    return;
  cumulative_ -= std::log1p(-world_.draw().uniform(streams_.gap, next_ordinal_));
  next_ = clock_->advance(origin_, cumulative_ / per_year_);
}

Occurrence Arrivals::draw() const {
  const ArrivalsRow& spec = world_.scenario().arrivals[row_];
  const Draw& draw = world_.draw();
  const std::uint32_t k = next_ordinal_;
  const Duration life = std::max(draw.duration(spec.lasts, streams_.life, k), kShortest);
  const double rate = spec.amount ? draw.sample(*spec.amount, streams_.size, k) / seconds(life)
                                  : draw.sample(*spec.flow, streams_.size, k) / kSecondsPerYear;
  const double site = draw.uniform(streams_.site, k) * static_cast<double>(spec.sites);
  return {k, static_cast<std::uint32_t>(site), next_, saturating_add(next_, life), rate};
}

void Arrivals::begin_next() {
  const Occurrence occurrence = draw();
  ++next_ordinal_;
  schedule_next();
  const Time start = world_.scenario().start;
  if (occurrence.end <= start)
    return; // it came and went before the horizon
  if (occurrence.begin >= start) {
    ArrivalsCount& count = world_.ledger().count_arrivals(row_, occurrence.begin);
    if (is_prevented(occurrence)) {
      ++count.prevented;
      return;
    }
    ++count.number;
  }

  Open open{occurrence, occurrence.end};
  for (Link* link = watches_.next(); link != &watches_; link = link->next()) {
    const auto& watch = static_cast<const Watch&>(*link);
    open.end = std::min(open.end, watch.ends(occurrence, world_.now()));
  }
  if (open.end < occurrence.end)
    count_found(open.end, +1);
  book_time(world_.now(), open.end, +1);
  world_.add_pulse(world_.scenario().arrivals[row_].source,
                   {pulse_id(occurrence), world_.now(), open.end, occurrence.rate});
  keep(open);
}

bool Arrivals::is_prevented(const Occurrence& occurrence) const {
  for (Link* link = watches_.next(); link != &watches_; link = link->next()) {
    if (static_cast<const Watch&>(*link).prevents(occurrence))
      return true;
  }
  return false;
}

void Arrivals::watch(Watch& watch) {
  const Time now = world_.now();
  watch.link_before(watches_);
  for (Open& open : open_) {
    if (open.end <= now)
      continue;
    const Time end = watch.ends(open.occurrence, now);
    if (end >= open.end)
      continue;
    if (open.end < open.occurrence.end)
      count_found(open.end, -1); // another would have found it, later
    count_found(end, +1);
    book_time(end, open.end, -1);
    world_.end_pulse(world_.scenario().arrivals[row_].source, pulse_id(open.occurrence), end);
    open.end = end;
  }
}

std::size_t Arrivals::open() const {
  const Time now = world_.now();
  return static_cast<std::size_t>(
      std::count_if(open_.begin(), open_.end(), [now](const Open& o) { return o.end > now; }));
}

//! Those that have ended are forgotten when as many have come as were open the last time.
void Arrivals::keep(const Open& open) {
  if (open_.size() >= prune_at_) {
    const Time now = world_.now();
    std::erase_if(open_, [now](const Open& each) { return each.end <= now; });
    prune_at_ = std::max(prune_at_, 2 * open_.size());
  }
  open_.push_back(open);
}

//! Rows may share a source, whose pulses are told apart by this.
std::uint64_t Arrivals::pulse_id(const Occurrence& occurrence) const {
  return (static_cast<std::uint64_t>(row_) << 32U) | occurrence.ordinal;
}

void Arrivals::count_found(Time end, int sign) {
  if (end < world_.end())
    world_.ledger().count_arrivals(row_, end).found += sign;
}

void Arrivals::book_time(Time from, Time to, double sign) {
  for_each_interval(world_.blueprint().years(), from, std::min(to, world_.end()),
                    [&](std::size_t, Time a, Time b) {
                      world_.ledger().count_arrivals(row_, a).open += sign * seconds(b - a);
                    });
}

namespace {

Process arrive(World& world, Index row) {
  Arrivals& arrivals = world.arrivals(row);
  while (arrivals.next() < world.end()) {
    if (arrivals.next() > world.now())
      co_await world.simulation().until(arrivals.next());
    arrivals.begin_next();
  }
}

} // namespace

void spawn_arrivals(World& world) {
  const Table<ArrivalsRow>& rows = world.scenario().arrivals;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto row = static_cast<Index>(r);
    world.simulation().spawn("arrivals." + rows[r].id, world.blueprint().entity_of_arrivals(r),
                             arrive(world, row));
  }
}

} // namespace lantian
