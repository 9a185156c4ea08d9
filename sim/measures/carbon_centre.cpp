#include "measures/carbon_centre.hpp"

#include "world/adsorber_life.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace lantian {

CarbonCentre::CarbonCentre(World& world, Index measure, const RegenerationCentre& plan)
    : world_(world), measure_(measure), plan_(plan),
      kilns_(world.simulation(), {{.id = "kilns", .capacity = static_cast<double>(plan.kilns)}}),
      throughput_(world.draw().value(plan.throughput) / kSecondsPerYear),
      recovery_(world.draw().value(plan.recovery)), make_up_(world.draw().value(plan.make_up)),
      share_(world.scenario().controls.size(), 1.0), taken_out_(share_.size(), 0.0) {
  const double spare = world.draw().value(plan.spare_carbon);
  has_stock_ = spare > 0;
  if (has_stock_)
    stock_.push_back({spare, 1, 0});
}

void CarbonCentre::open() {
  for (const Index control : plan_.controls) {
    take_over_carbon(world_, control);
    taken_out_[control] = bed_of(world_, control).taken_out;
    const std::string name = "controls." + world_.scenario().controls[control].id + " centre";
    world_.simulation().spawn(name, world_.blueprint().entity_of_control(control), serve(control));
  }
  world_.on_close([this] { settle(); });
}

//! A bed's life from the opening on.
Process CarbonCentre::serve(Index control) {
  for (std::uint32_t k = 0;; ++k) {
    co_await wait_until_due(control, k);
    if (has_stock_) {
      co_await exchange(control, k);
    } else {
      co_await send_and_return(control, k);
    }
    ++exchanges_;
  }
}

Process CarbonCentre::wait_until_due(Index control, std::uint32_t k) {
  if (plan_.change_at) {
    co_await until_loaded(world_, control, world_.draw().value(*plan_.change_at));
    co_return;
  }
  const ChanceStream between("controls." + world_.scenario().controls[control].id,
                             "time between exchanges");
  co_await world_.simulation().after(world_.draw().duration(*plan_.change_every, between, k));
}

//! Carbon from the stock comes, the spent one goes; until then the shop runs on with the spent one.
Process CarbonCentre::exchange(Index control, std::uint32_t trip) {
  const double mass = bed_of(world_, control).mass;
  const Carbon fresh = co_await draw(mass);
  Grant truck = co_await take_truck();
  co_await drive(control, 2 * trip);
  const Carbon spent = take_out(control);
  put_in(control, fresh);
  co_await drive(control, 2 * trip);
  truck.release();
  world_.simulation().spawn("regeneration", world_.blueprint().entity_of_measure(measure_),
                            regenerate_for_stock(spent, control));
}

//! The shop's own carbon goes and comes back, and the gas goes round the bed meanwhile.
Process CarbonCentre::send_and_return(Index control, std::uint32_t trip) {
  Carbon carbon;
  {
    const Grant truck = co_await take_truck();
    co_await drive(control, 2 * trip);
    carbon = take_out(control);
    co_await drive(control, 2 * trip);
  }
  carbon = co_await regenerate(carbon, control);
  Grant truck = co_await take_truck();
  co_await drive(control, 2 * trip + 1);
  put_in(control, carbon);
  co_await drive(control, 2 * trip + 1);
}

//! Nothing where there are enough.
Task<Grant> CarbonCentre::take_truck() {
  if (plan_.truck == kNone)
    co_return Grant{};
  Request request = world_.resources().request(Need{plan_.truck, 1});
  Grant truck = co_await request;
  co_return truck;
}

Process CarbonCentre::drive(Index control, std::uint32_t trip) {
  const ChanceStream transport("controls." + world_.scenario().controls[control].id,
                               "transport of carbon");
  co_await world_.simulation().after(world_.draw().duration(plan_.transport, transport, trip));
}

//! Waits for its turn and for enough carbon in stock; what is drawn is a mixture.
Task<Carbon> CarbonCentre::draw(double mass) {
  const std::uint64_t ticket = next_ticket_++;
  const auto in_stock = [this] {
    double sum = 0;
    for (const Carbon& lot : stock_)
      sum += lot.mass;
    return sum;
  };
  while (serving_ != ticket || in_stock() < mass * (1 - 1e-9))
    co_await stocked_.wait();
  ++serving_;
  Carbon drawn{mass, 0, 0};
  for (double left = mass; left > 0 && !stock_.empty();) {
    Carbon& lot = stock_.front();
    const double part = std::min(left, lot.mass);
    drawn.share += lot.share * part / mass;
    left -= part;
    lot.mass -= part;
    if (lot.mass <= 0)
      stock_.pop_front();
  }
  stocked_.raise();
  co_return drawn;
}

Carbon CarbonCentre::take_out(Index control) {
  const double mass = bed_of(world_, control).mass;
  const double load = take_carbon_out(world_, control);
  waiting_ += load;
  world_.ledger().change_carbon(control, 0, world_.now());
  if (plan_.trip_cost)
    pay(world_.draw().value(*plan_.trip_cost));
  return {mass, share_[control], load};
}

void CarbonCentre::put_in(Index control, const Carbon& carbon) {
  share_[control] = carbon.share;
  put_carbon_in(world_, control, carbon.share);
}

Process CarbonCentre::regenerate_for_stock(Carbon spent, Index control) {
  const Carbon good = co_await regenerate(spent, control);
  stock_.push_back(good);
  stocked_.raise();
}

//! Queues for a kiln and is driven off in it.
Task<Carbon> CarbonCentre::regenerate(Carbon spent, Index control) {
  Request request = kilns_.request(Need{0, 1});
  const Grant kiln = co_await request;
  const Duration length =
      std::max(whole_seconds(std::min(spent.mass / throughput_, kLongest)), Duration{1});
  desorb(spent, length);
  co_await world_.simulation().after(length);
  std::erase_if(firings_, [this](const Firing& each) { return each.end <= world_.now(); });
  driven_off_ += spent.load;
  const Adsorber& adsorber = *world_.scenario().controls[control].adsorber;
  const double price = adsorber.carbon_cost ? world_.draw().value(*adsorber.carbon_cost) : 0;
  const double cost = plan_.cost ? world_.draw().value(*plan_.cost) : 0;
  pay(spent.mass * (cost + make_up_ * price));
  pulse(plan_.waste, make_up_ * spent.mass, Duration{1});
  co_return Carbon{spent.mass, (1 - make_up_) * recovery_ * spent.share + make_up_, 0};
}

void CarbonCentre::desorb(const Carbon& spent, Duration length) {
  waiting_ -= spent.load;
  firings_.push_back({world_.now(), world_.now() + length, spent.load});
  pulse(plan_.centre, spent.mass, length);
  pulse(plan_.oxidiser, spent.load, length);
}

//! `amount` of activity, evenly over the time to come.
void CarbonCentre::pulse(Index source, double amount, Duration length) {
  if (source == kNone || amount <= 0)
    return;
  world_.add_pulse(source,
                   {pulses_++, world_.now(), world_.now() + length, amount / seconds(length)});
}

void CarbonCentre::pay(double amount) {
  world_.ledger().pay(measure_, amount, world_.now());
}

//! What was taken from the beds is on its way, waits, or was driven off.
void CarbonCentre::settle() {
  MassBalance& balance = world_.balance("measures." + world_.scenario().measures[measure_].id);
  for (const Index control : plan_.controls)
    balance.generated += bed_of(world_, control).taken_out - taken_out_[control];
  balance.removed = driven_off_;
  balance.stored = waiting_;
  for (const Firing& firing : firings_) {
    const double done = seconds(world_.now() - firing.begin) / seconds(firing.end - firing.begin);
    balance.removed += done * firing.load;
    balance.stored += (1 - done) * firing.load;
  }
  const ResourceStatistics kilns = kilns_.statistics(0);
  world_.log(measure_, fmt::format("{} exchanges of carbon; {} firings after waiting {:.2f} d on "
                                   "average; {} beds in the queue, {:.3g} kg adsorbed on its way "
                                   "or there",
                                   exchanges_, kilns.served, kilns.mean_wait_s / 86400,
                                   kilns_.queue_length(0), waiting_));
}

} // namespace lantian
