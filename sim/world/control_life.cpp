#include "world/control_life.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

//! Operating age of a control, and what it costs in efficiency.
class Wear {
public:
  //! An age beyond the renewal counts from the last one.
  Wear(const Control& spec, Duration age, Duration renewal)
      : spec_(&spec), age_(age % renewal), renewal_(renewal) {}

  //! Operating time to the next corner of the ageing curve, or to the renewal.
  Duration to_next_corner() const {
    Duration next = renewal_ - age_;
    for (const AgeingPoint& point : spec_->ageing) {
      const Duration corner = whole_seconds(std::min(point.hours * kSecondsPerHour, kLongest));
      if (corner > age_)
        next = std::min(next, corner - age_);
    }
    return next;
  }

  //! The loss over the next `length` of service from `now`; no corner may lie in between.
  Ramp loss(Time now, Duration length) const {
    return Ramp::linear(loss_at(age_), loss_at(age_ + length), now, length);
  }

  void operate(Duration length) {
    age_ += length;
    if (age_ >= renewal_)
      age_ = Duration{0};
  }

private:
  static constexpr double kSecondsPerHour = 3600;

  double loss_at(Duration age) const {
    const double hours = static_cast<double>(age.count()) / kSecondsPerHour;
    AgeingPoint last;
    for (const AgeingPoint& point : spec_->ageing) {
      if (hours < point.hours) {
        return last.loss +
               (point.loss - last.loss) * (hours - last.hours) / (point.hours - last.hours);
      }
      last = point;
    }
    return last.loss;
  }

  const Control* spec_;
  Duration age_;
  Duration renewal_; //!< Duration::max() / 2 where it is never renewed
};

Wear wear_at_start(const World& world, const Control& spec) {
  constexpr Duration kNeverRenewed = Duration::max() / 2;
  const Draw& draw = world.draw();
  const ChanceStream stream("controls." + spec.id, "age");
  const Duration renewal =
      spec.renewal ? std::max(draw.duration(*spec.renewal), Duration{1}) : kNeverRenewed;
  if (spec.age)
    return {spec, draw.duration(*spec.age), renewal};
  if (!spec.renewal || !spec.in_service)
    return {spec, Duration{0}, renewal};
  const auto at_random =
      Number::chance(Distribution::uniform(0, static_cast<double>(renewal.count())), kTime);
  return {spec, draw.duration(at_random, stream), renewal};
}

//! Works for `length`, ageing along its curve.
Process serve(World& world, Index control, Wear& wear, Duration length) {
  while (length > Duration{0}) {
    const Duration stretch = std::min(length, wear.to_next_corner());
    world.age(control, wear.loss(world.now(), stretch));
    co_await world.simulation().after(stretch);
    wear.operate(stretch);
    length -= stretch;
  }
  world.age(control, wear.loss(world.now(), Duration{0}));
}

//! After the grace time the units under a failed control stand still until it is repaired.
Process stand_still(World& world, Index control, Influence stop, Duration grace, Duration repair) {
  co_await world.simulation().after(grace);
  for (const Index source : world.blueprint().sources_under(control))
    world.scale_source(source, stop, Ramp::constant(0));
  co_await world.simulation().after(repair - grace);
  for (const Index source : world.blueprint().sources_under(control))
    world.lift_source(source, stop);
}

} // namespace

Process live(World& world, Index control) {
  const Control& spec = world.scenario().controls[control];
  const ChanceStream to_failure("controls." + spec.id, "time between failures");
  const ChanceStream to_repair("controls." + spec.id, "repair");
  const Influence stop = world.new_influence();
  Wear wear = wear_at_start(world, spec);

  if (!world.is_in_service(control))
    co_await world.commissioned(control).wait();
  if (!spec.failures) {
    co_await serve(world, control, wear, world.end() - world.now());
    co_return;
  }
  const bool ages = !spec.ageing.empty();
  const bool stops = spec.failures->on_failure == OnFailure::stop;
  for (std::uint32_t k = 0;; ++k) {
    const Duration up = world.draw().duration(spec.failures->time_between, to_failure, k);
    const Duration down = world.draw().duration(spec.failures->repair, to_repair, k);
    if (ages) {
      co_await serve(world, control, wear, up);
    } else {
      co_await world.simulation().after(up);
    }
    world.fail(control);
    if (stops && spec.failures->grace < down) {
      co_await stand_still(world, control, stop, spec.failures->grace, down);
    } else {
      co_await world.simulation().after(down);
    }
    world.repair(control);
  }
}

void spawn_controls(World& world) {
  const Table<Control>& controls = world.scenario().controls;
  for (std::size_t c = 0; c < controls.size(); ++c) {
    if (!controls[c].failures && controls[c].ageing.empty())
      continue;
    const auto control = static_cast<Index>(c);
    world.simulation().spawn("controls." + controls[c].id, world.blueprint().entity_of_control(c),
                             live(world, control));
  }
}

} // namespace lantian
