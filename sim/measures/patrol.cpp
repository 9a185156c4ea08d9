#include "measures/patrol.hpp"

#include "measures/patrol_watch.hpp"
#include "measures/project.hpp"
#include "measures/project_checks.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include <fmt/format.h>

namespace lantian {

namespace {

const FieldTable<Detectability::BySize>& by_size_fields() {
  using BySize = Detectability::BySize;
  static const auto fields =
      FieldTable<BySize>("by_size", "Probability of detection as a curve of the occurrence's flow: "
                                    "1/(1 + (half/flow)^slope).")
          .number("half", &BySize::half,
                  {.doc = "Flow of which half is detected, as the source's activity per time.",
                   .required = true,
                   .unit = "kg/h",
                   .low = 0,
                   .above_low = true})
          .number("slope", &BySize::slope,
                  {.doc = "How steeply the probability grows with the logarithm of the flow.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .above_low = true,
                   .preset = "1"});
  return fields;
}

const FieldTable<Detectability>& detectability_fields() {
  static const auto fields =
      FieldTable<Detectability>("detectability", "How surely an occurrence is detected.")
          .number("probability", &Detectability::probability,
                  {.doc = "Probability of detecting an occurrence that is there.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1})
          .table("by_size", &Detectability::by_size, by_size_fields(),
                 {.doc = "The same, growing with the occurrence's flow."})
          .exactly_one({"probability", "by_size"});
  return fields;
}

const FieldTable<Patrol::Rounds>& round_fields() {
  using Rounds = Patrol::Rounds;
  static const auto fields =
      FieldTable<Rounds>("rounds", "Rounds that visit every site once in each period.")
          .number("every", &Rounds::every,
                  {.doc = "Period of a round; it counts only while the calendar is open.",
                   .required = true,
                   .dimension = kTime,
                   .unit = "day",
                   .low = 0,
                   .above_low = true})
          .reference("calendar", &Rounds::calendar,
                     {.doc = "When they go.", .preset = "always", .table = "calendars"})
          .include(detectability_fields(), &Rounds::detects)
          .number("response", &Rounds::response,
                  {.doc = "Time from detection to the end.",
                   .dimension = kTime,
                   .unit = "day",
                   .low = 0,
                   .preset = "0 s",
                   .chance = true})
          .number("cost", &Rounds::cost,
                  {.doc = "Operating cost of a visit to a site.",
                   .dimension = kMoney,
                   .unit = "CNY",
                   .low = 0});
  return fields;
}

const FieldTable<Patrol::Detection>& detection_fields() {
  using Detection = Patrol::Detection;
  static const auto fields =
      FieldTable<Detection>("detection", "A way of being found beside the rounds: a camera, a "
                                         "complaint. It detects an occurrence once or never.")
          .id("id", &Detection::id, {.doc = "Name of it.", .required = true})
          .include(detectability_fields(), &Detection::detects)
          .number("delay", &Detection::delay,
                  {.doc = "Time from the beginning to the detection.",
                   .dimension = kTime,
                   .unit = "h",
                   .low = 0,
                   .preset = "0 s",
                   .chance = true})
          .number("response", &Detection::response,
                  {.doc = "Time from detection to the end.",
                   .dimension = kTime,
                   .unit = "h",
                   .low = 0,
                   .preset = "0 s",
                   .chance = true});
  return fields;
}

const FieldTable<Patrol>& patrol_fields() {
  static const auto fields =
      FieldTable<Patrol>("patrol", "Random occurrences are deterred, or found and ended.")
          .include(project_fields())
          .references("arrivals", &Patrol::arrivals,
                      {.doc = "What it looks for.", .required = true, .table = "arrivals"})
          .number("deterrence", &Patrol::deterrence,
                  {.doc = "Share of the occurrences that do not happen any more.",
                   .dimension = kDimensionless,
                   .low = 0,
                   .high = 1,
                   .preset = "0"})
          .table("rounds", &Patrol::rounds, round_fields(), {.doc = "Rounds from site to site."})
          .tables("detections", &Patrol::detections, detection_fields(),
                  {.doc = "Other ways of being found."})
          .date("until", &Patrol::until, {.doc = "When it is over.", .preset = "never"});
  return fields;
}

// ---- what can be said against it

void check_curve(const Patrol& plan, const Detectability& detects, const Scenario& scenario,
                 const std::string& key, Diagnostics& diagnostics) {
  if (!detects.by_size)
    return;
  for (const Index row : plan.arrivals) {
    const Source& source = scenario.sources[scenario.arrivals[row].source];
    if (detects.by_size->half.dimension() == source.activity.dimension())
      continue;
    diagnostics.error(
        key + ".by_size.half",
        fmt::format("is {}; arrivals.{} flows as {}", describe(detects.by_size->half.dimension()),
                    scenario.arrivals[row].id, describe(source.activity.dimension())));
  }
}

void check_detections(const Patrol& plan, const Scenario& scenario, const std::string& key,
                      Diagnostics& diagnostics) {
  std::set<std::string> ids;
  for (const Patrol::Detection& detection : plan.detections) {
    const std::string at = fmt::format("{}.detections[{}]", key, detection.id);
    if (detection.id == "rounds" || !ids.insert(detection.id).second) {
      diagnostics.error(at + ".id",
                        fmt::format("two ways of being found are called {}", detection.id));
    }
    check_curve(plan, detection.detects, scenario, at, diagnostics);
  }
  if (plan.rounds)
    check_curve(plan, plan.rounds->detects, scenario, key + ".rounds", diagnostics);
}

void check_rows(const Patrol& plan, const Scenario& scenario, const std::string& key,
                Diagnostics& diagnostics) {
  if (plan.arrivals.empty())
    diagnostics.error(key + ".arrivals", "names nothing to look for");
  std::set<Index> seen;
  for (const Index row : plan.arrivals) {
    if (!seen.insert(row).second)
      diagnostics.error(key + ".arrivals", scenario.arrivals[row].id + " is named twice");
    check_touched({scenario.arrivals[row].source}, scenario, key + ".arrivals", diagnostics);
  }
}

//! When each visit falls is known from the first day on, which an alert would upset.
void check_calendar(const Patrol& plan, const Scenario& scenario, const std::string& key,
                    Diagnostics& diagnostics) {
  if (!plan.rounds || plan.rounds->calendar == kNone)
    return;
  const CalendarRow& calendar = scenario.calendars[plan.rounds->calendar];
  if (!calendar.stopped_by_alerts.empty()) {
    diagnostics.error(key + ".rounds.calendar",
                      fmt::format("{} rests in alerts, and rounds do not: name a calendar without "
                                  "stopped_by_alerts",
                                  calendar.id));
  }
}

void check_patrol(const Patrol& plan, const Scenario& scenario, const std::string& key,
                  Diagnostics& diagnostics) {
  check_project(plan, scenario, key, diagnostics);
  check_rows(plan, scenario, key, diagnostics);
  check_detections(plan, scenario, key, diagnostics);
  check_calendar(plan, scenario, key, diagnostics);
  if (!plan.deterrence && !plan.rounds && plan.detections.empty()) {
    diagnostics.error(key, "neither deters nor finds anything: give deterrence, rounds or "
                           "detections");
  }
  for (const Stage& stage : plan.stages) {
    if (stage.effect == Effect::ramp) {
      diagnostics.error(fmt::format("{}.stages[{}].effect", key, stage.id),
                        "a patrol goes into service at once: say step");
    }
  }
  if (plan.until && *plan.until <= plan.start) {
    diagnostics.error(key + ".until", fmt::format("{} does not lie after the start ({})",
                                                  format_time(*plan.until).substr(0, 10),
                                                  format_time(plan.start).substr(0, 10)));
  }
}

// ---- its life

//! A patrol in service: it watches every row that it looks for, and its visits are paid.
class Service {
public:
  Service(Project& project, const Patrol& plan) : project_(project), plan_(plan) {
    for (const Index row : plan.arrivals)
      world().arrivals(row).watch(watches_.emplace_back(project, plan, row));
    if (plan.rounds && plan.rounds->cost)
      pay_visits();
  }
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

private:
  World& world() const { return project_.world(); }
  Time end() const { return std::min(plan_.until.value_or(kNever), world().end()); }

  //! When each visit falls is known from the first day on. Rows have their sites in common: that
  //! with the most sites says how many there are.
  void pay_visits() {
    std::int64_t sites = 1;
    for (const Index row : plan_.arrivals)
      sites = std::max(sites, world().scenario().arrivals[row].sites);
    const Patrol::Rounds& rounds = *plan_.rounds;
    const Route route(
        rounds.calendar == kNone ? nullptr
                                 : &world().scenario().calendars[rounds.calendar].calendar,
        world().now(), world().draw().value(rounds.every), static_cast<std::uint32_t>(sites));
    const double cost = world().draw().value(*rounds.cost);
    for_each_interval(world().blueprint().intervals(), world().now(), end(),
                      [&](std::size_t, Time a, Time b) {
                        const double visits = route.visits_before(b) - route.visits_before(a);
                        world().ledger().pay(project_.measure(), visits * cost, a);
                      });
  }

  Project& project_;
  const Patrol& plan_;
  std::deque<PatrolWatch> watches_;
};

Process patrol(World& world, Index measure, const Patrol& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead)
    co_return;

  std::optional<Service> service;
  const Time until = plan.until.value_or(kNever);
  const TakeEffect effect = [&](Duration) {
    if (world.now() < until)
      service.emplace(project, plan);
  };
  const bool is_built = co_await project.carry_out(plan.stages, effect);
  if (!is_built)
    co_return;
  project.complete(until);
  project.finish();

  co_await world.simulation().until(until);
  service.reset();
  world.log(measure, "patrol ends");
}

} // namespace

Process Patrol::run(World& world, Index measure) const {
  return patrol(world, measure, *this);
}

Kind patrol_kind() {
  return make_kind<Patrol>("patrol", "Random occurrences are deterred, or found and ended.",
                           patrol_fields(), check_patrol);
}

} // namespace lantian
