#include "scenario/published_checks.hpp"

#include <optional>

#include <fmt/format.h>

#include "scenario/units.hpp"

namespace lantian {

namespace {

//! What a plant's product is counted in; nothing where the plant does not say.
std::optional<Dimension> product_of(const Plant& plant) {
  for (const std::optional<Number>* rate : {&plant.production, &plant.capacity, &plant.permit}) {
    if (*rate) {
      return (*rate)->dimension() * kTime;
    }
  }
  return std::nullopt;
}

//! `place` is that of the plant in the row's list, from 0.
void check_against(const Scenario& scenario, const Published& row, std::size_t place,
                   Diagnostics& diagnostics) {
  const std::string key = "published." + row.id;
  const Pollutant& pollutant = scenario.pollutants[row.pollutant];
  const Plant& plant = scenario.plants[row.plants[place]];
  const std::optional<Dimension> product = product_of(plant);
  if (!product) {
    diagnostics.error(fmt::format("{}.plants[{}]", key, place + 1),
                      fmt::format("'{}' states neither production nor capacity nor permit: nothing "
                                  "is known per amount of its product",
                                  plant.id));
    return;
  }
  const Dimension needed = parse_unit(pollutant.unit).dimension / *product;
  if (row.value.dimension != needed) {
    diagnostics.error(key + ".value",
                      fmt::format("is {}; {} is needed, because {} is counted in {} and the "
                                  "product of '{}' is {}",
                                  describe(row.value.dimension), describe(needed), pollutant.id,
                                  pollutant.unit, plant.id, describe(*product)));
  }
}

} // namespace

void check_published(const Scenario& scenario, const std::set<std::string>& unsound,
                     Diagnostics& diagnostics) {
  for (const Published& row : scenario.published) {
    if (unsound.count("published." + row.id) != 0) {
      continue;
    }
    for (std::size_t place = 0; place < row.plants.size(); ++place) {
      check_against(scenario, row, place, diagnostics);
    }
  }
}

} // namespace lantian
