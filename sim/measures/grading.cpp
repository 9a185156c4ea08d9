#include "measures/grading.hpp"

#include "measures/breach.hpp"
#include "measures/project.hpp"
#include "measures/project_checks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace lantian {

namespace {

//! Grades from the best to the worst; none is worse than all.
constexpr std::array kFromBest = {Grade::A, Grade::B, Grade::C, Grade::D, Grade::none};

bool is_better(Grade a, Grade b) {
  const auto place = [](Grade grade) {
    return std::find(kFromBest.begin(), kFromBest.end(), grade) - kFromBest.begin();
  };
  return place(a) < place(b);
}

//! One grade down; D and none stay.
Grade below(Grade grade) {
  switch (grade) {
  case Grade::A:
    return Grade::B;
  case Grade::B:
    return Grade::C;
  case Grade::C:
  case Grade::D:
    return Grade::D;
  case Grade::none:
    break;
  }
  return Grade::none;
}

std::string text_of(Grade grade) {
  return std::string(kGradeNames[static_cast<std::size_t>(grade)]);
}

const FieldTable<Grading::Pass>& pass_fields() {
  using Pass = Grading::Pass;
  const auto grade = [](const char* name, const char* preset) {
    return FieldOptions{.doc =
                            std::string("Probability of being found good enough for ") + name + ".",
                        .dimension = kDimensionless,
                        .low = 0,
                        .high = 1,
                        .preset = preset};
  };
  static const auto fields = FieldTable<Pass>("pass", "What an audit finds, by grade.")
                                 .number("A", &Pass::A, grade("A", "0"))
                                 .number("B", &Pass::B, grade("B", "as A"))
                                 .number("C", &Pass::C, grade("C", "as B"));
  return fields;
}

const FieldTable<Grading::Breach>& breach_fields() {
  using Breach = Grading::Breach;
  static const auto fields =
      FieldTable<Breach>("breach", "What lowers the grade.")
          .fixed("above", &Breach::above,
                 {.doc = "Share of a month's valid hours above the limit of an outlet from which "
                         "on it is a breach.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 1,
                  .preset = "0.05"})
          .number("probation", &Breach::probation,
                  {.doc = "Time after a breach in which no audit is held.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "month",
                   .low = 0,
                   .chance = true});
  return fields;
}

const FieldTable<Grading>& grading_fields() {
  static const auto fields =
      FieldTable<Grading>("grading", "The performance grade of a plant, by audits and breaches.")
          .include(begin_fields())
          .reference("plant", &Grading::plant,
                     {.doc = "The plant that is graded; its grade at the start stands there.",
                      .required = true,
                      .table = "plants"})
          .choice("aim", &Grading::aim, {{"A", Grade::A}, {"B", Grade::B}, {"C", Grade::C}},
                  {.doc = "The grade that it strives for.", .preset = "A"})
          .number("every", &Grading::every,
                  {.doc = "From one audit to the next.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "month",
                   .low = 0,
                   .above_low = true,
                   .chance = true})
          .table("pass", &Grading::pass, pass_fields(),
                 {.doc = "Probability of passing, by grade.", .required = true})
          .table("breach", &Grading::breach, breach_fields(),
                 {.doc = "What lowers the grade; never, where it is not given."});
  return fields;
}

//! Probability of being found good enough for each of A, B and C.
std::array<double, 3> pass_probabilities(const World& world, const Grading& plan) {
  std::array<double, 3> pass{};
  double better = 0;
  const std::array given = {&plan.pass.A, &plan.pass.B, &plan.pass.C};
  for (std::size_t g = 0; g < pass.size(); ++g) {
    pass[g] = better = *given[g] ? world.draw().value(**given[g]) : better;
  }
  return pass;
}

//! The best grade up to the aim for which u suffices; none where that is no better than `now`.
Grade found(const std::array<double, 3>& pass, Grade aim, Grade now, double u) {
  for (std::size_t g = 0; g < pass.size(); ++g) {
    if (is_better(kFromBest[g], aim))
      continue;
    if (!is_better(kFromBest[g], now))
      return Grade::none;
    if (u < pass[g])
      return kFromBest[g];
  }
  return Grade::none;
}

//! Looks back on each month. `free` is when the probation is over.
Process watch(World& world, Index measure, const Grading& plan, Time& free) {
  const ChanceStream probation("measures." + world.scenario().measures[measure].id, "probation");
  std::vector<Index> limited;
  for (const Index s : world.blueprint().sources_of(plan.plant)) {
    if (!world.hours_above_limit({s}).empty())
      limited.push_back(s);
  }
  std::vector<Hours> before = world.hours_above_limit(limited);
  const TimeAxis& months = world.blueprint().months();
  for (std::size_t m = 0; m < months.size(); ++m) {
    co_await world.simulation().until(months.end(m));
    std::vector<Hours> after = world.hours_above_limit(limited);
    if (is_breach(before, after, plan.breach->above)) {
      world.log(measure, "breach, grade " + text_of(below(world.grade(plan.plant))));
      const auto month = static_cast<std::uint32_t>(m);
      free = world.now() + world.draw().duration(plan.breach->probation, probation, month);
      world.set_grade(plan.plant, below(world.grade(plan.plant)));
    }
    before = std::move(after);
  }
}

//! Holds audits for ever, whenever the grade is below the aim.
Process strive(Project& project, const Grading& plan, const Time& free) {
  World& world = project.world();
  const ChanceStream audits = project.stream("audit");
  const ChanceStream pauses = project.stream("every");
  const std::array<double, 3> pass = pass_probabilities(world, plan);
  static const Number uniform = Number::chance(Distribution::uniform(0, 1), {});
  Time due = world.now();
  for (std::uint32_t k = 0;; ++k) {
    while (!is_better(plan.aim, world.grade(plan.plant))) {
      if (world.record(project.measure()).state != MeasureState::done) {
        project.complete();
        project.finish();
      }
      co_await world.grade_changed(plan.plant).wait();
    }
    while (world.now() < std::max(due, free))
      co_await project.wait(Cause::permits, std::max(due, free) - world.now());
    due = saturating_add(world.now(),
                         std::max(world.draw().duration(plan.every, pauses, k), Duration{1}));
    const double u = world.draw().sample(uniform, audits, k);
    const Grade grade = found(pass, plan.aim, world.grade(plan.plant), u);
    world.log(project.measure(), grade == Grade::none ? std::string("audit failed")
                                                      : "audit passed: grade " + text_of(grade));
    if (grade != Grade::none)
      world.set_grade(plan.plant, grade);
  }
}

Process grade(World& world, Index measure, const Grading& plan) {
  Time free = Time::min();
  if (plan.breach) {
    world.simulation().spawn("measures." + world.scenario().measures[measure].id + ".watch",
                             world.blueprint().entity_of_measure(measure),
                             watch(world, measure, plan, free));
  }
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (goes_ahead)
    co_await strive(project, plan, free);
  co_await world.simulation().until(kNever); // the watch goes on, and refers to the probation
}

void check_pass(const Grading& plan, const Scenario& scenario, const std::string& key,
                Diagnostics& diagnostics) {
  const std::vector<Bounds> bounds = parameter_bounds(scenario);
  const std::array given = {&plan.pass.A, &plan.pass.B, &plan.pass.C};
  const Number* better = nullptr;
  for (std::size_t g = 0; g < given.size(); ++g) {
    if (!*given[g])
      continue;
    const Number& pass = **given[g];
    if (better && pass.is_constant() && better->is_constant() &&
        pass.bounds(bounds).low < better->bounds(bounds).low) {
      diagnostics.error(key + ".pass." + text_of(kFromBest[g]),
                        "is below the probability for a better grade: whoever is good enough for "
                        "that is good enough for this");
    }
    better = &pass;
  }
  if (!better)
    diagnostics.error(key + ".pass", "gives no probability, such as pass.A = 0.7");
}

void check_grading(const Grading& plan, const Scenario& scenario, const std::string& key,
                   Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  check_pass(plan, scenario, key, diagnostics);
  for (const Entry& entry : scenario.measures) {
    const auto* other = dynamic_cast<const Grading*>(entry.plan.get());
    if (other == &plan)
      break; // the second of two says so
    if (other && other->plant == plan.plant)
      diagnostics.error(key + ".plant", "measures." + entry.id + " grades this plant already");
  }
  const bool is_limited_plant =
      std::any_of(scenario.sources.begin(), scenario.sources.end(), [&](const Source& source) {
        return source.plant == plan.plant &&
               std::any_of(source.emits.begin(), source.emits.end(), [&](const EmissionFactor& e) {
                 return is_limited(scenario, source, e);
               });
      });
  if (plan.breach && !is_limited_plant) {
    diagnostics.error(key + ".breach", "no outlet of plants." + scenario.plants[plan.plant].id +
                                           " has a limit, so that nothing can be a breach");
  }
}

} // namespace

Process Grading::run(World& world, Index measure) const {
  return grade(world, measure, *this);
}

Kind grading_kind() {
  return make_kind<Grading>("grading", "The performance grade of a plant, by audits and breaches.",
                            grading_fields(), check_grading);
}

} // namespace lantian
