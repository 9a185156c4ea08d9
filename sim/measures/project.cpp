#include "measures/project.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

Cause cause_of(const Stage& stage) {
  return stage.is_permit ? Cause::permits : Cause::work;
}

} // namespace

Project::Project(World& world, Index measure, const ProjectPlan& plan)
    : world_(world), measure_(measure), plan_(plan) {}

ChanceStream Project::stream(std::string_view purpose) const {
  return {"measures." + world_.scenario().measures[measure_].id, limb_ + std::string(purpose)};
}

TimeSheet& Project::sheet() {
  MeasureRecord& record = world_.record(measure_);
  return limb_index_ == kNoLimb ? record.sheet : record.limbs[limb_index_];
}

Project Project::limb(std::string name, std::size_t index) const {
  Project limb = *this;
  limb.limb_ = std::move(name) + " ";
  limb.limb_index_ = index;
  return limb;
}

Process Project::wait(Cause cause, Duration length) {
  tell(cause, "");
  return pass(cause, length);
}

Process Project::pass(Cause cause, Duration length) {
  if (world_.record(measure_).is_over()) {
    co_await world_.simulation().after(length);
    co_return;
  }
  sheet().enter(cause, world_.now());
  co_await world_.simulation().after(length);
  sheet().leave(world_.now());
}

Task<bool> Project::begin() {
  if (plan_.in_progress) {
    world_.reach(measure_, Milestone::begun);
    world_.record(measure_).dates[static_cast<std::size_t>(Milestone::begun)] = plan_.start;
    co_return true;
  }
  co_await world_.simulation().until(plan_.start);
  for (const std::string& predecessor : plan_.after) {
    const bool is_there = co_await wait_for(predecessor);
    if (is_there)
      continue;
    world_.cancel(measure_);
    co_return false;
  }
  if (plan_.delay) {
    const Duration delay = world_.draw().duration(*plan_.delay, stream("delay"));
    co_await wait(Cause::permits, delay);
  }
  world_.reach(measure_, Milestone::begun);
  co_return true;
}

Task<bool> Project::wait_for(std::string predecessor) {
  const auto found = world_.scenario().measures.find(predecessor);
  if (!found)
    co_return plan_.if_absent == IfAbsent::ignore;
  const MeasureRecord& record = world_.record(*found);
  tell(Cause::predecessors, "");
  sheet().enter(Cause::predecessors, world_.now());
  while (record.date(plan_.after_milestone) == kNever && record.state != MeasureState::cancelled) {
    world_.record(measure_).held_by = *found;
    world_.record(measure_).held_until = plan_.after_milestone;
    co_await world_.progress(*found).wait();
  }
  sheet().leave(world_.now());
  co_return record.state != MeasureState::cancelled || plan_.if_absent == IfAbsent::ignore;
}

//! A stage or a piece of work that is being worked off.
struct Project::Work {
  const Stage& stage;
  Duration whole{}; //!< working time
  Duration left{};
  double cost = 0;       //!< [CNY]
  bool is_logged = true; //!< a piece of many is not: the log would be nothing else
  bool has_begun = false;
  bool is_paid = false;
  Priority priority = Priority::normal;
  std::optional<Outage> outage = std::nullopt;
  std::shared_ptr<Time> unpaid_since = nullptr; //!< of the work between alerts; kNever in a rest
};

Task<bool> Project::carry_out(const std::vector<Stage>& stages, TakeEffect effect) {
  const bool is_whole = limb_.empty();
  const bool has_effect = std::any_of(stages.begin(), stages.end(), [](const Stage& stage) {
    return stage.effect != Effect::none;
  });
  const std::size_t first =
      is_whole && plan_.in_progress ? plan_.find_stage(plan_.in_progress->stage) : 0;
  for (std::size_t i = first; i < std::max<std::size_t>(stages.size(), 1); ++i) {
    if (is_whole && is_cancelled_before(stages, i)) {
      world_.cancel(measure_);
      co_return false;
    }
    if (stages.empty())
      break;
    const bool is_last = i + 1 == stages.size();
    const Effect how = !has_effect && is_last ? Effect::step : stages[i].effect;
    Work work{stages[i]};
    prepare(work);
    world_.log(measure_, "stage " + limb_ + stages[i].id + " begins");
    co_await work_off(work, effect, how);
    world_.log(measure_, "stage " + limb_ + stages[i].id + " ends");
  }
  if (stages.empty())
    effect(Duration{0});
  co_return true;
}

bool Project::is_under_way(const Stage& stage) const {
  return limb_.empty() && plan_.in_progress && plan_.in_progress->stage == stage.id;
}

//! Without stages it is decided at the beginning.
bool Project::is_cancelled_before(const std::vector<Stage>& stages, std::size_t stage) const {
  if (!plan_.cancel_probability)
    return false;
  if (!stages.empty()) {
    const bool is_decided_here =
        plan_.cancelled_before.empty() ? stage == 0 : plan_.cancelled_before == stages[stage].id;
    if (is_under_way(stages[stage]) || !is_decided_here)
      return false;
  }
  return world_.draw().happens(world_.draw().value(*plan_.cancel_probability),
                               stream("cancellation"));
}

Process Project::do_piece(const Stage& piece, Duration length, double cost, TakeEffect begins) {
  Work work{piece};
  work.is_logged = false;
  work.whole = length;
  work.left = length;
  work.cost = cost;
  co_await work_off(work, std::move(begins), Effect::ramp);
}

Process Project::work_off(Work& work, TakeEffect effect, Effect how) {
  const Stage& stage = work.stage;
  while (!work.has_begun || work.left > Duration{0}) {
    co_await wait_until_open(work);
    Grant crews = co_await take(work);
    work.priority = Priority::resumed;
    work.is_paid = true;
    if (season_end(stage) <= world_.now())
      continue; // it closed while we queued

    if (is_stopped_by_alerts(stage)) {
      co_await work_between_alerts(work, effect, how);
      continue;
    }
    if (!work.has_begun)
      start(work, effect, how);
    const Time stop = std::min(saturating_add(world_.now(), work.left), season_end(stage));
    const Duration stretch = stop - world_.now();
    spend(work, world_.now(), stop);
    tell(work, cause_of(stage));
    co_await pass(cause_of(stage), stretch);
    work.left -= stretch;
  }
  end(work, effect, how);
}

//! Works with its crews until the stage is done or the season closes; rests in alerts and keeps the
//! crews. When the next alert comes is not known, so what has been worked is paid for afterwards.
Process Project::work_between_alerts(Work& work, TakeEffect effect, Effect how) {
  pay_at_close(work);
  const Time close = season_end(work.stage);
  while (world_.now() < close && (!work.has_begun || work.left > Duration{0})) {
    if (is_alerted(work.stage)) {
      co_await rest_in_alert(work, close);
      continue;
    }
    if (!work.has_begun)
      start(work, effect, how);
    tell(work, cause_of(work.stage));
    const Time since = world_.now();
    *work.unpaid_since = since;
    sheet().enter(cause_of(work.stage), since);
    auto stop = world_.simulation().until(std::min(saturating_add(since, work.left), close));
    auto alert = world_.alert_changed().wait();
    co_await first_of(stop, alert);
    sheet().leave(world_.now());
    spend(work, since, world_.now());
    *work.unpaid_since = kNever;
    work.left -= world_.now() - since;
  }
}

//! Lets what is being worked when the horizon ends be paid for then.
void Project::pay_at_close(Work& work) {
  if (work.unpaid_since)
    return;
  work.unpaid_since = std::make_shared<Time>(kNever);
  if (work.cost == 0 || work.whole == Duration{0})
    return;
  const double per_second = work.cost / seconds(work.whole);
  world_.on_close([&world = world_, measure = measure_, per_second, since = work.unpaid_since] {
    if (*since < world.now())
      world.ledger().spend(measure, per_second * seconds(world.now() - *since), *since,
                           world.now());
  });
}

//! Waits for the next change of the alert, but not beyond the season.
Process Project::rest_in_alert(const Work& work, Time close) {
  tell(work, Cause::alerts);
  sheet().enter(Cause::alerts, world_.now());
  auto season = world_.simulation().until(close);
  auto alert = world_.alert_changed().wait();
  co_await first_of(season, alert);
  sheet().leave(world_.now());
}

//! Logs what the time goes into from now on, unless nothing that comes can be late any more.
void Project::tell(Cause cause, std::string_view stage) {
  if (!world_.keeps_log() || world_.record(measure_).is_over())
    return;
  const std::string_view name = kCauseNames[static_cast<std::size_t>(cause)];
  std::string event = cause == Cause::work ? "at_work" : fmt::format("waits {}", name);
  if (!stage.empty())
    event += fmt::format(" {}{}", limb_, stage);
  world_.log(measure_, std::move(event));
}

void Project::tell(const Work& work, Cause cause) {
  if (work.is_logged)
    tell(cause, work.stage.id);
}

void Project::spend(const Work& work, Time from, Time to) {
  const double share = work.whole > Duration{0} ? seconds(to - from) / seconds(work.whole) : 1.0;
  world_.ledger().spend(measure_, work.cost * share, from, to);
}

//! Draws the stage's length and cost. Of one in progress only what remains counts.
void Project::prepare(Work& work) const {
  const Stage& stage = work.stage;
  const Draw& draw = world_.draw();
  const ChanceStream length = stream(stage.id + " duration");
  work.whole = draw.duration(stage.duration, length);
  work.cost = stage.cost ? draw.sample(*stage.cost, stream(stage.id + " cost")) : 0.0;
  if (is_under_way(stage)) {
    const Duration remaining = draw.duration(plan_.in_progress->remaining, length);
    if (remaining < work.whole)
      work.cost *= seconds(remaining) / seconds(work.whole);
    work.whole = remaining;
    work.priority = Priority::resumed; // its crews were there before
  }
  work.left = work.whole;
}

void Project::start(Work& work, const TakeEffect& effect, Effect how) {
  const Stage& stage = work.stage;
  const bool stops = !stage.units_down.empty() || !stage.plants_down.empty();
  if (stops) {
    work.outage.emplace(world_, measure_, *plan_.lost_output, stage.units_down, stage.plants_down);
  }
  if (how == Effect::ramp) {
    const Calendar* calendar = calendar_of(stage);
    const Time end = calendar ? calendar->advance(world_.now(), work.left)
                              : saturating_add(world_.now(), work.left);
    effect(end - world_.now());
  }
  work.has_begun = true;
}

void Project::end(Work& work, const TakeEffect& effect, Effect how) {
  if (work.outage)
    work.outage->end();
  if (how == Effect::step)
    effect(Duration{0});
}

const Calendar* Project::calendar_of(const Stage& stage) const {
  return stage.calendar == kNone ? nullptr : &world_.scenario().calendars[stage.calendar].calendar;
}

//! When work has to rest next: now where it is out of season, never where it knows none.
Time Project::season_end(const Stage& stage) const {
  const Calendar* calendar = calendar_of(stage);
  if (!calendar)
    return kNever;
  return calendar->is_open(world_.now()) ? calendar->next_change(world_.now()) : world_.now();
}

//! Waits until the season is open and no alert stops the work.
Process Project::wait_until_open(const Work& work) {
  const Stage& stage = work.stage;
  for (const Calendar* season = calendar_of(stage); season;) {
    if (!season->is_open(world_.now())) {
      tell(work, Cause::season);
      co_await pass(Cause::season, season->next_change(world_.now()) - world_.now());
    } else if (is_alerted(stage)) {
      co_await rest_in_alert(work, season_end(stage));
    } else {
      co_return;
    }
  }
}

bool Project::is_stopped_by_alerts(const Stage& stage) const {
  return stage.calendar != kNone &&
         !world_.scenario().calendars[stage.calendar].stopped_by_alerts.empty();
}

//! True while an alert stops the work.
bool Project::is_alerted(const Stage& stage) const {
  if (!is_stopped_by_alerts(stage))
    return false;
  const auto& levels = world_.scenario().calendars[stage.calendar].stopped_by_alerts;
  return std::find(levels.begin(), levels.end(), world_.alert()) != levels.end();
}

Task<Grant> Project::take(const Work& work) {
  const std::vector<Need> needs = needs_of(work);
  Request request = world_.resources().request(needs, work.priority);
  if (!needs.empty())
    tell(work, work.stage.crews.empty() ? Cause::money : Cause::crews);
  sheet().enter_queue(request, work.stage.fund, world_.now());
  Grant grant = co_await request;
  const Duration for_money = grant.waited_for(work.stage.fund);
  sheet().leave_queue(for_money, world_.now());
  if (for_money > Duration{0} && !work.stage.crews.empty() && work.is_logged) {
    world_.log(measure_, fmt::format("granted {}{} after {} s for money", limb_, work.stage.id,
                                     for_money.count()));
  }
  co_return grant;
}

std::vector<Need> Project::needs_of(const Work& work) const {
  std::vector<Need> needs;
  for (const CrewNeed& crew : work.stage.crews) {
    needs.push_back({crew.resource, world_.draw().value(crew.amount)});
  }
  if (!work.is_paid && work.stage.fund != kNone)
    needs.push_back({work.stage.fund, work.cost});
  return needs;
}

void Project::complete(Time until) {
  world_.reach(measure_, Milestone::works);
  if (!plan_.operating_cost)
    return;
  world_.ledger().operate(measure_, world_.draw().value(*plan_.operating_cost), world_.now(),
                          std::min(until, world_.end()));
}

void Project::finish() {
  for (const Milestone milestone : {Milestone::assessed, Milestone::published}) {
    if (world_.record(measure_).date(milestone) == kNever)
      world_.reach(measure_, milestone);
  }
  world_.record(measure_).state = MeasureState::done;
}

} // namespace lantian
