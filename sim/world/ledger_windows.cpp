// Following the emission of chosen sources in time, for rolling windows. Units that never change
// add up by window and clock, as they do in their cells.

#include "world/followed_emission.hpp"
#include "world/ledger.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace lantian {

void Ledger::follow(std::size_t source, const ProcessUnit& unit, const Segment& segment) {
  for (const std::size_t w : layout_->windows_of(source)) {
    const RollingWindow& window = layout_->windows()[w];
    append_emission(source, unit, window.pollutant, segment, blueprint_->clock(source), window.from,
                    window.to, pieces_[w]);
  }
}

void Ledger::follow_unchanged(std::size_t source, const ProcessUnit& unit) {
  const Time start = blueprint_->scenario().start;
  for (const std::size_t w : layout_->windows_of(source)) {
    const std::size_t clock = blueprint_->clock_index(source);
    window_rates_[w * blueprint_->clocks().size() + clock] +=
        unit.activity.nominal() * unit.activity.share(start) *
        direct_emission(unit, layout_->windows()[w].pollutant, start, 0);
  }
}

void Ledger::close_windows() {
  const std::size_t clocks = blueprint_->clocks().size();
  for (std::size_t w = 0; w < layout_->windows().size(); ++w) {
    const RollingWindow& window = layout_->windows()[w];
    EmissionPieces pieces = std::move(pieces_[w]);
    for (std::size_t c = 0; c < clocks; ++c) {
      const std::size_t behind = blueprint_->scenario().sources.size() + c;
      blueprint_->clocks()[c].for_each_run(
          window.from, window.to, [&](double rate, Time begin, Time end) {
            pieces.add(behind, seconds(begin - window.from), seconds(end - window.from),
                       window_rates_[w * clocks + c] * rate);
          });
    }
    const EmissionCurve curve(std::move(pieces), seconds(window.to - window.from));
    check_window(window, curve.total());
    books_.windows.push_back(worst_window(curve, seconds(window.length), window.limit));
  }
}

//! What was followed is what was booked, though integrated apart.
void Ledger::check_window(const RollingWindow& window, double followed) const {
  const Scenario& scenario = blueprint_->scenario();
  const TimeAxis& years = blueprint_->years();
  double sum = 0;
  for (const Index s : window.sources) {
    std::size_t flow = 0;
    for (const EmissionFactor& emits : scenario.sources[s].emits) {
      for (const std::size_t end = flow + (emits.raw ? 2 : 1); flow < end; ++flow) {
        for (std::size_t y = 0; y < years.size(); ++y) {
          const bool counts = emits.pollutant == window.pollutant &&
                              years.begin(y) >= window.from && years.end(y) <= window.to;
          sum += counts ? books_.sources[layout_->place(s, flow, y)] : 0;
        }
      }
    }
  }
  if (std::abs(followed - sum) <= 1e-9 * sum)
    return;
  throw std::logic_error(fmt::format(
      "mass balance of {}: of the {:.9g} kg that the sources of a rolling window emit, {:.9g} kg "
      "were followed",
      scenario.pollutants[window.pollutant].id, sum, followed));
}

} // namespace lantian
