#pragma once

// `cap`: the direct emission of a pollutant in a place may not exceed an amount in any year.

#include "ensemble/target.hpp"
#include "scenario/number.hpp"
#include "scenario/table.hpp"

namespace lantian {

struct Cap : TargetPlan {
  Index pollutant = kNone;
  std::string place; //!< "zones.key-area"; empty is the whole inventory
  std::int64_t from = 0;
  std::int64_t to = 0;
  Number limit = Number::constant(0); //!< [amount per calendar year, base units]

  std::unique_ptr<Judge> judge(const Recorder& recorder) const override;
  std::string margin_unit(const Scenario& scenario) const override;
};

Kind cap_kind();

} // namespace lantian
