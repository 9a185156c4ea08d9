#include "measures/substitution.hpp"

#include "measures/adoption.hpp"
#include "measures/project.hpp"
#include "measures/project_checks.hpp"
#include "world/time_axis.hpp"

#include <algorithm>

namespace lantian {

namespace {

//! A step as drawn.
struct DatedStep {
  Time at;
  const Substitution::Step* step = nullptr;
  Duration over{};
};

std::vector<DatedStep> draw_steps(const Project& project, const World& world,
                                  const Substitution& plan) {
  std::vector<DatedStep> steps;
  for (const Substitution::Step& step : plan.steps) {
    const auto drawn = [&](const std::optional<Number>& length, const char* purpose) {
      return length ? world.draw().duration(*length, project.stream(step.id + purpose))
                    : Duration{0};
    };
    steps.push_back(
        {saturating_add(step.on, drawn(step.delay, " delay")), &step, drawn(step.over, " over")});
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [](const DatedStep& a, const DatedStep& b) { return a.at < b.at; });
  return steps;
}

//! Waits for what is delivered then. Until the works are done that is work; afterwards it goes on
//! beside the measure, and makes nothing late.
Process wait_until(Project& project, Time time) {
  World& world = project.world();
  if (world.record(project.measure()).date(Milestone::works) != kNever) {
    co_await world.simulation().until(time);
    co_return;
  }
  co_await project.wait(Cause::work, time - world.now());
}

//! Takes the steps of [first, last), each when it is due, or at once where it was due before.
Process take_steps(Project& project, Adoption& adoption, const std::vector<DatedStep>& steps,
                   std::size_t first, std::size_t last) {
  World& world = project.world();
  for (std::size_t i = first; i < last; ++i) {
    const DatedStep& due = steps[i];
    if (due.at > world.now())
      co_await wait_until(project, due.at);
    const double share = due.step->adds ? adoption.aim() + world.draw().value(*due.step->adds)
                                        : world.draw().value(*due.step->becomes);
    adoption.aim_at(share, due.over);
    world.log(project.measure(), "step " + due.step->id);
    const Time end = saturating_add(world.now(), due.over);
    if (i + 1 < steps.size() && steps[i + 1].at < end)
      continue; // the next one turns it before
    co_await wait_until(project, end);
    adoption.take_effect();
  }
}

//! How many of the steps belong to the works: all up to the last delivery.
std::size_t deliveries(const std::vector<DatedStep>& steps) {
  const auto last = std::find_if(steps.rbegin(), steps.rend(),
                                 [](const DatedStep& each) { return each.step->adds.has_value(); });
  return static_cast<std::size_t>(steps.rend() - last);
}

Process break_down(Project& project, const Substitution::Breakdowns& plan, Adoption& adoption) {
  World& world = project.world();
  const ChanceStream to_failure = project.stream("time between failures");
  const ChanceStream to_repair = project.stream("repair");
  for (std::uint32_t k = 0;; ++k) {
    const Duration up = world.draw().duration(plan.time_between, to_failure, k);
    co_await world.simulation().after(up);
    adoption.break_down();
    world.log(project.measure(), "failure");
    const Duration down = world.draw().duration(plan.repair, to_repair, k);
    co_await world.simulation().after(down);
    adoption.repair();
  }
}

//! When the k-th inspection from now on is due, or the opening after that.
Time next_inspection(const World& world, const Substitution::Backslide& plan, ChanceStream interval,
                     std::uint32_t k) {
  if (!plan.inspections)
    return kNever;
  const Duration every = world.draw().duration(plan.inspections->every, interval, k);
  const Time due = saturating_add(world.now(), every);
  if (plan.inspections->calendar == kNone || due == kNever)
    return due;
  const Calendar& season = world.scenario().calendars[plan.inspections->calendar].calendar;
  return season.is_open(due) ? due : season.next_change(due);
}

//! More and more slides back, until an inspection undoes it.
Process slide_back(Project& project, const Substitution::Backslide& plan, Adoption& adoption) {
  World& world = project.world();
  const ChanceStream interval = project.stream("inspection");
  const ChanceStream effect = project.stream("inspection effect");
  const double low = world.draw().value(plan.low);
  const double high = std::max(low, world.draw().value(plan.high));
  const double fades_over = world.draw().value(plan.fades_over);
  double slid = low;
  for (std::uint32_t k = 0;; ++k) {
    const double left = high > low ? (high - slid) / (high - low) : 0;
    const Time end =
        saturating_add(world.now(), whole_seconds(std::min(fades_over * left, kLongest)));
    adoption.slide_back(Ramp::linear(slid, high, world.now(), end - world.now()));
    const Time inspection = next_inspection(world, plan, interval, k);
    if (end < inspection) {
      co_await world.simulation().until(end);
      adoption.take_effect();
    }
    co_await world.simulation().until(inspection);
    world.log(project.measure(), "inspection");
    const double undone = world.draw().sample(plan.inspections->effect, effect, k);
    slid = low + (1 - undone) * (adoption.slid_back() - low);
  }
}

//! What was done so far by clean means, and by all.
struct Done {
  double clean = 0;
  double all = 0;
};

Done done_so_far(World& world, const Substitution& plan) {
  Done done;
  done.clean = world.activity_so_far(plan.to);
  for (const Index source : plan.check->clean)
    done.clean += world.activity_so_far(source);
  done.all = done.clean + world.activity_so_far(plan.from);
  if (plan.breakdowns && plan.breakdowns->fallback != kNone)
    done.all += world.activity_so_far(plan.breakdowns->fallback);
  return done;
}

//! Waits until the share was reached in enough whole months running. A month in which nothing is
//! done counts neither way.
Process pass_check(Project& project, const Substitution& plan) {
  constexpr double kRounding = 1e-9;
  World& world = project.world();
  const double share = world.draw().value(plan.check->share);
  const bool is_month_start =
      next_boundary(world.now() - Duration{1}, Interval::month) == world.now();
  if (!is_month_start) {
    const Time month = next_boundary(world.now(), Interval::month);
    co_await project.wait(Cause::permits, month - world.now());
  }
  std::int64_t good = 0;
  while (good < plan.check->months) {
    const Done before = done_so_far(world, plan);
    const Time month = next_boundary(world.now(), Interval::month);
    co_await project.wait(Cause::permits, month - world.now());
    const Done after = done_so_far(world, plan);
    const double all = after.all - before.all;
    if (all > 0)
      good = after.clean - before.clean >= (share - kRounding) * all ? good + 1 : 0;
  }
}

Process substitute(World& world, Index measure, const Substitution& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead)
    co_return;

  const Index fallback = plan.breakdowns ? plan.breakdowns->fallback : kNone;
  Adoption adoption(world, plan.from, plan.to, fallback);
  const double share = world.draw().value(plan.share);
  const TakeEffect effect = [&](Duration over) { adoption.aim_at(share, over); };
  const bool is_built = co_await project.carry_out(plan.stages, effect);
  if (!is_built)
    co_return;
  const std::vector<DatedStep> steps = draw_steps(project, world, plan);
  const std::size_t delivered = deliveries(steps);
  co_await take_steps(project, adoption, steps, 0, delivered);
  project.complete();

  const auto go_on = [&](const char* name, Process process) {
    const std::string id = "measures." + world.scenario().measures[measure].id;
    world.simulation().spawn(id + name, world.blueprint().entity_of_measure(measure),
                             std::move(process));
  };
  go_on(".steps", take_steps(project, adoption, steps, delivered, steps.size()));
  if (plan.breakdowns)
    go_on(".breakdowns", break_down(project, *plan.breakdowns, adoption));
  if (plan.backslide)
    go_on(".backslide", slide_back(project, *plan.backslide, adoption));
  if (plan.check)
    co_await pass_check(project, plan);
  project.finish();

  co_await world.simulation().until(kNever); // what goes on refers to what stands here
}

} // namespace

Process Substitution::run(World& world, Index measure) const {
  return substitute(world, measure, *this);
}

double Substitution::most_moved(Index source, const Scenario& scenario) const {
  if (source != from)
    return 0;
  double most = highest(share, scenario);
  double added = 0;
  for (const Step& step : steps) {
    if (step.adds)
      added += highest(*step.adds, scenario);
    else if (step.becomes)
      most = std::max(most, highest(*step.becomes, scenario));
  }
  return most + added;
}

Kind substitution_kind() {
  return make_kind<Substitution>(
      "substitution", "A share of what a source does goes to another that does the same.",
      substitution_fields(), check_substitution);
}

} // namespace lantian
