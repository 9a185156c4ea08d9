#include "measures/alert_response.hpp"

#include "measures/alert_episodes.hpp"
#include "measures/alert_orders.hpp"
#include "measures/project.hpp"

#include <array>
#include <string>

namespace lantian {

namespace {

//! Which alerts are announced and which hold; the highest counts.
class Alerts {
public:
  Alerts(World& world, Index measure, const AlertResponse& plan)
      : world_(world), measure_(measure), orders_(world, measure, plan) {}

  AlertOrders& orders() { return orders_; }

  void announce(const Episode& episode) {
    if (highest(announced_) == AlertLevel::none)
      orders_.open(episode.ordinal);
    ++announced_[rank(episode.level)];
    world_.log(measure_, name(episode) + " announced");
    orders_.prepare(highest(announced_), episode.begin);
  }

  void begin(const Episode& episode) {
    ++in_force_[rank(episode.level)];
    enforce();
  }

  void lift(const Episode& episode) {
    --announced_[rank(episode.level)];
    --in_force_[rank(episode.level)];
    world_.log(measure_, name(episode) + " lifted");
    orders_.prepare(highest(announced_), world_.now());
    enforce();
  }

private:
  using Counts = std::array<int, kAlertLevels>;

  static AlertLevel highest(const Counts& counts) {
    for (std::size_t level = kAlertLevels; level > 0; --level) {
      if (counts[level - 1] > 0)
        return static_cast<AlertLevel>(level);
    }
    return AlertLevel::none;
  }

  static std::string name(const Episode& episode) {
    return std::string(kAlertLevelNames[rank(episode.level)]);
  }

  void enforce() {
    const AlertLevel level = highest(in_force_);
    orders_.enforce(level);
    world_.set_alert(level);
  }

  World& world_;
  Index measure_;
  AlertOrders orders_;
  Counts announced_{}; //!< and not lifted
  Counts in_force_{};
};

Process call_alert(World& world, Alerts& alerts, Episode episode, Time lifted) {
  alerts.announce(episode);
  co_await world.simulation().until(episode.begin);
  alerts.begin(episode);
  co_await world.simulation().until(lifted);
  alerts.lift(episode);
}

//! Orders follow the plant's grade.
Process follow_grade(World& world, AlertOrders& orders, Index plant) {
  for (;;) {
    co_await world.grade_changed(plant).wait();
    orders.regrade(plant);
  }
}

Process respond(World& world, Index measure, const AlertResponse& plan) {
  Project project(world, measure, plan);
  world.reach(measure, Milestone::begun);
  project.complete();
  project.finish();

  const EntityIndex entity = world.blueprint().entity_of_measure(measure);
  Alerts alerts(world, measure, plan);
  for (const Index plant : alerts.orders().plants()) {
    world.simulation().spawn("grades under orders", entity,
                             follow_grade(world, alerts.orders(), plant));
  }
  Episodes episodes(world, measure, plan);
  for (auto episode = episodes.next(); episode; episode = episodes.next()) {
    co_await world.simulation().until(episode->announced);
    const Time lifted = saturating_add(episode->end, plan.lifted_after);
    world.simulation().spawn("alert", entity, call_alert(world, alerts, *episode, lifted));
  }
  co_await world.simulation().until(kNever); // others refer to the alerts
}

} // namespace

Process AlertResponse::run(World& world, Index measure) const {
  return respond(world, measure, *this);
}

Kind alert_response_kind() {
  return make_kind<AlertResponse>("alert_response",
                                  "Alerts of heavy pollution, and the orders that hold in them.",
                                  alert_response_fields(), check_alert_response);
}

} // namespace lantian
