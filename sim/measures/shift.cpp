#include "measures/shift.hpp"

#include "measures/measure.hpp"
#include "measures/project_checks.hpp"

#include <fmt/format.h>

namespace lantian {

Shift::Shift(World& world, Index from, Index to, double share)
    : world_(world), from_(from), to_(to), share_(share),
      scale_(to == kNone ? 0 : world.nominal_activity(from) / world.nominal_activity(to)),
      who_(world.new_influence()) {}

void Shift::move(Ramp share, double still) {
  world_.move_away(from_, who_, {share.from + still, share.to + still, share.begin, share.end});
  if (to_ == kNone)
    return;
  world_.add_to_source(to_, who_, {share.from * scale_, share.to * scale_, share.begin, share.end});
}

void Shift::suspend() {
  world_.lift_source(from_, who_);
  if (to_ != kNone)
    world_.lift_source(to_, who_);
}

namespace {

//! Occurrences that come at random do not move with the nominal activity.
void check_arrivals(Index from, const Scenario& scenario, const std::string& key,
                    Diagnostics& diagnostics) {
  for (const ArrivalsRow& row : scenario.arrivals) {
    if (row.source != from)
      continue;
    diagnostics.error(key, "what comes at random to sources." + scenario.sources[from].id +
                               " (arrivals." + row.id + ") would vanish, not move there");
  }
}

} // namespace

void check_shift(Index from, Index to, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  const Source& old = scenario.sources[from];
  const Source& fresh = scenario.sources[to];
  if (old.activity.dimension() != fresh.activity.dimension()) {
    diagnostics.error(key, "the activities of sources." + old.id + " and sources." + fresh.id +
                               " are not of one dimension, so that nothing can move between them");
  }
  check_touched({from, to}, scenario, key, diagnostics);
  check_arrivals(from, scenario, key, diagnostics);
  if (old.profile != fresh.profile || old.trend != fresh.trend) {
    diagnostics.error(key, "sources." + old.id + " and sources." + fresh.id +
                               " are spread over the time differently (profile or trend), so that "
                               "what moves would not stay the same in total");
  }
  if (fresh.activity.bounds(parameter_bounds(scenario)).low <= 0) {
    diagnostics.error(key, "the activity of sources." + fresh.id +
                               " must be above 0: it is the scale on which it takes over");
  }
  if (from == to)
    diagnostics.error(key, "is the same source as it comes from");
  const bool is_idle = fresh.idle || (fresh.plant != kNone && scenario.plants[fresh.plant].idle);
  if (!is_idle) {
    diagnostics.error(key, "sources." + fresh.id +
                               " already runs; what moves to it would be counted on top. Set "
                               "idle = true there");
  }
}

void check_moved_shares(Index from, const Scenario& scenario, const std::string& key,
                        Diagnostics& diagnostics) {
  constexpr double kRounding = 1e-9;
  const std::string rest = key.substr(key.find('.') + 1);
  const std::string blamed = rest.substr(0, rest.find('.'));
  double sum = 0;
  for (const Entry& entry : scenario.measures) {
    const double before = sum;
    if (!entry.plan)
      continue; // could not be read
    sum += static_cast<const MeasurePlan&>(*entry.plan).most_moved(from, scenario);
    if (sum <= 1 + kRounding || before > 1 + kRounding || entry.id != blamed)
      continue;
    diagnostics.error(key, fmt::format("with this measure up to {:.4g} of sources.{} may move "
                                       "away, more than there is; others move up to {:.4g} of it",
                                       sum, scenario.sources[from].id, before));
  }
}

} // namespace lantian
