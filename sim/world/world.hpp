#pragma once

// The World is one replication's state: units and plants that emit, controls that fail, resources,
// and the ledger that books it all. Measures change it only through the verbs here, each of which
// books what has been before it changes anything.

#include "kernel/resource.hpp"
#include "kernel/simulation.hpp"
#include "world/arrivals.hpp"
#include "world/blueprint.hpp"
#include "world/books.hpp"
#include "world/draw.hpp"
#include "world/ledger.hpp"
#include "world/process_unit.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace lantian {

class World {
public:
  //! The world at the start of the horizon. `keep_log` keeps the event log of this replication.
  World(const LedgerLayout& layout, ReplicationKey key, bool keep_log, EventLimits limits = {});
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  Simulation& simulation() { return simulation_; }
  Time now() const { return simulation_.now(); }
  Time end() const { return scenario().end; }
  const Blueprint& blueprint() const { return *blueprint_; }
  const Scenario& scenario() const { return blueprint_->scenario(); }
  const Draw& draw() const { return draw_; }
  ResourcePool& resources() { return resources_; }
  Ledger& ledger() { return ledger_; }

  //! A new author of changes to activity.
  Influence new_influence() { return Influence{next_influence_++}; }

  //! The unit of a source, booked up to now: what is changed on it holds from now on.
  ProcessUnit& changing(Index source);
  //! The unit of a source, booked up to now, to look at; and without being booked.
  ProcessUnit& settled(Index source);
  const ProcessUnit& unit(Index source) const { return units_[source]; }
  //! The production of a plant, booked up to now.
  Activity& changing_production(Index plant);

  //! Sets a factor on a source's activity (0 stops it).
  void scale_source(Index source, Influence who, Ramp factor);
  //! Adds a share of nominal activity to a source.
  void add_to_source(Index source, Influence who, Ramp share);
  //! Holds a source's activity below a share of what it would be.
  void limit_source(Index source, Influence who, Ramp ceiling);
  //! The same by an alert's order; `unexempted` is what the order would be without exemptions.
  void order(Index source, Influence who, Ramp ceiling, Ramp unexempted);
  //! Moves a share of what a source does away, to another source or to none. All shares that are
  //! moved away from it must not exceed 1 together.
  void move_away(Index source, Influence who, Ramp share);
  void lift_source(Index source, Influence who);
  //! Raised whenever something changes the source's activity; where it has a bed of carbon,
  //! whenever something may change what is fed to it.
  Signal& activity_changed(Index source);

  //! Activity that comes and goes at random; it begins now or later. What the unit lets pass of it
  //! (factors and ceilings) is booked.
  void add_pulse(Index source, Pulse pulse);
  //! Lets a pulse end at `end`, which has not passed.
  void end_pulse(Index source, std::uint64_t id, Time end);

  //! The occurrences of a row of arrivals.
  Arrivals& arrivals(Index row) { return arrivals_[row]; }

  //! Activity of a source from the start of the horizon to now [amount].
  double activity_so_far(Index source);
  double nominal_activity(Index source) const { return units_[source].activity.nominal(); }
  //! Factor on a source's nominal activity now, profile aside.
  double share_now(Index source) const { return units_[source].activity.share(now()); }
  //! The same, had no alert ordered anything.
  double share_without_orders(Index source) const {
    return units_[source].activity.share(now(), 0, Orders::none);
  }
  //! Sets a factor on a plant's production and on the activity of all its sources.
  void scale_plant(Index plant, Influence who, Ramp factor);
  //! Adds a share of nominal production to a plant and all its sources. Sources that are idle by
  //! themselves stay so; where a measure has moved activity to them, that grows in proportion.
  void add_to_plant(Index plant, Influence who, Ramp share);
  void lift_plant(Index plant, Influence who);

  //! What a plant makes now, and what it makes when nothing happens [amount/calendar year].
  double production_now(Index plant) const;
  double nominal_production(Index plant) const { return plants_[plant].production.nominal(); }
  //! What it can and may make at most [amount/calendar year]; infinite where the scenario is
  //! silent.
  double capacity(Index plant) const { return plants_[plant].capacity; }

  //! Heavy pollution: the level in force, and a signal at each change.
  AlertLevel alert() const { return alert_; }
  void set_alert(AlertLevel level);
  Signal& alert_changed() { return alert_changed_; }
  //! Performance grade of a plant, and a signal at each change.
  Grade grade(Index plant) const { return plants_[plant].grade; }
  void set_grade(Index plant, Grade grade);
  Signal& grade_changed(Index plant) { return grade_changed_[plant]; }

  //! Puts a control into service, on all its sources: from now on it works, ages and may fail. Its
  //! efficiency rises in a straight line over `over`.
  void commission(Index control, Duration over = {});
  //! The gas goes round the control: raw outlets lose its efficiency, stack outlets go to bypass.
  void fail(Index control);
  void repair(Index control);
  //! Efficiency lost by ageing, as a ramp [absolute share]; never more than there is.
  void age(Index control, Ramp loss);
  bool is_in_service(Index control) const { return in_service_[control]; }
  //! Raised when a control is commissioned.
  Signal& commissioned(Index control) { return commissioned_[control]; }
  //! The process that changes the carbon of a control's bed on the calendar, if there is one.
  std::optional<ProcessHandle>& carbon_life(Index control) { return carbon_lives_[control]; }

  //! Running hours and hours above the limit so far, of every limited outlet of these sources.
  std::vector<Hours> hours_above_limit(const std::vector<Index>& sources);

  //! The record of a measure, and its state; `milestone` dates it and wakes those that wait.
  MeasureRecord& record(Index measure) { return ledger_.books().measures[measure]; }
  void reach(Index measure, Milestone milestone);
  void cancel(Index measure);
  //! It is taken off the list of those that are done, and put on it again.
  void delist(Index measure);
  void relist(Index measure);
  //! Raised at every milestone and at cancellation of a measure.
  Signal& progress(Index measure) { return progress_[measure]; }

  //! The measure has done `share` of its work; reaching `works` is all of it.
  void advance(Index measure, double share);

  //! Lets `settle` run when the horizon ends, before the books are closed.
  void on_close(std::function<void()> settle) { on_close_.push_back(std::move(settle)); }
  //! The mass balance that an entity keeps; it is checked when the books are closed.
  MassBalance& balance(std::string entity);

  //! Whether this replication keeps an event log: ask before making many texts for it.
  bool keeps_log() const { return keep_log_; }
  //! Adds a line to the event log, where this replication keeps one.
  void log(Index measure, std::string event);

  //! Runs to the end of the horizon. Throws ModelError and Interrupted.
  void run(std::stop_token stop = {});
  //! Books what is open, checks the balances and hands the books over. Throws ModelError.
  Books close();

private:
  struct PlantState {
    Activity production;
    Time settled;
    double capacity;
    Grade grade;
    Time graded; //!< when it got the grade
  };
  Activity& changing_activity(Index source);
  void raise_if_fed(Index source);
  void book_grade(Index plant);
  PlantState make_plant(std::size_t plant) const;
  //! Calls `change(ControlUse&)` on every outlet on which the control stands.
  template <class Change> void change_control(Index control, Change change);

  const Blueprint* blueprint_;
  ReplicationKey key_;
  Draw draw_;
  Simulation simulation_;
  ResourcePool resources_;
  Ledger ledger_;
  std::vector<ProcessUnit> units_;
  std::vector<PlantState> plants_;
  std::vector<bool> in_service_;
  std::deque<Arrivals> arrivals_;
  std::deque<Signal> commissioned_;
  std::vector<std::optional<ProcessHandle>> carbon_lives_;
  std::deque<Signal> progress_;
  std::vector<std::unique_ptr<Signal>> activity_changed_; //!< of those that someone watches
  AlertLevel alert_ = AlertLevel::none;
  Signal alert_changed_;
  std::deque<Signal> grade_changed_;
  std::vector<std::function<void()>> on_close_;
  std::uint32_t next_influence_ = 0;
  bool keep_log_;
};

} // namespace lantian
