#include "world/world.hpp"

#include "world/adsorber_life.hpp"
#include "world/control_life.hpp"
#include "world/linked_stock.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace lantian {

namespace {

std::vector<ResourceSpec> resource_specs(const Scenario& scenario, const Draw& draw) {
  std::vector<ResourceSpec> specs;
  for (const ResourceRow& row : scenario.resources) {
    ResourceSpec spec;
    spec.id = row.id;
    spec.kind = row.kind;
    spec.capacity = static_cast<double>(row.capacity);
    spec.lapses = row.lapses;
    for (const BudgetRelease& release : row.releases) {
      spec.releases.push_back({release.on, draw.value(release.amount)});
    }
    for (const CrewAddition& addition : row.additions) {
      spec.releases.push_back({addition.on, static_cast<double>(addition.amount)});
    }
    specs.push_back(std::move(spec));
  }
  return specs;
}

} // namespace

World::World(const LedgerLayout& layout, ReplicationKey key, bool keep_log, EventLimits limits)
    : blueprint_(&layout.blueprint()), key_(key), draw_(scenario(), key),
      simulation_(scenario().start,
                  {.seed = key.seed, .replication = key.replication, .limits = limits}),
      resources_(simulation_, resource_specs(scenario(), draw_)), ledger_(layout),
      commissioned_(scenario().controls.size()), carbon_lives_(scenario().controls.size()),
      progress_(scenario().measures.size()), activity_changed_(scenario().sources.size()),
      grade_changed_(scenario().plants.size()), keep_log_(keep_log) {
  units_.reserve(scenario().sources.size());
  for (std::size_t s = 0; s < scenario().sources.size(); ++s)
    units_.push_back(make_unit(*blueprint_, s, draw_.parameters()));
  for (std::size_t p = 0; p < scenario().plants.size(); ++p)
    plants_.push_back(make_plant(p));
  for (const Control& control : scenario().controls)
    in_service_.push_back(control.in_service);
  for (std::size_t p = 0; p < plants_.size(); ++p) {
    const double nominal = plants_[p].production.nominal();
    if (plants_[p].capacity >= nominal)
      continue;
    const Ramp ceiling = Ramp::constant(plants_[p].capacity / nominal);
    const Influence permit = new_influence();
    plants_[p].production.limit(permit, ceiling);
    for (const Index s : blueprint_->sources_of(p))
      units_[s].activity.limit(permit, ceiling);
  }
  spawn_controls(*this);
  spawn_adsorbers(*this);
  for (std::size_t row = 0; row < scenario().arrivals.size(); ++row)
    arrivals_.emplace_back(*this, static_cast<Index>(row));
  spawn_arrivals(*this);
  spawn_links(*this);
}

World::PlantState World::make_plant(std::size_t plant) const {
  const Plant& row = scenario().plants[plant];
  const auto value = [this](const std::optional<Number>& number, double absent) {
    return number ? draw_.value(*number) : absent;
  };
  constexpr double kInfinite = std::numeric_limits<double>::infinity();
  return {Activity{value(row.production, 0), row.idle ? 0.0 : 1.0}, scenario().start,
          std::min(value(row.capacity, kInfinite), value(row.permit, kInfinite)), row.grade,
          scenario().start};
}

ProcessUnit& World::settled(Index source) {
  ledger_.settle(source, units_[source], now());
  return units_[source];
}

ProcessUnit& World::changing(Index source) {
  raise_if_fed(source);
  return settled(source);
}

//! Those who watch a bed wake up after the change.
void World::raise_if_fed(Index source) {
  if (units_[source].bed && activity_changed_[source])
    activity_changed_[source]->raise();
}

Activity& World::changing_production(Index plant) {
  PlantState& state = plants_[plant];
  ledger_.settle_production(plant, state.production, std::exchange(state.settled, now()), now());
  return state.production;
}

//! Those who watch the source wake up after the change.
Activity& World::changing_activity(Index source) {
  if (activity_changed_[source])
    activity_changed_[source]->raise();
  return changing(source).activity;
}

Signal& World::activity_changed(Index source) {
  std::unique_ptr<Signal>& signal = activity_changed_[source];
  if (!signal)
    signal = std::make_unique<Signal>();
  return *signal;
}

void World::scale_source(Index source, Influence who, Ramp factor) {
  changing_activity(source).scale(who, factor);
}

void World::add_to_source(Index source, Influence who, Ramp share) {
  changing_activity(source).add(who, share);
}

void World::limit_source(Index source, Influence who, Ramp ceiling) {
  changing_activity(source).limit(who, ceiling);
}

void World::order(Index source, Influence who, Ramp ceiling, Ramp unexempted) {
  changing_activity(source).order(who, ceiling, unexempted);
}

void World::move_away(Index source, Influence who, Ramp share) {
  changing_activity(source).move_away(who, share);
}

void World::lift_source(Index source, Influence who) {
  changing_activity(source).lift(who);
}

void World::add_pulse(Index source, Pulse pulse) {
  ProcessUnit& unit = units_[source];
  if (unit.pulses.size() >= unit.most_pulses) {
    changing(source);
    // as many again before the next time, so that each is looked at twice, however many are open
    unit.most_pulses = std::max(unit.most_pulses, 2 * unit.pulses.size());
  }
  unit.pulses.push_back(pulse);
  raise_if_fed(source);
}

void World::end_pulse(Index source, std::uint64_t id, Time end) {
  for (Pulse& pulse : units_[source].pulses) {
    if (pulse.id == id)
      pulse.end = end;
  }
  raise_if_fed(source);
}

void World::set_alert(AlertLevel level) {
  if (level == alert_)
    return;
  alert_ = level;
  ledger_.set_alert(level, now());
  alert_changed_.raise();
}

void World::book_grade(Index plant) {
  PlantState& state = plants_[plant];
  const std::size_t row = plant * kGrades + static_cast<std::size_t>(state.grade);
  ledger_.books().graded[row] += now() - std::exchange(state.graded, now());
}

void World::set_grade(Index plant, Grade grade) {
  if (grade == plants_[plant].grade)
    return;
  book_grade(plant);
  plants_[plant].grade = grade;
  grade_changed_[plant].raise();
}

void World::scale_plant(Index plant, Influence who, Ramp factor) {
  changing_production(plant).scale(who, factor);
  for (const Index s : blueprint_->sources_of(plant))
    changing_activity(s).scale(who, factor);
}

void World::add_to_plant(Index plant, Influence who, Ramp share) {
  changing_production(plant).add(who, share);
  const double base = scenario().plants[plant].idle ? 0 : 1;
  const Ramp factor{base + share.from, base + share.to, share.begin, share.end};
  for (const Index s : blueprint_->sources_of(plant)) {
    Activity& activity = changing_activity(s);
    if (scenario().sources[s].idle) {
      activity.scale(who, factor);
    } else {
      activity.add(who, share);
    }
  }
}

void World::lift_plant(Index plant, Influence who) {
  changing_production(plant).lift(who);
  for (const Index s : blueprint_->sources_of(plant))
    changing_activity(s).lift(who);
}

double World::production_now(Index plant) const {
  const Activity& production = plants_[plant].production;
  return production.nominal() * production.share(simulation_.now());
}

template <class Change> void World::change_control(Index control, Change change) {
  for (const Index s : blueprint_->sources_under(control)) {
    ProcessUnit& unit = changing(s);
    for (Outlet& outlet : unit.outlets) {
      for (ControlUse& use : outlet.controls) {
        if (use.control == control)
          change(use);
      }
    }
  }
}

void World::commission(Index control, Duration over) {
  if (in_service_[control])
    return;
  in_service_[control] = true;
  const Ramp rise = Ramp::linear(0, 1, now(), over);
  change_control(control, [rise](ControlUse& use) {
    use.service = Service::working;
    use.rise = rise;
  });
  commissioned_[control].raise();
}

void World::fail(Index control) {
  change_control(control, [](ControlUse& use) { use.service = Service::out; });
}

void World::repair(Index control) {
  change_control(control, [](ControlUse& use) { use.service = Service::working; });
}

void World::age(Index control, Ramp loss) {
  change_control(control, [loss](ControlUse& use) {
    if (use.new_efficiency == 0)
      return; // stack mode: the concentration says it all
    use.efficiency = {std::max(0.0, use.new_efficiency - loss.from),
                      std::max(0.0, use.new_efficiency - loss.to), loss.begin, loss.end};
  });
}

std::vector<Hours> World::hours_above_limit(const std::vector<Index>& sources) {
  std::vector<Hours> hours;
  for (const Index s : sources) {
    changing(s);
    ledger_.append_hours(s, hours);
  }
  return hours;
}

double World::activity_so_far(Index source) {
  changing(source);
  return ledger_.activity_so_far(source);
}

void World::reach(Index measure, Milestone milestone) {
  MeasureRecord& mine = record(measure);
  mine.dates[static_cast<std::size_t>(milestone)] = now();
  mine.spent_until[static_cast<std::size_t>(milestone)] = mine.spent();
  if (milestone == Milestone::begun)
    mine.state = MeasureState::running;
  if (milestone == Milestone::works)
    advance(measure, 1);
  log(measure, std::string(kMilestoneNames[static_cast<std::size_t>(milestone)]));
  progress_[measure].raise();
}

void World::cancel(Index measure) {
  record(measure).state = MeasureState::cancelled;
  record(measure).cancelled = now();
  log(measure, "cancelled");
  progress_[measure].raise();
}

void World::delist(Index measure) {
  record(measure).state = MeasureState::delisted;
  record(measure).delisted = now();
  log(measure, "delisted");
}

void World::relist(Index measure) {
  MeasureRecord& mine = record(measure);
  mine.state = MeasureState::done;
  mine.off_list += now() - std::exchange(mine.delisted, kNever);
  log(measure, "listed again");
}

void World::advance(Index measure, double share) {
  ledger_.advance(measure, share, now());
}

MassBalance& World::balance(std::string entity) {
  MassBalance& balance = ledger_.books().balances.emplace_back();
  balance.entity = std::move(entity);
  return balance;
}

void World::log(Index measure, std::string event) {
  if (keep_log_)
    ledger_.books().log.push_back({now(), measure, std::move(event)});
}

void World::run(std::stop_token stop) {
  simulation_.run_until(end(), std::move(stop));
}

Books World::close() {
  for (const auto& settle : on_close_)
    settle();
  for (MeasureRecord& record : ledger_.books().measures)
    record.close(end());
  for (std::size_t p = 0; p < plants_.size(); ++p)
    book_grade(static_cast<Index>(p));
  ledger_.set_alert(AlertLevel::none, end());
  try {
    for (std::size_t p = 0; p < plants_.size(); ++p) {
      ledger_.settle_production(p, plants_[p].production, plants_[p].settled, end());
    }
    ledger_.close(units_, draw_.parameters());
    ledger_.check_balance(units_);
  } catch (const std::logic_error& broken) {
    throw ModelError({"closing the books", 0, end(), key_.replication, key_.seed}, broken.what());
  }
  return std::move(ledger_.books());
}

} // namespace lantian
