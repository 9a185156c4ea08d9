#pragma once

#include "ensemble/recorded.hpp"
#include "oracles/oracle.hpp"

#include <string>

namespace lantian::oracles {

//! What so many replications of a scenario record, drawn by the oracle's seed.
inline test::Recorded outcome(const std::string& toml, std::int64_t replications,
                              std::int64_t chance_draws = 1) {
  return test::Recorded(
      toml, {.replications = replications, .chance_draws = chance_draws, .seed = seed()});
}

} // namespace lantian::oracles
