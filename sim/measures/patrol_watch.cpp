#include "measures/patrol_watch.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

const Calendar* calendar_of(const World& world, const Patrol::Rounds& rounds) {
  return rounds.calendar == kNone ? nullptr : &world.scenario().calendars[rounds.calendar].calendar;
}

Duration drawn(const Draw& draw, const std::optional<Number>& length, ChanceStream stream,
               std::uint32_t k) {
  return length ? draw.duration(*length, stream, k) : Duration{0};
}

} // namespace

Route::Route(const Calendar* calendar, Time begin, double period, std::uint32_t sites)
    : calendar_(calendar), begin_(begin), period_(period), sites_(sites) {
  if (calendar_ && !calendar_->is_open(begin_))
    begin_ = calendar_->next_change(begin_);
}

double Route::open_time(Time to) const {
  if (to <= begin_)
    return 0;
  return seconds(calendar_ ? calendar_->open_between(begin_, to) : to - begin_);
}

//! How many of the open times offset, offset + step, ... fall before `time`. The one that falls on
//! the last instant of a season is over while the calendar is closed.
double Route::steps_done(Time time, double offset, double step) const {
  if (time <= begin_)
    return 0;
  const double steps = (open_time(time) - offset) / step;
  const bool is_resting = calendar_ && !calendar_->is_open(time);
  return std::max(is_resting ? std::floor(steps) + 1 : std::ceil(steps), 0.0);
}

Time Route::visit(std::uint32_t site, double count, Time from) const {
  const double offset = period_ * (site / sites_);
  const double open = std::ceil(offset + period_ * (steps_done(from, offset, period_) + count));
  constexpr double kTooLong = 1e11; // more than 3,000 years
  if (!(open < kTooLong) || begin_ == kNever)
    return kNever;
  const Duration length = whole_seconds(open);
  return std::max(from, calendar_ ? calendar_->advance(begin_, length) : begin_ + length);
}

double Route::visits_before(Time time) const {
  return steps_done(time, 0, period_ / sites_);
}

PatrolWatch::PatrolWatch(Project& project, const Patrol& plan, Index row)
    : draw_(project.world().draw()), row_(project.world().scenario().arrivals[row].id),
      deterrence_(plan.deterrence ? draw_.value(*plan.deterrence) : 0),
      until_(plan.until.value_or(kNever)), deterred_(project.stream(row_ + " deterrence")) {
  const World& world = project.world();
  if (plan.rounds) {
    route_.emplace(calendar_of(world, *plan.rounds), world.now(), draw_.value(plan.rounds->every),
                   static_cast<std::uint32_t>(world.scenario().arrivals[row].sites));
    ways_.push_back(way(project, plan.rounds->detects, "rounds", nullptr, &plan.rounds->response));
  }
  for (const Patrol::Detection& detection : plan.detections) {
    ways_.push_back(
        way(project, detection.detects, detection.id, &detection.delay, &detection.response));
  }
}

PatrolWatch::Way PatrolWatch::way(const Project& project, const Detectability& detects,
                                  const std::string& what, const std::optional<Number>* delay,
                                  const std::optional<Number>* response) const {
  Eye eye;
  if (detects.by_size) {
    eye.half = draw_.value(detects.by_size->half) / kSecondsPerYear;
    eye.slope = draw_.value(detects.by_size->slope);
  } else {
    eye.probability = draw_.value(*detects.probability);
  }
  const std::string purpose = row_ + " " + what + " ";
  return {eye,
          delay,
          response,
          project.stream(purpose + "detection"),
          project.stream(purpose + "delay"),
          project.stream(purpose + "response")};
}

double PatrolWatch::Eye::sees(const Occurrence& occurrence) const {
  if (half == 0)
    return probability;
  return occurrence.rate > 0 ? 1 / (1 + std::pow(half / occurrence.rate, slope)) : 0.0;
}

bool PatrolWatch::prevents(const Occurrence& occurrence) const {
  return occurrence.begin < until_ && draw_.happens(deterrence_, deterred_, occurrence.ordinal);
}

Time PatrolWatch::ends(const Occurrence& occurrence, Time from) const {
  Time end = kNever;
  for (const Way& way : ways_) {
    const Time found =
        way.delay ? detected(way, occurrence, from) : found_on_rounds(occurrence, from);
    if (found < std::min(occurrence.end, until_))
      end = std::min(end, over(way, occurrence, found));
  }
  return end < occurrence.end ? end : kNever;
}

//! The visit that detects it: so many are in vain as the geometric distribution has at its uniform.
Time PatrolWatch::found_on_rounds(const Occurrence& occurrence, Time from) const {
  const Way& way = ways_.front();
  const double p = way.eye.sees(occurrence);
  if (p <= 0)
    return kNever;
  const double u = draw_.uniform(way.luck, occurrence.ordinal);
  const double in_vain = p < 1 ? std::floor(std::log1p(-u) / std::log1p(-p)) : 0.0;
  return route_->visit(occurrence.site, in_vain, from);
}

Time PatrolWatch::detected(const Way& way, const Occurrence& occurrence, Time from) const {
  if (!draw_.happens(way.eye.sees(occurrence), way.luck, occurrence.ordinal))
    return kNever;
  return saturating_add(from, drawn(draw_, *way.delay, way.delays, occurrence.ordinal));
}

Time PatrolWatch::over(const Way& way, const Occurrence& occurrence, Time found) const {
  return saturating_add(found, drawn(draw_, *way.response, way.responses, occurrence.ordinal));
}

} // namespace lantian
