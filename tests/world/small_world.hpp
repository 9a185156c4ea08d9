#pragma once

// A small inventory and one replication of it, so that a test reads as a story:
//
//   Inventory town;
//   town.source("kiln").makes(365).raw("PM", 1); // 1 kg a day
//   Replay replay(town.scenario());
//   replay.at(day(10), [](World& world) { world.scale_source(0, world.new_influence(), …); });
//   EXPECT_EQ(replay.total("PM"), 10);

#include "kernel/process.hpp"
#include "world/inventory.hpp"
#include "world/world.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

//! Changes the world at a given time.
inline Process change_at(World& world, Time time, std::function<void(World&)> change) {
  co_await world.simulation().until(time);
  change(world);
}

//! One replication of a scenario, run when its first result is asked for.
class Replay {
public:
  using Spawn = std::function<void(World&)>;

  explicit Replay(Scenario scenario, ReplicationKey key = {}, Spawn spawn = nullptr,
                  std::vector<RollingWindow> windows = {})
      : scenario_(std::move(scenario)), blueprint_(scenario_),
        layout_(blueprint_, std::move(windows)), world_(layout_, key, true) {
    if (spawn)
      spawn(world_);
  }

  World& world() { return world_; }
  const Scenario& scenario() const { return scenario_; }
  const Blueprint& blueprint() const { return blueprint_; }
  const LedgerLayout& layout() const { return layout_; }
  Index source(const std::string& id) const { return *scenario_.sources.find(id); }
  Index pollutant(const std::string& id) const { return *scenario_.pollutants.find(id); }

  void at(Time time, Spawn change) {
    world_.simulation().spawn("change", 0, change_at(world_, time, std::move(change)));
  }

  const Books& books() {
    if (!is_closed_) {
      world_.run();
      books_ = world_.close();
      is_closed_ = true;
    }
    return books_;
  }

  //! Amount of one output interval, over all places.
  double in(std::size_t interval, const std::string& pollutant, Account account = Account::stack) {
    double sum = 0;
    for (std::size_t cell = 0; cell < blueprint_.cells().size(); ++cell) {
      sum += booked(cell, interval,
                    blueprint_.channel(account, *scenario_.pollutants.find(pollutant)));
    }
    return sum;
  }
  double total(const std::string& pollutant, Account account = Account::stack) {
    double sum = 0;
    for (std::size_t i = 0; i < blueprint_.intervals().size(); ++i) {
      sum += in(i, pollutant, account);
    }
    return sum;
  }
  //! Amount of a source in one calendar year, over the stack and what is fugitive.
  double of(const std::string& source, const std::string& pollutant, std::size_t year = 0) {
    const Index s = *scenario_.sources.find(source);
    std::size_t row = 0;
    double sum = 0;
    for (const EmissionFactor& emits : scenario_.sources[s].emits) {
      for (int flow = 0; flow < (emits.raw ? 2 : 1); ++flow, ++row) {
        if (emits.pollutant != *scenario_.pollutants.find(pollutant))
          continue;
        sum += books().sources[layout_.place(s, row, year)];
      }
    }
    return sum;
  }
  //! Direct emission of the first year under an alert level, over all zones.
  double under(AlertLevel level, const std::string& pollutant, Orders orders = Orders::in_force) {
    const std::size_t pollutants = scenario_.pollutants.size();
    double sum = 0;
    for (std::size_t zone = 0; zone < scenario_.zones.size(); ++zone) {
      const std::size_t view = zone * kOrders + static_cast<std::size_t>(orders);
      const std::size_t row = (view * kAlertLevels + rank(level)) * blueprint_.years().size();
      sum += books().by_alert[row * pollutants + *scenario_.pollutants.find(pollutant)];
    }
    return sum;
  }
  //! What came of the only arrivals in one calendar year.
  const ArrivalsCount& arrivals(std::size_t year = 0) { return books().arrivals[year]; }
  double production(const std::string& plant, std::size_t year = 0) {
    return books().production[*scenario_.plants.find(plant) * blueprint_.years().size() + year];
  }
  double capital(const std::string& measure, std::size_t interval) {
    return books()
        .capital[*scenario_.measures.find(measure) * blueprint_.intervals().size() + interval];
  }
  double operating(const std::string& measure, std::size_t interval) {
    return books()
        .operating[*scenario_.measures.find(measure) * blueprint_.intervals().size() + interval];
  }
  const MeasureRecord& record(const std::string& measure) {
    return books().measures[*scenario_.measures.find(measure)];
  }
  //! Date of a milestone as days after the start of 2025; below 0 where it was not reached.
  double reached(const std::string& measure, Milestone milestone = Milestone::works) {
    const Time time = record(measure).date(milestone);
    return time == kNever ? -1e9 : static_cast<double>((time - day(0)).count()) / 86400;
  }
  double days_of(const std::string& measure, Cause cause) {
    return static_cast<double>(record(measure).spent(cause).count()) / 86400;
  }
  //! Days of a month that count for compliance at an outlet, and those of them above the limit.
  double valid(std::size_t outlet, std::size_t month) {
    return books().valid[outlet * blueprint_.months().size() + month] / 86400;
  }
  double above(std::size_t outlet, std::size_t month) {
    return books().exceeding[outlet * blueprint_.months().size() + month] / 86400;
  }

private:
  double booked(std::size_t cell, std::size_t interval, std::size_t channel) {
    const std::size_t row = cell * blueprint_.intervals().size() + interval;
    return books().cells[row * blueprint_.channels() + channel];
  }

  Scenario scenario_;
  Blueprint blueprint_;
  LedgerLayout layout_;
  World world_;
  Books books_;
  bool is_closed_ = false;
};

} // namespace lantian
