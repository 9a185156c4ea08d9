#include "world/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

namespace lantian {

void Ledger::close(std::vector<ProcessUnit>& units, std::span<const double> parameters) {
  const Scenario& scenario = blueprint_->scenario();
  for (std::size_t s = 0; s < units.size(); ++s) {
    const bool is_unchanged = units[s].settled == scenario.start &&
                              segment_of(units[s], scenario.start, scenario.end).is_constant() &&
                              layout_->outlet_offset(s) == layout_->outlet_offset(s + 1);
    if (is_unchanged) {
      book_unchanged(s, units[s]);
    } else {
      settle(s, units[s], scenario.end);
    }
  }
  book_groups();
  charge_energy(units, parameters);
}

void Ledger::book_unchanged(std::size_t source, const ProcessUnit& unit) {
  const Time start = blueprint_->scenario().start;
  const double share = unit.activity.share(start);
  if (share == 0) return;
  double* const group = group_rates_.data() + layout_->group(source) * blueprint_->channels();
  const TimeAxis& years = blueprint_->years();
  double* const rows = source_rows(source);
  for (std::size_t f = 0; f < unit.flows.size(); ++f) {
    const double rate = unit.intensity(f, start, 0) * share;
    group[unit.flows[f].channel] += rate;
    for (std::size_t y = 0; y < years.size(); ++y) {
      rows[f * years.size() + y] +=
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
      for (std::size_t c = 0; c < channels; ++c) cell[c] += rates[c] * nominal_years;
    }
  }
}

void Ledger::charge_energy(const std::vector<ProcessUnit>& units, std::span<const double> parameters) {
  const Scenario& scenario = blueprint_->scenario();
  for (std::size_t c = 0; c < scenario.carriers.size(); ++c) {
    for (const Index pollutant : blueprint_->charged_by(c)) {
      const auto factors = blueprint_->carrier_factors(c, pollutant, parameters);
      for (const Account account : {Account::indirect, Account::avoided}) {
        charge_carrier(units, account, scenario.carriers[c].pollutant, pollutant, factors);
      }
    }
  }
}

void Ledger::charge_carrier(const std::vector<ProcessUnit>& units, Account account, Index carried,
                            Index pollutant, std::span<const double> factors) {
  const std::size_t from = blueprint_->channel(account, carried);
  const std::size_t to = blueprint_->channel(account, pollutant);
  for (std::size_t cell = 0; cell < blueprint_->cells().size(); ++cell) {
    for (std::size_t i = 0; i < blueprint_->intervals().size(); ++i) {
      double* const row = cell_row(cell, i);
      row[to] += row[from] * factors[blueprint_->year_of_interval(i)];
    }
  }
  const std::size_t years = factors.size();
  for (std::size_t s = 0; s < units.size(); ++s) {
    double* const rows = source_rows(s);
    const std::vector<Flow>& flows = units[s].flows;
    for (std::size_t f = 0; f < flows.size(); ++f) {
      const bool is_mine = flows[f].kind == Flow::Kind::charged && flows[f].channel == to &&
                           flows[flows[f].of].channel == from;
      for (std::size_t y = 0; is_mine && y < years; ++y) {
        rows[f * years + y] = rows[flows[f].of * years + y] * factors[y];
      }
    }
  }
}

namespace {

bool exceeds(double part, double whole) { return part > whole * (1 + 1e-9); }

} // namespace

void Ledger::check_balance(const std::vector<ProcessUnit>& units) const {
  const Scenario& scenario = blueprint_->scenario();
  const std::size_t channels = blueprint_->channels();
  const std::size_t years = blueprint_->years().size();
  std::vector<double> by_place(channels);
  for (std::size_t k = 0; k < books_.cells.size(); ++k) by_place[k % channels] += books_.cells[k];

  std::vector<double> by_source(channels);
  for (std::size_t s = 0; s < units.size(); ++s) {
    std::vector<double> direct(scenario.pollutants.size());
    for (std::size_t f = 0; f < units[s].flows.size(); ++f) {
      const double* const row =
          books_.sources.data() + (layout_->flow_offset(s) + f) * years;
      double total = 0;
      for (std::size_t y = 0; y < years; ++y) total += row[y];
      const std::size_t channel = units[s].flows[f].channel;
      by_source[channel] += total;
      if (channel < 2 * scenario.pollutants.size()) {
        direct[channel % scenario.pollutants.size()] += total;
      }
    }
    for (std::size_t p = 0; p < direct.size(); ++p) {
      const Index whole = scenario.pollutants[p].within;
      const bool is_known = whole != kNone && units[s].emits(whole);
      if (is_known && exceeds(direct[p], direct[whole])) {
        throw std::logic_error(fmt::format(
            "sources.{}: after control it emits more {} ({:.6g} kg) than {} ({:.6g} kg)",
            scenario.sources[s].id, scenario.pollutants[p].id, direct[p],
            scenario.pollutants[whole].id, direct[whole]));
      }
    }
  }
  for (std::size_t c = 0; c < channels; ++c) {
    if (std::abs(by_place[c] - by_source[c]) > 1e-9 * std::abs(by_place[c])) {
      throw std::logic_error(fmt::format(
          "mass balance: {} booked by place {:.17g} and by source {:.17g} differ",
          scenario.pollutants[c % scenario.pollutants.size()].id, by_place[c], by_source[c]));
    }
  }
}

} // namespace lantian
