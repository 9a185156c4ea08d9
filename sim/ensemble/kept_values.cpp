#include "ensemble/kept_values.hpp"

#include "kernel/error.hpp"
#include "scenario/diagnostics.hpp"

#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

std::size_t index_in(const Layout& layout, const std::string& variable) {
  if (const auto index = layout.find(variable))
    return *index;
  std::vector<std::string> names;
  for (const Variable& known : layout.variables())
    names.push_back(known.name);
  throw UsageError(fmt::format("the scenario '{}' has no variable '{}'{}", layout.scenario(),
                               variable, did_you_mean(variable, names)));
}

} // namespace

KeptValues::KeptValues(std::vector<const Layout*> layouts, std::span<const std::string> variables)
    : kept_(layouts.size(), std::vector<std::vector<double>>(variables.size())) {
  for (const Layout* layout : layouts) {
    std::vector<std::size_t>& indices = indices_.emplace_back();
    for (const std::string& variable : variables)
      indices.push_back(index_in(*layout, variable));
  }
}

void KeptValues::write(Block block) {
  if (block.scenario >= indices_.size())
    return;
  const std::vector<std::size_t>& indices = indices_[block.scenario];
  for (std::size_t kept = 0; kept < indices.size(); ++kept) {
    const std::vector<double>& values = block.data[indices[kept]];
    std::vector<double>& to = kept_[block.scenario][kept];
    to.insert(to.end(), values.begin(), values.end());
  }
}

std::vector<double> KeptValues::take(std::size_t scenario, std::size_t variable) {
  return std::move(kept_[scenario][variable]);
}

} // namespace lantian
