#include "ensemble/transfer.hpp"

#include <cmath>

namespace lantian {

namespace {

//! The origins of a row, nearest first.
std::array<Index, 4> origins_of(const Transfer& row) {
  return {row.source, row.plant, row.district, row.zone};
}

bool fits(const Transfer& row, double height) {
  const bool is_of_any_height = row.above <= 0 && std::isinf(row.below);
  return is_of_any_height || (row.above <= height && height < row.below);
}

} // namespace

TransferModel::TransferModel(const Scenario& scenario)
    : scenario_(&scenario), dispersion_(&*scenario.dispersion) {
  if (dispersion_->screens())
    plume_.emplace(*dispersion_);
  if (!dispersion_->has_matrix())
    return;
  for (const Transfer& row : dispersion_->matrix) {
    const auto origins = origins_of(row);
    for (int kind = 0; kind < 4; ++kind) {
      const Index origin = origins[static_cast<std::size_t>(kind)];
      if (origin != kNone)
        rows_[{kind, origin, row.receptor}].push_back(&row);
    }
  }
}

TransferEffect TransferModel::effect(const EmissionPoint& point, Index receptor) const {
  if (const Transfer* row = row_of(point, receptor))
    return {row->value};
  return plume_ ? screened(point, scenario_->receptors[receptor]) : TransferEffect{};
}

const Transfer* TransferModel::row_of(const EmissionPoint& point, Index receptor) const {
  const Index district = point.source->district;
  const std::array<Index, 4> origins = {point.index, point.source->plant, district,
                                        scenario_->districts[district].zone};
  for (int kind = 0; kind < 4; ++kind) {
    const auto found = rows_.find({kind, origins[static_cast<std::size_t>(kind)], receptor});
    if (found == rows_.end())
      continue;
    const Transfer* of_all = nullptr;
    for (const Transfer* row : found->second) {
      if (!fits(*row, point.height))
        continue;
      if (row->pollutant == point.pollutant)
        return row;
      if (row->pollutant == kNone)
        of_all = row;
    }
    if (of_all)
      return of_all;
  }
  return nullptr;
}

TransferEffect TransferModel::screened(const EmissionPoint& point, const Receptor& receptor) const {
  const Source& source = *point.source;
  if (std::isnan(source.latitude))
    return {{}, Gap::no_place};
  if (std::isnan(point.height))
    return {{}, Gap::no_height};
  if (scenario_->districts[source.district].airshed != receptor.airshed)
    return {{}, Gap::airshed};
  const Way way =
      way_between(source.latitude, source.longitude, receptor.latitude, receptor.longitude);
  if (way.distance < kNearest)
    return {{}, Gap::near};
  if (way.distance > kFarthest)
    return {{}, Gap::far};
  const Surroundings ground = source.surroundings.value_or(*dispersion_->surroundings);
  return {plume_->concentration(ground, point.height, way.distance, way.bearing) / kSecondsPerYear};
}

} // namespace lantian
