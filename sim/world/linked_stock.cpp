#include "world/linked_stock.hpp"

#include "world/stock.hpp"

#include <algorithm>

namespace lantian {

namespace {

StockPlan plan_of(const World& world, Index source) {
  const Feed& feeds = *world.scenario().sources[source].feeds;
  const double made = world.nominal_activity(source);
  const double used = world.nominal_activity(feeds.unit);
  const double ratio = feeds.ratio ? world.draw().value(*feeds.ratio) : made / used;
  const double bought_besides = std::max(1.0, ratio * used / made);
  StockPlan plan;
  plan.inflows = {{source, bought_besides}};
  plan.outflow = {feeds.unit, ratio};
  plan.most = world.draw().value(feeds.stock) / kSecondsPerYear * ratio * used;
  plan.content = plan.most;
  return plan;
}

Process feed(World& world, Index source, std::string name, EntityIndex entity) {
  Stock stock(world, plan_of(world, source), std::move(name), entity);
  co_await keep(world, stock);
}

} // namespace

void spawn_links(World& world) {
  const Table<Source>& sources = world.scenario().sources;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    if (!sources[s].feeds)
      continue;
    const std::string name = "sources." + sources[s].id + ".feeds";
    const EntityIndex entity = world.blueprint().entity_of_source(s);
    world.simulation().spawn(name, entity, feed(world, static_cast<Index>(s), name, entity));
  }
}

} // namespace lantian
