#pragma once

// `ultra_low_emission`: a plant is brought to the limits for its processes in three limbs that are
// worked off side by side: organised sources to the standard, fugitive dust covered, freight moved
// to clean transport. When all are built the plant must run stably and keep the limits in at least
// 95 % of the hours; then it is assessed, and later published. Who breaks the rule persistently is
// taken off the list, until assessed and published again.

#include "measures/measure.hpp"

#include <optional>
#include <vector>

namespace lantian {

struct UltraLowEmission : MeasurePlan {
  struct Organised {
    std::vector<Index> sources;
    Index standard = kNone;
    Number ratio = Number::constant(1); //!< mean concentration over limit
    std::vector<Stage> stages;
  };
  struct Fugitive {
    std::vector<Index> sources;
    Number control = Number::constant(0); //!< efficiency on what is not captured
    std::vector<Stage> stages;
  };
  struct Transport {
    Index from = kNone;
    Index to = kNone;
    Number share = Number::constant(0); //!< of the freight that moves
    std::vector<Stage> stages;
  };
  //! What is done when the trial shows too many hours above the limit.
  struct Retuning {
    Number duration = Number::constant(0); //!< (chance) [s]
    double factor = 1;                     //!< on the concentrations
  };

  //! When it is taken off the list again.
  struct Delisting {
    std::int64_t months = 3; //!< calendar months in breach, in a row
  };

  std::optional<Organised> organised;
  std::optional<Fugitive> fugitive;
  std::optional<Transport> transport;
  Number stable_running = Number::constant(30 * 86400.0); //!< before each assessment (chance) [s]
  double allowed_exceedance = 0.05; //!< share of hours that may exceed the limit
  std::optional<Retuning> retuning;
  std::optional<Number> publication; //!< from assessment to the list (chance) [s]
  std::optional<Delisting> delisting;

  Process run(World& world, Index measure) const override;
  double most_moved(Index source, const Scenario& scenario) const override;
};

const FieldTable<UltraLowEmission>& ultra_low_emission_fields();
Kind ultra_low_emission_kind();

} // namespace lantian
