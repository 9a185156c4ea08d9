// Booking what breaks through beds of carbon: piece by piece in the order of time, because it
// depends on all that was fed before. Pieces are cut at output intervals and at alerts only; within
// one, the closed form needs nothing but the feed.

#include "world/bed_feed.hpp"
#include "world/ledger.hpp"

#include <algorithm>

namespace lantian {

namespace {

std::size_t flow_of_bed(const ProcessUnit& unit, Flow::Kind kind) {
  const auto found = std::find_if(unit.flows.begin(), unit.flows.end(), [&](const Flow& flow) {
    return flow.kind == kind && flow.of == unit.bed->outlet;
  });
  return static_cast<std::size_t>(found - unit.flows.begin());
}

} // namespace

void Ledger::book_bed(std::size_t source, ProcessUnit& unit, Time from, Time to) {
  const std::size_t stack = flow_of_bed(unit, Flow::Kind::stack);
  const std::size_t removed = flow_of_bed(unit, Flow::Kind::removed);
  const auto feed = [&](Time a, Time b, Orders orders) {
    return bed_feed(unit, blueprint_->clock(source), blueprint_->years(), a, b, orders);
  };
  const auto book = [&](AlertLevel level, std::size_t interval, Time a, Time b) {
    const AdsorberBed before = unit.bed->carbon;
    const double through = unit.bed->take(feed(a, b, Orders::in_force));
    book_flow(source, unit, stack, interval, through);
    book_flow(source, unit, removed, interval, -through);
    if (level == AlertLevel::none || !blueprint_->follows_alerts())
      return;
    const auto account = [&](Orders orders, double amount) {
      alert_row(blueprint_->cell(source), orders, level,
                blueprint_->years().index(a))[unit.outlets[unit.bed->outlet].pollutant] += amount;
    };
    account(Orders::in_force, through);
    for (const Orders orders : {Orders::without_exemptions, Orders::none}) {
      AdsorberBed as_if = before; // from the load at hand
      account(orders, as_if.take(feed(a, b, orders)));
    }
  };
  for_each_interval(blueprint_->intervals(), from, to, [&](std::size_t i, Time a, Time b) {
    Time done = a;
    for_each_alert(a, b, [&](AlertLevel level, Time begin, Time end) {
      if (done < begin)
        book(AlertLevel::none, i, done, begin);
      book(level, i, begin, end);
      done = end;
    });
    if (done < b)
      book(AlertLevel::none, i, done, b);
  });
}

} // namespace lantian
