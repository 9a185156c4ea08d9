// Accounting by alert level: what is emitted while an alert lasts, as its orders are in force, as
// it would be without exemptions, and without any orders. Alerts are few and cut no segments: each
// segment is looked at again where it lies under one.

#include "world/ledger.hpp"

#include <algorithm>

namespace lantian {

void Ledger::set_alert(AlertLevel level, Time now) {
  std::vector<AlertPeriod>& periods = books_.alerts;
  if (!periods.empty() && periods.back().to == kNever)
    periods.back().to = now;
  if (level != AlertLevel::none)
    periods.push_back({now, kNever, level});
}

double* Ledger::alert_row(std::size_t cell, Orders orders, AlertLevel level, std::size_t year) {
  const Scenario& scenario = blueprint_->scenario();
  const std::size_t zone = scenario.districts[blueprint_->cells()[cell].district].zone;
  const std::size_t years = blueprint_->years().size();
  const std::size_t view = zone * kOrders + static_cast<std::size_t>(orders);
  const std::size_t row = (view * kAlertLevels + rank(level)) * years + year;
  return books_.by_alert.data() + row * scenario.pollutants.size();
}

void Ledger::book_alerts(std::size_t source, const ProcessUnit& unit, Time from, Time to) {
  for_each_alert(from, to, [&](AlertLevel level, Time a, Time b) {
    book_alert(source, unit, level, segment_of(unit, a, b));
  });
}

void Ledger::book_alert(std::size_t source, const ProcessUnit& unit, AlertLevel level,
                        const Segment& part) {
  const std::size_t cell = blueprint_->cell(source);
  const std::size_t pollutants = blueprint_->scenario().pollutants.size();
  const auto book = [&](Orders orders, std::size_t year, double offset, double active) {
    double* const row = alert_row(cell, orders, level, year);
    for (std::size_t f = 0; f < unit.flows.size(); ++f) {
      const Flow& flow = unit.flows[f];
      if (flow.kind == Flow::Kind::stack || flow.kind == Flow::Kind::fugitive)
        row[flow.channel % pollutants] += unit.per_activity(f, part.from, offset) * active;
    }
  };
  for (const Orders orders : {Orders::in_force, Orders::without_exemptions, Orders::none}) {
    for_each_point(part, blueprint_->years(), blueprint_->clock(source),
                   [&](std::size_t year, double offset, double nominal_years) {
                     book(orders, year, offset,
                          unit.activity.nominal() * nominal_years *
                              unit.activity.share(part.from, offset, orders));
                   });
    for_each_pulse_point(
        unit, part, blueprint_->years(), [&](std::size_t year, double offset, double amount) {
          book(orders, year, offset, amount * unit.activity.passing(part.from, offset, orders));
        });
  }
}

//! What never changed stands under no order either: it is the same in all three views.
void Ledger::book_group_alerts() {
  const std::size_t pollutants = blueprint_->scenario().pollutants.size();
  const Time start = blueprint_->scenario().start;
  const Time end = blueprint_->scenario().end;
  for (std::size_t g = 0; g < layout_->groups().size(); ++g) {
    const LedgerLayout::Group& group = layout_->groups()[g];
    const double* const rates = group_rates_.data() + g * blueprint_->channels();
    const ActivityClock& clock = blueprint_->clocks()[group.clock];
    for_each_alert(start, end, [&](AlertLevel level, Time from, Time to) {
      for_each_interval(blueprint_->years(), from, to, [&](std::size_t year, Time a, Time b) {
        const double nominal_years = clock.elapsed(a, b);
        for (const Orders orders : {Orders::in_force, Orders::without_exemptions, Orders::none}) {
          double* const row = alert_row(group.cell, orders, level, year);
          for (std::size_t p = 0; p < pollutants; ++p) {
            const double direct = rates[blueprint_->channel(Account::stack, p)] +
                                  rates[blueprint_->channel(Account::fugitive, p)];
            row[p] += direct * nominal_years;
          }
        }
      });
    });
  }
}

void Ledger::advance(std::size_t measure, double share, Time now) {
  MeasureRecord& record = books_.measures[measure];
  book_progress(record, measure, blueprint_->intervals().index(now));
  record.progress = share;
}

//! Writes the present progress at the ends of the intervals before `until`.
void Ledger::book_progress(MeasureRecord& record, std::size_t measure, std::size_t until) {
  double* const row = books_.progress.data() + measure * blueprint_->intervals().size();
  for (; record.booked_to < until; ++record.booked_to)
    row[record.booked_to] = record.progress;
}

} // namespace lantian
