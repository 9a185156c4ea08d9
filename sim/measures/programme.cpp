#include "measures/programme.hpp"

#include "measures/project.hpp"
#include "measures/shift.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace lantian {

namespace {

//! The items of one replication: who is next, what is done, and what that makes of the sources.
class Items {
public:
  Items(const Project& project, const Programme& plan, World& world)
      : world_(world), measure_(project.measure()), plan_(plan), work_(project.stream("work")),
        cost_(project.stream("cost")), shift_(world, plan.from, plan.to) {
    const ChanceStream size = project.stream("size");
    sizes_.reserve(plan.item_count());
    for (std::uint32_t k = 0; k < plan.item_count(); ++k) {
      sizes_.push_back(plan.items.empty() ? world.draw().sample(*plan.size, size, k)
                                          : world.draw().value(plan.items[k].size));
    }
    total_ = std::accumulate(sizes_.begin(), sizes_.end(), 0.0);
    put_in_order(project.stream("order"));
  }
  Items(const Items&) = delete;
  Items& operator=(const Items&) = delete;

  bool is_empty() const { return next_ == order_.size(); }
  //! The next item.
  std::uint32_t take() { return order_[next_++]; }

  //! Working time of item k.
  Duration length(std::uint32_t k) const {
    const Draw& draw = world_.draw();
    if (!plan_.items.empty() && plan_.items[k].duration)
      return draw.duration(*plan_.items[k].duration, work_, k);
    if (plan_.work)
      return draw.duration(*plan_.work, work_, k);
    // per something with a unit a time is in calendar years
    const double unit = is_duration(plan_.work_per_size->dimension()) ? 1 : kSecondsPerYear;
    return whole_seconds(
        std::min(draw.sample(*plan_.work_per_size, work_, k) * sizes_[k] * unit, kLongest));
  }
  //! What item k costs [CNY].
  double cost(std::uint32_t k) const {
    if (plan_.cost)
      return world_.draw().sample(*plan_.cost, cost_, k);
    if (!plan_.cost_per_size)
      return 0;
    return world_.draw().sample(*plan_.cost_per_size, cost_, k) * sizes_[k];
  }

  void begin(std::uint32_t k) {
    if (!plan_.stops)
      return;
    still_ += sizes_[k];
    ++stopped_;
    take_effect();
  }
  void finish(std::uint32_t k) {
    ++done_;
    done_size_ += sizes_[k];
    if (plan_.stops) {
      --stopped_;
      still_ = stopped_ == 0 ? 0 : still_ - sizes_[k];
    }
    take_effect();
    world_.advance(measure_, done_share());
    if (world_.keeps_log() && !plan_.items.empty())
      world_.log(measure_, "item " + plan_.items[k].id + " ends");
  }
  //! From now on so much of what is done does not work.
  void relapse(double share) {
    relapsed_ = share;
    take_effect();
  }

private:
  //! Exactly all when the last one is done, whatever the rounding of the sums.
  double done_share() const { return done_ == sizes_.size() ? 1 : done_size_ / total_; }

  void take_effect() {
    const double done = done_share();
    const bool all_are_begun = done_ + stopped_ == sizes_.size();
    const double still = all_are_begun ? 1 - done : still_ / total_;
    shift_.move(Ramp::constant(done * (1 - relapsed_)), still);
  }

  void put_in_order(ChanceStream chance) {
    order_.resize(sizes_.size());
    std::iota(order_.begin(), order_.end(), 0U);
    const auto sort_by = [this](auto rank) {
      std::stable_sort(order_.begin(), order_.end(),
                       [&](std::uint32_t a, std::uint32_t b) { return rank(a) < rank(b); });
    };
    switch (plan_.order) {
    case Programme::Order::given:
      if (!plan_.items.empty())
        sort_by([this](std::uint32_t k) { return plan_.items[k].turn; });
      break;
    case Programme::Order::largest_first:
      sort_by([this](std::uint32_t k) { return -sizes_[k]; });
      break;
    case Programme::Order::random: {
      std::vector<double> lots(sizes_.size());
      for (std::uint32_t k = 0; k < lots.size(); ++k)
        lots[k] = world_.draw().uniform(chance, k);
      sort_by([&](std::uint32_t k) { return lots[k]; });
    }
    }
  }

  World& world_;
  Index measure_;
  const Programme& plan_;
  ChanceStream work_;
  ChanceStream cost_;
  Shift shift_;
  std::vector<double> sizes_;
  double total_ = 0;
  std::vector<std::uint32_t> order_;
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  double done_size_ = 0;
  std::size_t stopped_ = 0; //!< items that stand still
  double still_ = 0;        //!< their size
  double relapsed_ = 0;     //!< share of what is done that does not work now
};

//! A gang takes one item after another until there are none.
Process work_off(Project gang, const Programme& plan, Items& items) {
  while (!items.is_empty()) {
    const std::uint32_t k = items.take();
    const TakeEffect begins = [&items, k](Duration) { items.begin(k); };
    co_await gang.do_piece(plan.piece, items.length(k), items.cost(k), begins);
    items.finish(k);
  }
}

//! How many items can go on at the same time: with more, some would only queue for crews.
std::size_t gangs_of(const World& world, const Programme& plan) {
  auto most = static_cast<double>(plan.item_count());
  if (plan.at_once > 0)
    most = std::min(most, static_cast<double>(plan.at_once));
  for (const CrewNeed& need : plan.piece.crews) {
    const double each = world.draw().value(need.amount);
    const ResourceRow& crews = world.scenario().resources[need.resource];
    const auto there = static_cast<double>(crews.final_capacity());
    if (each > 0)
      most = std::min(most, std::floor(there / each + 1e-9));
  }
  return static_cast<std::size_t>(std::max(most, 1.0));
}

//! Runs all gangs side by side until the last item is done.
Process work_off_all(Project& project, const Programme& plan, Items& items) {
  World& world = project.world();
  const std::string name = "measures." + world.scenario().measures[project.measure()].id + ".gang";
  const EntityIndex entity = world.blueprint().entity_of_measure(project.measure());
  const std::size_t count = gangs_of(world, plan);
  project.reserve_limbs(count);
  std::vector<ProcessHandle> gangs;
  for (std::size_t g = 0; g < count; ++g) {
    gangs.push_back(
        world.simulation().spawn(name, entity, work_off(project.limb("gang", g), plan, items)));
  }
  for (ProcessHandle& gang : gangs)
    co_await gang.done();
}

//! Out of season a share of what is done does not work.
Process relapse(World& world, const Programme::Relapse& plan, Items& items) {
  const Calendar& season = world.scenario().calendars[plan.calendar].calendar;
  const double share = world.draw().value(plan.share);
  for (;;) {
    items.relapse(season.is_open(world.now()) ? 0 : share);
    co_await world.simulation().until(season.next_change(world.now()));
  }
}

Process programme(World& world, Index measure, const Programme& plan) {
  Project project(world, measure, plan);
  const bool goes_ahead = co_await project.begin();
  if (!goes_ahead)
    co_return;
  const bool is_prepared = co_await project.prepare(plan.stages);
  if (!is_prepared)
    co_return;

  Items items(project, plan, world);
  if (plan.relapse) {
    const std::string name = "measures." + world.scenario().measures[measure].id + ".relapse";
    world.simulation().spawn(name, world.blueprint().entity_of_measure(measure),
                             relapse(world, *plan.relapse, items));
  }
  co_await work_off_all(project, plan, items);
  project.complete();
  project.finish();

  co_await world.simulation().until(kNever); // what is done goes on to follow the seasons
}

} // namespace

Process Programme::run(World& world, Index measure) const {
  return programme(world, measure, *this);
}

Kind programme_kind() {
  return make_kind<Programme>("programme", "Many small items are worked off one by one.",
                              programme_fields(), check_programme);
}

} // namespace lantian
