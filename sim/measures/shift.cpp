#include "measures/shift.hpp"

#include "measures/project_checks.hpp"

namespace lantian {

Shift::Shift(World& world, Index from, Index to, double share)
    : world_(world), from_(from), to_(to), share_(share),
      scale_(world.nominal_activity(from) / world.nominal_activity(to)),
      who_(world.new_influence()) {}

void Shift::start(Duration over) {
  const Time now = world_.now();
  world_.scale_source(from_, who_, Ramp::linear(1, 1 - share_, now, over));
  world_.add_to_source(to_, who_, Ramp::linear(0, share_ * scale_, now, over));
}

void Shift::suspend() {
  world_.lift_source(from_, who_);
  world_.lift_source(to_, who_);
}

void check_shift(Index from, Index to, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  const Source& old = scenario.sources[from];
  const Source& fresh = scenario.sources[to];
  if (old.activity.dimension() != fresh.activity.dimension()) {
    diagnostics.error(key, "the activities of sources." + old.id + " and sources." + fresh.id +
                               " are not of one dimension, so that nothing can move between them");
  }
  check_touched({from, to}, scenario, key, diagnostics);
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

} // namespace lantian
