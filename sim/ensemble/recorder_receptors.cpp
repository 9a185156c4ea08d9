#include "ensemble/recorder.hpp"

#include <utility>

namespace lantian {

namespace {

constexpr double kMicrogramsPerKilogram = 1e9;

} // namespace

//! Only where there are receptors.
void Recorder::add_receptors() {
  const Scenario& scenario = blueprint_->scenario();
  if (!scenario.dispersion)
    return;
  const std::string method(
      kDispersionMethodNames[static_cast<std::size_t>(scenario.dispersion->method)]);
  layout_.attributes.push_back({"dispersion_method", method});
  if (!receptors_.gaps().empty())
    layout_.attributes.push_back({"receptor_gaps", receptors_.gaps()});
  add_receptor_axis();
  for (const Receptors::PollutantMatrix& matrix : receptors_.pollutants()) {
    const Pollutant& pollutant = scenario.pollutants[matrix.pollutant];
    const auto add = [&](const std::string& name, std::vector<std::string> dims, const char* unit,
                         const std::string& what) {
      return layout_.add(Variable{.name = name + pollutant.id,
                                  .dims = std::move(dims),
                                  .unit = unit,
                                  .long_name = pollutant.name + ", " + what,
                                  .cell_methods = "year: mean",
                                  .with_statistics = true});
    };
    air_.push_back(
        {add("concentration_", {"receptor", "year"}, "ug m-3",
             "annual mean added to the air by the sources whose effect is known, by " + method),
         add("receptor_coverage_", {"receptor", "year"}, "1",
             "share of the direct emission whose effect at the receptor is known"),
         add("exposure_", {"year"}, "ug m-3",
             "concentration that a person of the receptors that count meets, by " + method),
         add("exposure_coverage_", {"year"}, "1",
             "share of the direct emission whose effect on a person is known")});
  }
}

void Recorder::record_receptors(const Books& books, Block& block, std::size_t row) const {
  const Table<Receptor>& receptors = blueprint_->scenario().receptors;
  const std::size_t years = blueprint_->years().size();
  for (std::size_t k = 0; k < air_.size(); ++k) {
    const auto concentration = row_of(block, air_[k].concentration, row);
    const auto coverage = row_of(block, air_[k].coverage, row);
    const auto exposure = row_of(block, air_[k].exposure, row);
    const auto exposure_coverage = row_of(block, air_[k].exposure_coverage, row);
    for (std::size_t y = 0; y < years; ++y) {
      double people = 0;
      double met = 0;
      double known = 0;
      for (std::size_t r = 0; r < receptors.size(); ++r) {
        const Receptors::Air air = receptors_.air(receptors_.pollutants()[k], r, books, y);
        concentration[r * years + y] = air.concentration * kMicrogramsPerKilogram;
        coverage[r * years + y] = air.known;
        if (receptors[r].in_exposure) {
          people += receptors[r].population;
          met += receptors[r].population * concentration[r * years + y];
          known += receptors[r].population * air.known;
        }
      }
      exposure[y] = people > 0 ? met / people : kUnknown;
      exposure_coverage[y] = people > 0 ? known / people : kUnknown;
    }
  }
}

} // namespace lantian
