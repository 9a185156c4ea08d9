#pragma once

// `reduction`: the direct emission of a pollutant in a place over some years must lie a share below
// that of a base scenario in the same replication, or below a given amount per year.

#include "ensemble/target.hpp"
#include "scenario/number.hpp"
#include "scenario/table.hpp"

#include <optional>

namespace lantian {

struct Reduction : TargetPlan {
  Index pollutant = kNone;
  std::string place; //!< "zones.key-area"; empty is the whole inventory
  std::int64_t from = 0;
  std::int64_t to = 0;
  double by = 0;                     //!< [share]
  std::string base_scenario;         //!< id; runs in the same batch
  std::optional<Number> base_amount; //!< [amount per calendar year, base units]

  std::unique_ptr<Judge> judge(const Recorder& recorder) const override;
  std::string margin_unit(const Scenario& scenario) const override;
};

Kind reduction_kind();

} // namespace lantian
