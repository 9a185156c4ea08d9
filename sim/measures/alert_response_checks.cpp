// Which sources the orders of an alert response mean, and what can be said against them.

#include "measures/alert_response.hpp"
#include "measures/project_checks.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace lantian {

namespace {

template <class T> bool has(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool names(const AlertResponse::Order& order, Index index, const Source& source) {
  return has(order.sources, index) || has(order.plants, source.plant) ||
         has(order.sectors, source.sector) || has(order.processes, source.process);
}

void check_processes(const AlertResponse::Order& order, const Scenario& scenario,
                     const std::string& key, Diagnostics& diagnostics) {
  std::set<std::string> known;
  for (const Source& source : scenario.sources)
    known.insert(source.process);
  for (const std::string& process : order.processes) {
    if (known.contains(process))
      continue;
    diagnostics.error(key + ".processes", "no source has the process '" + process + "'" +
                                              did_you_mean(process, {known.begin(), known.end()}));
  }
}

void check_orders(const AlertResponse& plan, const Scenario& scenario, const std::string& key,
                  Diagnostics& diagnostics) {
  const auto sources = sources_under_orders(plan, scenario);
  std::set<std::string> ids;
  for (std::size_t o = 0; o < plan.orders.size(); ++o) {
    const AlertResponse::Order& order = plan.orders[o];
    const AlertResponse::Cuts& cuts = order.cuts;
    const std::string at = fmt::format("{}.orders[{}]", key, order.id);
    if (!ids.insert(order.id).second)
      diagnostics.error(at + ".id", "two orders are called " + order.id);
    check_processes(order, scenario, at, diagnostics);
    check_touched(sources[o], scenario, at, diagnostics);
    if (sources[o].empty()) {
      diagnostics.error(at, "names no source, or only such as an order before it names: the first "
                            "order that names a source is its order");
    }
    if (!cuts.A && !cuts.B && !cuts.C && !cuts.D && !cuts.any) {
      diagnostics.error(at + ".cuts", "cuts nothing; give at least one of A, B, C, D and any, such "
                                      "as any = { orange = 0.3, red = 0.5 }");
    }
  }
}

void check_alone(const AlertResponse& plan, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  for (const Entry& entry : scenario.measures) {
    if (entry.plan.get() == &plan)
      return; // the second of two says so
    if (dynamic_cast<const AlertResponse*>(entry.plan.get()) == nullptr)
      continue;
    diagnostics.error(key, "measures." + entry.id +
                               " calls the alerts already; there is one "
                               "alert level, so there can be but one "
                               "alert_response");
  }
}

} // namespace

std::vector<std::vector<Index>> sources_under_orders(const AlertResponse& plan,
                                                     const Scenario& scenario) {
  std::vector<std::vector<Index>> sources(plan.orders.size());
  for (std::size_t s = 0; s < scenario.sources.size(); ++s) {
    const auto index = static_cast<Index>(s);
    const auto first =
        std::find_if(plan.orders.begin(), plan.orders.end(), [&](const AlertResponse::Order& o) {
          return names(o, index, scenario.sources[s]);
        });
    if (first != plan.orders.end())
      sources[static_cast<std::size_t>(first - plan.orders.begin())].push_back(index);
  }
  return sources;
}

void check_alert_response(const AlertResponse& plan, const Scenario& scenario,
                          const std::string& key, Diagnostics& diagnostics) {
  check_alone(plan, scenario, key, diagnostics);
  check_orders(plan, scenario, key, diagnostics);
  for (std::size_t r = 0; r < plan.rules.size(); ++r) {
    if (plan.rules[r].from < scenario.end)
      continue;
    diagnostics.error(fmt::format("{}.rules[{}].from", key, r + 1),
                      fmt::format("{} lies after the end of the scenario ({})",
                                  format_time(plan.rules[r].from).substr(0, 10),
                                  format_time(scenario.end).substr(0, 10)));
  }
}

} // namespace lantian
