#include "world/ledger.hpp"

#include "world/compliance.hpp"
#include "world/segment.hpp"

namespace lantian {

Ledger::Ledger(const LedgerLayout& layout)
    : layout_(&layout), blueprint_(&layout.blueprint()),
      group_rates_(layout.groups().size() * blueprint_->channels()) {
  const Scenario& scenario = blueprint_->scenario();
  const std::size_t intervals = blueprint_->intervals().size();
  const std::size_t years = blueprint_->years().size();
  books_.cells.resize(blueprint_->cells().size() * intervals * blueprint_->channels());
  books_.sources.resize(layout.flow_count() * years);
  books_.production.resize(scenario.plants.size() * years);
  books_.valid.resize(layout.outlets().size() * blueprint_->months().size());
  books_.exceeding.resize(books_.valid.size());
  books_.capital.resize(scenario.measures.size() * intervals);
  books_.operating.resize(books_.capital.size());
  books_.measures.resize(scenario.measures.size());
  books_.arrivals.resize(scenario.arrivals.size() * years);
  books_.progress.resize(books_.capital.size());
  if (blueprint_->has_beds()) {
    books_.carbon_changes.resize(scenario.controls.size() * intervals);
    books_.carbon_cost.resize(books_.carbon_changes.size());
  }
  books_.graded.resize(scenario.plants.size() * kGrades);
  pieces_.resize(layout.windows().size());
  window_rates_.resize(layout.windows().size() * blueprint_->clocks().size());
  if (blueprint_->follows_alerts()) {
    books_.by_alert.resize(scenario.zones.size() * kOrders * kAlertLevels * years *
                           scenario.pollutants.size());
  }
}

double* Ledger::cell_row(std::size_t cell, std::size_t interval) {
  const std::size_t row = cell * blueprint_->intervals().size() + interval;
  return books_.cells.data() + row * blueprint_->channels();
}

double Ledger::booked_so_far(std::size_t source, std::size_t f) const {
  double sum = 0;
  for (std::size_t y = 0; y < blueprint_->years().size(); ++y)
    sum += books_.sources[layout_->place(source, f, y)];
  return sum;
}

void Ledger::settle(std::size_t source, ProcessUnit& unit, Time now) {
  if (unit.settled >= now)
    return;
  const Segment segment = segment_of(unit, unit.settled, now);
  unit.settled = now;
  if (segment.is_constant()) {
    book_constant(source, unit, segment);
  } else {
    book_moving(source, unit, segment);
  }
  book_compliance(source, unit, segment);
  if (blueprint_->follows_alerts())
    book_alerts(source, unit, segment.from, segment.to);
  follow(source, unit, segment);
  if (unit.bed)
    book_bed(source, unit, segment.from, segment.to);
  if (unit.pulses.empty())
    return;
  book_pulses(source, unit, segment);
  std::erase_if(unit.pulses, [now](const Pulse& pulse) { return pulse.end <= now; });
}

void Ledger::book_constant(std::size_t source, const ProcessUnit& unit, const Segment& segment) {
  const double share = unit.activity.share(segment.from);
  if (share == 0)
    return;
  rates_.clear();
  for (std::size_t f = 0; f < unit.flows.size(); ++f) {
    if (const double rate = unit.intensity(f, segment.from, 0) * share; rate != 0)
      rates_.push_back({f, rate});
  }
  const ActivityClock& clock = blueprint_->clock(source);
  for_each_interval(blueprint_->intervals(), segment.from, segment.to,
                    [&](std::size_t i, Time a, Time b) {
                      const double nominal_years = clock.elapsed(a, b);
                      if (nominal_years == 0)
                        return;
                      for (const FlowRate& flow : rates_)
                        book_flow(source, unit, flow.index, i, flow.rate * nominal_years);
                    });
}

void Ledger::book_moving(std::size_t source, const ProcessUnit& unit, const Segment& segment) {
  for_each_point(segment, blueprint_->intervals(), blueprint_->clock(source),
                 [&](std::size_t i, double offset, double nominal_years) {
                   const double active = unit.activity.share(segment.from, offset) * nominal_years;
                   for (std::size_t f = 0; f < unit.flows.size(); ++f) {
                     book_flow(source, unit, f, i,
                               unit.intensity(f, segment.from, offset) * active);
                   }
                 });
}

void Ledger::book_flow(std::size_t source, const ProcessUnit& unit, std::size_t f,
                       std::size_t interval, double amount) {
  if (const std::size_t channel = unit.flows[f].channel; channel != kNoChannel)
    cell_row(blueprint_->cell(source), interval)[channel] += amount;
  booked(source, f, blueprint_->year_of_interval(interval)) += amount;
}

void Ledger::book_pulses(std::size_t source, const ProcessUnit& unit, const Segment& segment) {
  for_each_pulse_point(
      unit, segment, blueprint_->intervals(), [&](std::size_t i, double offset, double amount) {
        const double active = amount * unit.activity.passing(segment.from, offset);
        for (std::size_t f = 0; f < unit.flows.size(); ++f) {
          book_flow(source, unit, f, i, unit.per_activity(f, segment.from, offset) * active);
        }
      });
}

double Ledger::activity_so_far(std::size_t source) const {
  return booked_so_far(source, layout_->flow_count(source) - 1);
}

void Ledger::change_carbon(std::size_t control, double cost, Time now) {
  const TimeAxis& axis = blueprint_->intervals();
  const std::size_t row = control * axis.size() + axis.index(now);
  books_.carbon_changes[row] += 1;
  books_.carbon_cost[row] += cost;
}

void Ledger::book_compliance(std::size_t source, const ProcessUnit& unit, const Segment& segment) {
  if (unit.activity.nominal() <= 0)
    return; // under this draw it is not there
  const std::size_t months = blueprint_->months().size();
  const ActivityClock& clock = blueprint_->clock(source);
  const std::size_t end = layout_->outlet_offset(source + 1);
  for (std::size_t row = layout_->outlet_offset(source); row < end; ++row) {
    const Outlet& outlet = unit.outlets[layout_->outlets()[row].outlet];
    if (outlet.limit <= 0 || outlet.commissionings > 0)
      continue;
    const auto book = [&](std::size_t month, double left, double right) {
      if (unit.activity.share(segment.from, (left + right) / 2) <= 0)
        return; // it stands still
      const double length = right - left;
      books_.valid[row * months + month] += length;
      books_.exceeding[row * months + month] +=
          length * exceedance_share(outlet, segment.from, left, right);
    };
    for_each_interval(
        blueprint_->months(), segment.from, segment.to, [&](std::size_t month, Time a, Time b) {
          clock.for_each_run(a, b, [&](double rate, Time begin, Time finish) {
            if (rate <= 0)
              return; // out of season
            for_each_piece(segment, begin, finish,
                           [&](double left, double right) { book(month, left, right); });
          });
        });
  }
}

void Ledger::append_hours(std::size_t source, std::vector<Hours>& hours) const {
  const std::size_t months = blueprint_->months().size();
  for (std::size_t row = layout_->outlet_offset(source); row < layout_->outlet_offset(source + 1);
       ++row) {
    Hours sum;
    for (std::size_t month = 0; month < months; ++month) {
      sum.valid += books_.valid[row * months + month];
      sum.above += books_.exceeding[row * months + month];
    }
    hours.push_back(sum);
  }
}

void Ledger::settle_production(std::size_t plant, const Activity& production, Time since,
                               Time now) {
  if (since >= now)
    return;
  const Segment segment = segment_of(production, since, now);
  double* const row = books_.production.data() + plant * blueprint_->years().size();
  for_each_point(segment, blueprint_->years(), blueprint_->flat_clock(),
                 [&](std::size_t year, double offset, double nominal_years) {
                   row[year] +=
                       production.nominal() * nominal_years * production.share(since, offset);
                 });
}

void Ledger::spend(std::size_t measure, double amount, Time from, Time to) {
  const TimeAxis& axis = blueprint_->intervals();
  double* const row = books_.capital.data() + measure * axis.size();
  if (from >= to) {
    row[axis.index(from)] += amount;
    return;
  }
  const Time end = std::min(to, blueprint_->scenario().end);
  for_each_interval(axis, from, end, [&](std::size_t i, Time a, Time b) {
    row[i] += amount * (seconds(b - a) / seconds(to - from));
  });
}

void Ledger::pay(std::size_t measure, double amount, Time at) {
  const TimeAxis& axis = blueprint_->intervals();
  books_.operating[measure * axis.size() + axis.index(at)] += amount;
}

ArrivalsCount& Ledger::count_arrivals(std::size_t row, Time at) {
  return books_.arrivals[row * blueprint_->years().size() + blueprint_->years().index(at)];
}

void Ledger::operate(std::size_t measure, double per_year, Time from, Time to) {
  const TimeAxis& axis = blueprint_->intervals();
  double* const row = books_.operating.data() + measure * axis.size();
  for_each_interval(axis, from, to, [&](std::size_t i, Time a, Time b) {
    row[i] += per_year * blueprint_->flat_clock().elapsed(a, b);
  });
}

} // namespace lantian
