#include "world/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

namespace lantian {

void Ledger::close(std::vector<ProcessUnit>& units, std::span<const double> parameters) {
  const Scenario& scenario = blueprint_->scenario();
  for (std::size_t s = 0; s < units.size(); ++s) {
    const bool is_unchanged = units[s].settled == scenario.start && units[s].pulses.empty() &&
                              !units[s].bed &&
                              segment_of(units[s], scenario.start, scenario.end).is_constant() &&
                              layout_->outlet_offset(s) == layout_->outlet_offset(s + 1);
    if (is_unchanged) {
      book_unchanged(s, units[s]);
      follow_unchanged(s, units[s]);
    } else {
      settle(s, units[s], scenario.end);
    }
  }
  book_groups();
  if (blueprint_->follows_alerts())
    book_group_alerts();
  for (std::size_t m = 0; m < scenario.measures.size(); ++m)
    book_progress(books_.measures[m], m, blueprint_->intervals().size());
  close_windows();
  charge_energy(units, parameters);
}

void Ledger::book_unchanged(std::size_t source, const ProcessUnit& unit) {
  const Time start = blueprint_->scenario().start;
  const double share = unit.activity.share(start);
  if (share == 0)
    return;
  double* const group = group_rates_.data() + layout_->group(source) * blueprint_->channels();
  const TimeAxis& years = blueprint_->years();
  for (std::size_t f = 0; f < unit.flows.size(); ++f) {
    const double rate = unit.intensity(f, start, 0) * share;
    if (const std::size_t channel = unit.flows[f].channel; channel != kNoChannel)
      group[channel] += rate;
    for (std::size_t y = 0; y < years.size(); ++y) {
      booked(source, f, y) +=
          rate * blueprint_->clock(source).elapsed(years.begin(y), years.end(y));
    }
  }
}

void Ledger::book_groups() {
  const TimeAxis& axis = blueprint_->intervals();
  const std::size_t channels = blueprint_->channels();
  for (std::size_t g = 0; g < layout_->groups().size(); ++g) {
    const LedgerLayout::Group& group = layout_->groups()[g];
    const double* const rates = group_rates_.data() + g * channels;
    for (std::size_t i = 0; i < axis.size(); ++i) {
      const double nominal_years =
          blueprint_->clocks()[group.clock].elapsed(axis.begin(i), axis.end(i));
      double* const cell = cell_row(group.cell, i);
      for (std::size_t c = 0; c < channels; ++c)
        cell[c] += rates[c] * nominal_years;
    }
  }
}

void Ledger::charge_energy(const std::vector<ProcessUnit>& units,
                           std::span<const double> parameters) {
  const Scenario& scenario = blueprint_->scenario();
  const std::vector<double> as_metered(blueprint_->years().size(), 1.0);
  for (std::size_t c = 0; c < scenario.carriers.size(); ++c) {
    for (const Account account : {Account::indirect, Account::avoided}) {
      const std::size_t meter = blueprint_->meter(account, c);
      if (const Index itself = scenario.carriers[c].pollutant; itself != kNone) {
        read_meter(meter, blueprint_->channel(account, itself), as_metered);
      }
      for (const Index pollutant : blueprint_->charged_by(c)) {
        const auto factors = blueprint_->carrier_factors(c, pollutant, parameters);
        read_meter(meter, blueprint_->channel(account, pollutant), factors);
        charge_sources(units, meter, blueprint_->channel(account, pollutant), factors);
      }
    }
  }
}

//! Adds what the meter shows, times the factor of each year, to a channel.
void Ledger::read_meter(std::size_t meter, std::size_t channel, std::span<const double> factors) {
  for (std::size_t cell = 0; cell < blueprint_->cells().size(); ++cell) {
    for (std::size_t i = 0; i < blueprint_->intervals().size(); ++i) {
      double* const row = cell_row(cell, i);
      row[channel] += row[meter] * factors[blueprint_->year_of_interval(i)];
    }
  }
}

void Ledger::charge_sources(const std::vector<ProcessUnit>& units, std::size_t meter,
                            std::size_t channel, std::span<const double> factors) {
  const std::size_t years = factors.size();
  for (std::size_t s = 0; s < units.size(); ++s) {
    const std::vector<Flow>& flows = units[s].flows;
    for (std::size_t f = 0; f < flows.size(); ++f) {
      const bool is_mine = flows[f].kind == Flow::Kind::charged && flows[f].channel == channel &&
                           flows[flows[f].of].channel == meter;
      for (std::size_t y = 0; is_mine && y < years; ++y) {
        booked(s, f, y) = booked(s, flows[f].of, y) * factors[y];
      }
    }
  }
}

namespace {

bool exceeds(double part, double whole) {
  return part > whole * (1 + 1e-9);
}

} // namespace

void Ledger::check_balance(const std::vector<ProcessUnit>& units) const {
  const std::size_t channels = blueprint_->channels();
  std::vector<double> by_place(channels);
  for (std::size_t row = 0; row < books_.cells.size(); row += channels) {
    for (std::size_t c = 0; c < channels; ++c)
      by_place[c] += books_.cells[row + c];
  }

  std::vector<double> by_source(channels);
  for (std::size_t s = 0; s < units.size(); ++s) {
    const std::vector<double> booked = totals_of(s, units[s]);
    check_parts(s, units[s], booked);
    check_removal(s, units[s]);
    for (std::size_t c = 0; c < channels; ++c)
      by_source[c] += booked[c];
  }
  for (std::size_t c = 0; c < channels; ++c) {
    if (std::abs(by_place[c] - by_source[c]) <= 1e-9 * std::abs(by_place[c]))
      continue;
    throw std::logic_error(fmt::format(
        "mass balance of channel {}: {:.17g} booked by place and {:.17g} by source differ", c,
        by_place[c], by_source[c]));
  }
  check_entities();
}

namespace {

//! How a flow of an outlet counts in generated - emitted - removed.
double sign_in_balance(Flow::Kind kind) {
  switch (kind) {
  case Flow::Kind::generated:
    return 1;
  case Flow::Kind::stack:
  case Flow::Kind::fugitive:
  case Flow::Kind::removed:
    return -1;
  default:
    return 0;
  }
}

} // namespace

//! What a raw outlet generated was emitted or removed; the three were integrated apart.
void Ledger::check_removal(std::size_t source, const ProcessUnit& unit) const {
  const Scenario& scenario = blueprint_->scenario();
  for (std::size_t o = 0; o < unit.outlets.size(); ++o) {
    if (!unit.outlets[o].is_raw)
      continue;
    double generated = 0;
    double left = 0;
    for (std::size_t f = 0; f < unit.flows.size(); ++f) {
      const double sign = unit.flows[f].of == o ? sign_in_balance(unit.flows[f].kind) : 0;
      if (sign == 0)
        continue;
      const double amount = booked_so_far(source, f);
      left += sign * amount;
      generated += sign > 0 ? amount : 0;
    }
    if (std::abs(left) <= 1e-9 * generated)
      continue;
    throw std::logic_error(fmt::format(
        "sources.{}: mass balance of {}: of {:.9g} kg generated {:.9g} kg were neither emitted "
        "nor removed",
        scenario.sources[source].id, scenario.pollutants[unit.outlets[o].pollutant].id, generated,
        left));
  }
}

void Ledger::check_entities() const {
  for (const MassBalance& balance : books_.balances) {
    const double found = balance.emitted + balance.removed + balance.stored + balance.used;
    const double size = std::max({std::abs(balance.generated), std::abs(balance.stored), found});
    if (std::abs(balance.generated - found) <= 1e-9 * size)
      continue;
    throw std::logic_error(
        fmt::format("{}: mass balance: {:.9g} kg generated, but {:.9g} kg emitted, {:.9g} kg "
                    "removed, {:.9g} kg stored and {:.9g} kg used",
                    balance.entity, balance.generated, balance.emitted, balance.removed,
                    balance.stored, balance.used));
  }
}

//! What one source has booked over the horizon, by channel.
std::vector<double> Ledger::totals_of(std::size_t source, const ProcessUnit& unit) const {
  const Scenario& scenario = blueprint_->scenario();
  std::vector<double> totals(blueprint_->channels());
  for (std::size_t f = 0; f < unit.flows.size(); ++f) {
    if (const std::size_t channel = unit.flows[f].channel; channel != kNoChannel)
      totals[channel] += booked_so_far(source, f);
  }
  for (std::size_t c = 0; c < scenario.carriers.size(); ++c) {
    const Index itself = scenario.carriers[c].pollutant;
    if (itself == kNone)
      continue;
    for (const Account account : {Account::indirect, Account::avoided}) {
      totals[blueprint_->channel(account, itself)] += totals[blueprint_->meter(account, c)];
    }
  }
  return totals;
}

//! After control no part may exceed its whole: PM2.5 within PM10 within PM.
void Ledger::check_parts(std::size_t source, const ProcessUnit& unit,
                         const std::vector<double>& booked) const {
  const Scenario& scenario = blueprint_->scenario();
  const auto direct = [&](Index pollutant) {
    return booked[blueprint_->channel(Account::stack, pollutant)] +
           booked[blueprint_->channel(Account::fugitive, pollutant)];
  };
  for (const Outlet& outlet : unit.outlets) {
    Index whole = scenario.pollutants[outlet.pollutant].within;
    while (whole != kNone && !unit.emits(whole))
      whole = scenario.pollutants[whole].within;
    if (whole == kNone || !exceeds(direct(outlet.pollutant), direct(whole)))
      continue;
    throw std::logic_error(
        fmt::format("sources.{}: after control it emits more {} ({:.6g} kg) than {} ({:.6g} kg)",
                    scenario.sources[source].id, scenario.pollutants[outlet.pollutant].id,
                    direct(outlet.pollutant), scenario.pollutants[whole].id, direct(whole)));
  }
}

} // namespace lantian
