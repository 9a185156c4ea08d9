#include "measures/alert_orders.hpp"

#include <algorithm>
#include <utility>

namespace lantian {

namespace {

//! The integral of (1 - ramp) over the clock between two instants [nominal calendar years].
double integral_of_cut(const Ramp& ceiling, const ActivityClock& clock, Time from, Time to) {
  double sum = 0;
  clock.for_each_run(from, to, [&](double rate, Time a, Time b) {
    while (a < b) {
      Time next = b;
      for (const Time corner : {ceiling.begin, ceiling.end}) {
        if (!ceiling.is_constant() && corner > a && corner < next)
          next = corner;
      }
      const double length = static_cast<double>((next - a).count());
      sum += rate * length * (1 - ceiling.at(a, length / 2)); // exact: it is straight in between
      a = next;
    }
  });
  return sum;
}

} // namespace

AlertOrders::AlertOrders(World& world, Index measure, const AlertResponse& plan)
    : world_(world), measure_(measure), plan_(plan), who_(world.new_influence()),
      making_up_(world.new_influence()) {
  if (plan.rebound) {
    share_ = world.draw().value(plan.rebound->share);
    at_ = world.draw().value(plan.rebound->at);
  }
  const auto sources = sources_under_orders(plan, world.scenario());
  terms_.reserve(plan.orders.size());
  for (std::size_t o = 0; o < plan.orders.size(); ++o) {
    const Terms& terms = terms_.emplace_back(draw_terms(plan.orders[o]));
    for (const Index s : sources[o]) {
      const Source& source = world.scenario().sources[s];
      Line& line = lines_.emplace_back();
      line.source = s;
      line.plant = source.plant;
      line.terms = &terms;
      if (terms.is_chance) {
        line.obeys =
            ChanceStream("measures." + world.scenario().measures[measure].id, "obeys " + source.id);
      }
      if (line.plant != kNone)
        plants_.push_back(line.plant);
    }
  }
  std::sort(plants_.begin(), plants_.end());
  plants_.erase(std::unique(plants_.begin(), plants_.end()), plants_.end());
}

AlertOrders::Terms AlertOrders::draw_terms(const AlertResponse::Order& order) const {
  const Draw& draw = world_.draw();
  Terms terms{};
  const AlertResponse::Cuts& cuts = order.cuts;
  const std::array<const std::optional<AlertResponse::LevelCuts>*, kGrades> by_grade = {
      &cuts.any, &cuts.A, &cuts.B, &cuts.C, &cuts.D};
  for (std::size_t g = 0; g < kGrades; ++g) {
    const auto& row = *by_grade[g] ? *by_grade[g] : cuts.any;
    if (row)
      terms.cuts[g] = {0, draw.value(row->yellow), draw.value(row->orange), draw.value(row->red)};
  }
  terms.least = draw.value(order.least);
  terms.ramp = draw.duration(order.ramp);
  terms.obeyed = draw.value(order.obeyed);
  terms.is_chance = order.obedience == AlertResponse::Obedience::chance;
  terms.rebounds = order.rebounds && share_ > 0;
  return terms;
}

//! The ceiling of a source under a grade and a level.
double AlertOrders::target(const Line& line, Grade grade, AlertLevel level) const {
  const Terms& terms = *line.terms;
  const double cut = terms.cuts[static_cast<std::size_t>(grade)][static_cast<std::size_t>(level)];
  if (cut == 0)
    return 1;
  double obeyed = terms.obeyed;
  if (line.obeys)
    obeyed = world_.draw().happens(terms.obeyed, *line.obeys, alert_) ? 1 : 0;
  return std::min(1.0, std::max(1 - cut * obeyed, terms.least));
}

void AlertOrders::prepare(AlertLevel level, Time hold) {
  if (level == prepared_)
    return;
  prepared_ = level;
  hold_ = hold;
  for (Line& line : lines_) {
    if (line.terms->ramp > Duration{0})
      move(line, level, hold);
  }
}

void AlertOrders::enforce(AlertLevel level) {
  if (level == enforced_)
    return;
  enforced_ = level;
  for (Line& line : lines_) {
    if (line.terms->ramp == Duration{0})
      move(line, level, world_.now());
  }
}

void AlertOrders::regrade(Index plant) {
  for (Line& line : lines_) {
    if (line.plant != plant)
      continue;
    if (line.terms->ramp > Duration{0}) {
      move(line, prepared_, hold_);
    } else {
      move(line, enforced_, world_.now());
    }
  }
}

//! Moves the source to what `level` orders, to be there at `hold` where there is time for it.
void AlertOrders::move(Line& line, AlertLevel level, Time hold) {
  const Grade grade = line.plant == kNone ? Grade::none : world_.grade(line.plant);
  const double to = target(line, grade, level);
  const double judged = grade == Grade::A ? target(line, plan_.unexempted_as, level) : to;
  if (line.ceiling.to == to && line.unexempted.to == judged)
    return;
  count(line);
  const Time now = world_.now();
  const Time begin = std::max(now, hold - line.terms->ramp);
  line.ceiling = Ramp::linear(line.ceiling.at(now), to, begin, line.terms->ramp);
  line.unexempted = Ramp::linear(line.unexempted.at(now), judged, begin, line.terms->ramp);
  world_.order(line.source, who_, line.ceiling, line.unexempted);
  if (to == 1 && line.owed > 0) {
    line.making_up = world_.simulation().spawn(
        "rebound", world_.blueprint().entity_of_measure(measure_), make_up(line));
  }
}

//! Counts what the present ceiling has cut so far. Opens the account where it is at full.
void AlertOrders::count(Line& line) {
  if (!line.terms->rebounds)
    return;
  stop_making_up(line);
  const Time now = world_.now();
  if (line.ceiling.is_constant() && line.ceiling.to == 1) {
    line.running = world_.share_without_orders(line.source);
  } else {
    line.owed +=
        integral_of_cut(line.ceiling, world_.blueprint().clock(line.source), line.counted, now);
  }
  line.counted = now;
}

//! Waits until the source is at full again, then runs above it until the debt is paid.
Process AlertOrders::make_up(Line& line) {
  const ActivityClock& clock = world_.blueprint().clock(line.source);
  co_await world_.simulation().until(line.ceiling.end);
  line.owed += integral_of_cut(line.ceiling, clock, line.counted, world_.now());
  line.counted = world_.now();
  line.ceiling = line.unexempted = Ramp::constant(1);
  const Time paid = clock.advance(world_.now(), line.owed * share_ / at_);
  world_.add_to_source(line.source, making_up_, Ramp::constant(line.running * at_));
  line.is_made_up = true;
  co_await world_.simulation().until(paid);
  world_.lift_source(line.source, making_up_);
  line.is_made_up = false;
  line.owed = 0;
}

//! A new alert stops the making up; what is still owed is made up after it.
void AlertOrders::stop_making_up(Line& line) {
  if (!line.making_up)
    return;
  line.making_up->cancel();
  line.making_up.reset();
  if (!std::exchange(line.is_made_up, false))
    return;
  world_.lift_source(line.source, making_up_);
  const double paid =
      at_ * world_.blueprint().clock(line.source).elapsed(line.counted, world_.now()) / share_;
  line.owed = std::max(0.0, line.owed - paid);
}

} // namespace lantian
