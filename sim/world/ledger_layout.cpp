#include "world/ledger.hpp"

#include <map>
#include <utility>

namespace lantian {

LedgerLayout::LedgerLayout(const Blueprint& blueprint, std::vector<RollingWindow> windows)
    : blueprint_(&blueprint), windows_(std::move(windows)) {
  const Scenario& scenario = blueprint.scenario();
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> known; // in the order of sums
  for (std::size_t s = 0; s < scenario.sources.size(); ++s)
    known.emplace(std::pair{blueprint.cell(s), blueprint.clock_index(s)}, 0);
  for (auto& [key, number] : known) {
    number = groups_.size();
    groups_.push_back({key.first, key.second});
  }
  std::size_t flows = 0;
  for (std::size_t s = 0; s < scenario.sources.size(); ++s) {
    source_group_.push_back(known.at({blueprint.cell(s), blueprint.clock_index(s)}));

    flow_offset_.push_back(flows);
    outlet_offset_.push_back(outlets_.size());
    const Source& source = scenario.sources[s];
    flows += flow_count_of(blueprint, source);
    for (std::size_t o = 0; o < source.emits.size(); ++o) {
      if (is_limited(scenario, source, source.emits[o])) {
        outlets_.push_back({static_cast<Index>(s), source.emits[o].pollutant, o});
      }
    }
  }
  flow_offset_.push_back(flows);
  outlet_offset_.push_back(outlets_.size());
  if (windows_.empty())
    return;
  source_windows_.resize(scenario.sources.size());
  for (std::size_t w = 0; w < windows_.size(); ++w) {
    for (const Index s : windows_[w].sources)
      source_windows_[s].push_back(w);
  }
}

} // namespace lantian
