#include "ensemble/receptors.hpp"

#include "ensemble/transfer.hpp"
#include "world/segment.hpp"

#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

//! What emits a pollutant. What is not captured leaves at the height of works halls; a source
//! without a height of release has none for either.
std::vector<Receptors::Outlet> outlets_of(const Scenario& scenario, Index pollutant) {
  std::vector<Receptors::Outlet> outlets;
  for (std::size_t s = 0; s < scenario.sources.size(); ++s) {
    const Source& source = scenario.sources[s];
    const double fugitive =
        std::isnan(source.release_height) ? kUnknown : scenario.dispersion->fugitive_height;
    std::size_t flow = 0;
    for (const EmissionFactor& emits : source.emits) {
      const bool is_mine = emits.pollutant == pollutant;
      if (is_mine)
        outlets.push_back({s, flow, source.release_height});
      if (is_mine && emits.raw)
        outlets.push_back({s, flow + 1, fugitive});
      flow += emits.raw ? 2 : 1;
    }
  }
  return outlets;
}

//! Sources that are not known at a receptor, by the reason.
using SourcesByGap = std::map<std::pair<Index, Gap>, std::set<std::size_t>>;

Receptors::PollutantMatrix matrix_of(const Scenario& scenario, const TransferModel& model,
                                     Index pollutant, SourcesByGap& gaps) {
  Receptors::PollutantMatrix matrix{pollutant, outlets_of(scenario, pollutant), {}};
  std::vector<Eigen::Triplet<double>> known;
  for (Index receptor = 0; receptor < scenario.receptors.size(); ++receptor) {
    for (std::size_t column = 0; column < matrix.outlets.size(); ++column) {
      const Receptors::Outlet& outlet = matrix.outlets[column];
      const EmissionPoint point{&scenario.sources[outlet.source], static_cast<Index>(outlet.source),
                                pollutant, outlet.height};
      const TransferEffect effect = model.effect(point, receptor);
      if (effect.value)
        known.emplace_back(static_cast<int>(receptor), static_cast<int>(column), *effect.value);
      else
        gaps[{receptor, effect.gap}].insert(outlet.source);
    }
  }
  matrix.transfer.resize(static_cast<int>(scenario.receptors.size()),
                         static_cast<int>(matrix.outlets.size()));
  matrix.transfer.setFromTriplets(known.begin(), known.end());
  return matrix;
}

std::vector<std::string> sentences_of(const Scenario& scenario,
                                      const SourcesByGap& sources_by_gap) {
  std::vector<std::string> sentences;
  for (const auto& [where, sources] : sources_by_gap) {
    sentences.push_back(fmt::format(
        "receptors.{}: {} of {} sources {}", scenario.receptors[where.first].id, sources.size(),
        scenario.sources.size(), kGapTexts[static_cast<std::size_t>(where.second)]));
  }
  return sentences;
}

} // namespace

Receptors::Receptors(const LedgerLayout& layout) : layout_(&layout) {
  const Scenario& scenario = layout.blueprint().scenario();
  if (!scenario.dispersion)
    return;
  const TimeAxis& years = layout.blueprint().years();
  for (std::size_t y = 0; y < years.size(); ++y) {
    const Time begin = year_start(years.begin(y));
    const Duration whole = next_boundary(begin, Interval::year) - begin;
    year_parts_.push_back(seconds(years.end(y) - years.begin(y)) / seconds(whole));
  }
  const TransferModel model(scenario);
  SourcesByGap sources_by_gap;
  for (const Index pollutant : scenario.dispersion->pollutants)
    pollutants_.push_back(matrix_of(scenario, model, pollutant, sources_by_gap));
  gaps_ = sentences_of(scenario, sources_by_gap);
}

Receptors::Air Receptors::air(const PollutantMatrix& matrix, std::size_t receptor,
                              const Books& books, std::size_t year) const {
  const auto emission = [&](const Outlet& outlet) {
    return books.sources[layout_->place(outlet.source, outlet.flow, year)];
  };
  double all = 0;
  for (const Outlet& outlet : matrix.outlets)
    all += emission(outlet);
  double known = 0;
  double sum = 0;
  using Row = Eigen::SparseMatrix<double, Eigen::RowMajor>::InnerIterator;
  for (Row entry(matrix.transfer, static_cast<int>(receptor)); entry; ++entry) {
    const double amount = emission(matrix.outlets[static_cast<std::size_t>(entry.col())]);
    known += amount;
    sum += entry.value() * amount;
  }
  if (all <= 0)
    return {};
  return {known > 0 ? sum / year_parts_[year] : kUnknown, known / all};
}

} // namespace lantian
