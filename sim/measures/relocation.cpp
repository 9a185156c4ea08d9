#include "measures/relocation.hpp"

#include "measures/closure.hpp"
#include "measures/outlet_change.hpp"
#include "measures/project.hpp"
#include "measures/project_checks.hpp"

#include <fmt/format.h>

namespace lantian {

namespace {

const FieldTable<Relocation>& relocation_fields() {
  const auto time = [](std::string doc) {
    return FieldOptions{.doc = std::move(doc),
                        .dimension = kTime,
                        .unit = "month",
                        .low = 0,
                        .preset = "none",
                        .chance = true};
  };
  static const auto fields =
      FieldTable<Relocation>("relocation", "A new plant replaces an old one elsewhere.")
          .include(project_fields())
          .reference("from", &Relocation::old_plant,
                     {.doc = "The plant that closes.", .required = true, .table = "plants"})
          .reference("to", &Relocation::new_plant,
                     {.doc = "The plant that is built; idle at first.",
                      .required = true,
                      .table = "plants"})
          .references("capacity_from", &Relocation::capacity_from,
                      {.doc = "Further plants whose capacity is given up.", .table = "plants"})
          .fixed("swap_ratio", &Relocation::swap_ratio,
                 {.doc = "Capacity given up per capacity built, at least.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .preset = "1"})
          .choice("order", &Relocation::closes_first,
                  {{"close_first", true}, {"start_first", false}},
                  {.doc = "Whether the old plant is shut before the new one starts.",
                   .preset = "close_first"})
          .boolean(
              "closes_if_cancelled", &Relocation::closes_if_cancelled,
              {.doc = "The old plant closes even if the new one is given up.", .preset = "false"})
          .number("wind_down", &Relocation::wind_down, time("Winding the old plant down."))
          .number("gap", &Relocation::gap, time("Pause between the two."))
          .number("commissioning", &Relocation::commissioning,
                  time("Trial running at the starting share."))
          .number("starting_share", &Relocation::starting_share,
                  {.doc = "Share of nominal production in trial running.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "1"})
          .number("ramp_up", &Relocation::ramp_up, time("From the starting share to all."));
  return fields;
}

double highest_capacity(const Scenario& scenario, Index plant) {
  const auto& capacity = scenario.plants[plant].capacity;
  return capacity ? capacity->bounds(parameter_bounds(scenario)).high : 0.0;
}

void check_swap(const Relocation& plan, const Scenario& scenario, const std::string& key,
                Diagnostics& diagnostics) {
  double given_up = highest_capacity(scenario, plan.old_plant);
  for (const Index plant : plan.capacity_from)
    given_up += highest_capacity(scenario, plant);
  const double built = highest_capacity(scenario, plan.new_plant);
  if (built * plan.swap_ratio <= given_up * (1 + 1e-12))
    return;
  diagnostics.error(key + ".swap_ratio",
                    fmt::format("{:g} kt/year of new capacity at a ratio of {:g} need {:g} kt/year "
                                "given up; these plants have {:g} kt/year",
                                built / 1e6, plan.swap_ratio, built * plan.swap_ratio / 1e6,
                                given_up / 1e6));
}

void check_relocation(const Relocation& plan, const Scenario& scenario, const std::string& key,
                      Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  check_swap(plan, scenario, key, diagnostics);
  check_touched_plants({plan.old_plant}, scenario, key + ".from", diagnostics);
  check_touched_plants({plan.new_plant}, scenario, key + ".to", diagnostics);
  const Plant& fresh = scenario.plants[plan.new_plant];
  if (!fresh.idle) {
    diagnostics.error(key + ".to", "plants." + fresh.id +
                                       " already runs; a plant that is yet to be built has idle = "
                                       "true");
  }
  if (!plan.lost_output) {
    diagnostics.error(key, "lost_output must say what becomes of the output between the two "
                           "plants: lost or taken_by");
  } else if (plan.lost_output->fate == LostOutput::Fate::made_up) {
    diagnostics.error(key + ".lost_output.fate",
                      "what is closed cannot make anything up; say lost or taken_by");
  } else if (!plan.lost_output->takers.empty()) {
    check_handover(*plan.lost_output, {plan.old_plant, plan.new_plant}, scenario,
                   key + ".lost_output", diagnostics);
  }
}

//! One relocation under way.
class Move {
public:
  Move(Project& project, const Relocation& plan)
      : project_(project), plan_(plan),
        handover_(project.world(), project.measure(), *plan.lost_output),
        starting_(project.world().new_influence()) {}

  Process close_old() {
    const Duration length = draw(plan_.wind_down, "wind down");
    const std::vector<Index> closing = {plan_.old_plant};
    const double amount = wind_down(world(), closing, {}, length);
    if (!is_running_)
      handover_.take(amount, length);
    world().log(project_.measure(), "old plant winds down");
    co_await project_.wait(Cause::work, length);
  }

  Process start_new() {
    const Duration trial = draw(plan_.commissioning, "commissioning");
    const Duration rise = draw(plan_.ramp_up, "ramp up");
    const double share = world().draw().value(plan_.starting_share);
    world().add_to_plant(plan_.new_plant, starting_, Ramp::constant(share));
    commission_outlets(world(), project_.measure(), world().blueprint().sources_of(plan_.new_plant),
                       trial);
    world().log(project_.measure(), "new plant starts");
    is_running_ = true;
    handover_.keep(1 - share);
    co_await project_.wait(Cause::work, trial);

    world().add_to_plant(plan_.new_plant, starting_, Ramp::linear(share, 1, world().now(), rise));
    handover_.keep(0, rise);
    co_await project_.wait(Cause::work, rise);
  }

  Process pause() { return project_.wait(Cause::work, draw(plan_.gap, "gap")); }

private:
  World& world() { return project_.world(); }
  Duration draw(const std::optional<Number>& length, std::string_view purpose) {
    return length ? world().draw().duration(*length, project_.stream(purpose)) : Duration{0};
  }

  Project& project_;
  const Relocation& plan_;
  Handover handover_; //!< what is not made between the two
  Influence starting_;
  bool is_running_ = false; //!< the new plant
};

Process relocate(World& world, Index measure, const Relocation& plan) {
  Project project(world, measure, plan);
  Move move(project, plan);

  bool is_built = co_await project.begin();
  if (is_built)
    is_built = co_await project.prepare(plan.stages);
  if (!is_built) {
    if (plan.closes_if_cancelled)
      co_await move.close_old();
    co_return;
  }
  if (plan.closes_first) {
    co_await move.close_old();
    co_await move.pause();
    co_await move.start_new();
  } else {
    co_await move.start_new();
    co_await move.close_old();
  }
  project.complete();
  project.finish();
}

} // namespace

Process Relocation::run(World& world, Index measure) const {
  return relocate(world, measure, *this);
}

Kind relocation_kind() {
  return make_kind<Relocation>("relocation", "A new plant replaces an old one elsewhere.",
                               relocation_fields(), check_relocation);
}

} // namespace lantian
