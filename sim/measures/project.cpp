#include "measures/project.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

namespace lantian {

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
    if (is_there) continue;
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
  if (!found) co_return plan_.if_absent == IfAbsent::ignore;
  const MeasureRecord& record = world_.record(*found);
  sheet().enter(Cause::predecessors, world_.now());
  while (record.date(plan_.after_milestone) == kNever && record.state != MeasureState::cancelled) {
    co_await world_.progress(*found).wait();
  }
  sheet().leave(world_.now());
  co_return record.state != MeasureState::cancelled || plan_.if_absent == IfAbsent::ignore;
}

Task<bool> Project::carry_out(const std::vector<Stage>& stages, TakeEffect effect) {
  const bool is_whole = limb_.empty();
  const std::size_t first =
      is_whole && plan_.in_progress ? plan_.find_stage(plan_.in_progress->stage) : 0;
  const bool has_effect = std::any_of(stages.begin(), stages.end(), [](const Stage& stage) {
    return stage.effect != Effect::none;
  });
  for (std::size_t i = first; i < stages.size(); ++i) {
    if (is_whole && is_cancelled_before(stages, i)) {
      world_.cancel(measure_);
      co_return false;
    }
    const bool is_last = i + 1 == stages.size();
    const Effect how = !has_effect && is_last ? Effect::step : stages[i].effect;
    co_await work_off(stages[i], effect, how);
  }
  co_return true;
}

bool Project::is_cancelled_before(const std::vector<Stage>& stages, std::size_t stage) const {
  if (!plan_.cancel_probability) return false;
  const bool is_under_way = plan_.in_progress && plan_.in_progress->stage == stages[stage].id;
  const bool is_decided_here =
      plan_.cancelled_before.empty() ? stage == 0 : plan_.cancelled_before == stages[stage].id;
  if (is_under_way || !is_decided_here) return false;
  return world_.draw().happens(world_.draw().value(*plan_.cancel_probability),
                               stream("cancellation"));
}

Process Project::work_off(const Stage& stage, TakeEffect effect, Effect how) {
  const bool is_under_way = plan_.in_progress && limb_.empty() &&
                            plan_.in_progress->stage == stage.id;
  const Duration whole = length_of(stage, is_under_way);
  const double cost = cost_of(stage);
  Duration left = whole;
  Priority priority = is_under_way ? Priority::resumed : Priority::normal;
  bool is_paid = false;
  bool has_begun = false;
  std::optional<Outage> outage;
  world_.log(measure_, "stage " + limb_ + stage.id + " begins");

  while (!has_begun || left > Duration{0}) {
    co_await wait_for_season(stage.calendar);
    Grant crews = co_await take(stage, !is_paid, priority);
    priority = Priority::resumed;
    is_paid = true;
    const Calendar* calendar = calendar_of(stage);
    if (calendar && !calendar->is_open(world_.now())) continue; // it closed while we queued

    if (!has_begun && plan_.lost_output) {
      outage.emplace(world_, measure_, *plan_.lost_output, stage.units_down, stage.plants_down);
    }
    if (!has_begun && how == Effect::ramp) {
      const Time end = calendar ? calendar->advance(world_.now(), left) : world_.now() + left;
      effect(end - world_.now());
    }
    has_begun = true;
    const Duration stretch =
        calendar ? std::min(left, calendar->next_change(world_.now()) - world_.now()) : left;
    const double share = whole > Duration{0} ? seconds(stretch) / seconds(whole) : 1.0;
    world_.ledger().spend(measure_, cost * share, world_.now(), world_.now() + stretch);
    co_await wait(stage.is_permit ? Cause::permits : Cause::work, stretch);
    left -= stretch;
  }
  if (outage) outage->end();
  if (how == Effect::step) effect(Duration{0});
  world_.log(measure_, "stage " + limb_ + stage.id + " ends");
}

const Calendar* Project::calendar_of(const Stage& stage) const {
  return stage.calendar == kNone ? nullptr
                                 : &world_.scenario().calendars[stage.calendar].calendar;
}

Process Project::wait_for_season(Index calendar) {
  if (calendar == kNone) co_return;
  const Calendar& season = world_.scenario().calendars[calendar].calendar;
  if (season.is_open(world_.now())) co_return;
  co_await wait(Cause::season, season.next_change(world_.now()) - world_.now());
}

Task<Grant> Project::take(const Stage& stage, bool with_money, Priority priority) {
  const std::vector<Need> needs = needs_of(stage, with_money);
  const bool needs_money = with_money && stage.fund != kNone;
  const bool is_short_of_money =
      needs_money && world_.resources().level(stage.fund) < cost_of(stage);
  const Cause cause = is_short_of_money ? Cause::money : Cause::crews;
  const Cause other = is_short_of_money ? Cause::crews : Cause::money;

  sheet().enter(cause, world_.now());
  Grant grant = co_await world_.resources().request(needs, priority);
  sheet().leave(world_.now());
  if (needs_money && !grant.is_empty()) {
    const Duration for_money = grant.waited_for(stage.fund);
    const Duration for_crews = grant.waited() - for_money;
    sheet().recount(is_short_of_money ? for_crews : for_money, cause, other);
  }
  co_return grant;
}

std::vector<Need> Project::needs_of(const Stage& stage, bool with_money) const {
  std::vector<Need> needs;
  for (const CrewNeed& crew : stage.crews) {
    needs.push_back({crew.resource, world_.draw().value(crew.amount)});
  }
  if (with_money && stage.fund != kNone) needs.push_back({stage.fund, cost_of(stage)});
  return needs;
}

double Project::cost_of(const Stage& stage) const {
  return stage.cost ? world_.draw().sample(*stage.cost, stream(stage.id + " cost")) : 0.0;
}

Duration Project::length_of(const Stage& stage, bool is_under_way) const {
  const Number& length = is_under_way ? plan_.in_progress->remaining : stage.duration;
  return world_.draw().duration(length, stream(stage.id + " duration"));
}

void Project::complete() {
  world_.reach(measure_, Milestone::works);
  if (!plan_.operating_cost) return;
  world_.ledger().operate(measure_, world_.draw().value(*plan_.operating_cost), world_.now(),
                          world_.end());
}

void Project::finish() {
  for (const Milestone milestone : {Milestone::assessed, Milestone::published}) {
    if (world_.record(measure_).date(milestone) == kNever) world_.reach(measure_, milestone);
  }
  world_.record(measure_).state = MeasureState::done;
}

} // namespace lantian
