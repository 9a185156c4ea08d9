#include "ensemble/recorder.hpp"

#include "ensemble/target.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace lantian {

namespace {

using Days = std::chrono::duration<double, std::chrono::days::period>;
using Seconds = std::chrono::duration<double>;

Coordinate window_axis(const Scenario& scenario, const std::vector<RollingWindow>& windows,
                       const std::vector<const Entry*>& targets) {
  Labels ids;
  std::vector<std::string> names;
  std::vector<std::string> names_zh;
  for (const Entry* target : targets) {
    ids.ids.push_back(target->id);
    names.push_back(target->name);
    names_zh.push_back(target->name_zh);
  }
  std::vector<std::string> units;
  std::vector<std::string> pollutants;
  std::vector<double> limits;
  std::vector<double> lengths;
  for (const RollingWindow& window : windows) {
    const Pollutant& pollutant = scenario.pollutants[window.pollutant];
    units.push_back(pollutant.unit);
    pollutants.push_back(pollutant.id);
    limits.push_back(window.limit / pollutant.unit_in_base);
    lengths.push_back(Days(window.length).count());
  }
  return {"window",
          "rolling window of a target",
          std::move(ids),
          {{"name", "name in English", "", std::move(names)},
           {"name_zh", "name in Chinese", "", std::move(names_zh)},
           {"pollutant", "pollutant", "", std::move(pollutants)},
           {"unit", "unit of the amounts", "", std::move(units)},
           {"limit", "most that a window may hold, in window_unit", "1", std::move(limits)},
           {"length", "length of the window", "d", std::move(lengths)}}};
}

} // namespace

//! Only where a target follows the emission of sources in time.
void Recorder::add_permits() {
  const Scenario& scenario = blueprint_->scenario();
  for (const Entry& target : scenario.targets) {
    if (static_cast<const TargetPlan&>(*target.plan).follows(scenario))
      following_.push_back(&target);
  }
  if (following_.empty())
    return;
  layout_.add(window_axis(scenario, ledger_layout_->windows(), following_));
  permit_worst_ = layout_.add(Variable{.name = "permit_worst",
                                       .dims = {"window"},
                                       .unit = "1",
                                       .long_name = "most that one window holds, in window_unit",
                                       .with_statistics = true});
  permit_worst_end_ = layout_.add(Variable{.name = "permit_worst_end",
                                           .dims = {"window"},
                                           .unit = std::string(kDateUnit),
                                           .long_name = "end of the first window that holds it"});
  permit_exceeding_ =
      layout_.add(Variable{.name = "permit_exceeding",
                           .dims = {"window"},
                           .unit = "1",
                           .long_name = "share of windows that hold more than the limit",
                           .with_statistics = true});
}

std::size_t Recorder::window_row(const TargetPlan& plan) const {
  const auto found = std::find_if(following_.begin(), following_.end(),
                                  [&](const Entry* target) { return target->plan.get() == &plan; });
  return static_cast<std::size_t>(found - following_.begin());
}

void Recorder::record_permits(const Books& books, Block& block, std::size_t row) const {
  const std::vector<RollingWindow>& windows = ledger_layout_->windows();
  for (std::size_t w = 0; w < windows.size(); ++w) {
    const WorstWindow& worst = books.windows[w];
    const double unit = blueprint_->scenario().pollutants[windows[w].pollutant].unit_in_base;
    row_of(block, permit_worst_, row)[w] = worst.amount / unit;
    row_of(block, permit_worst_end_, row)[w] =
        days_since_epoch(windows[w].from) + Days(Seconds(worst.end)).count();
    row_of(block, permit_exceeding_, row)[w] = worst.exceeding;
  }
}

} // namespace lantian
