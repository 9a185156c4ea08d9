#pragma once

// The values of one scenario's ensemble, by variable; its replications come in one block.

#include "ensemble/ensemble.hpp"
#include "ensemble/two_plants.hpp"
#include "oracles/oracle.hpp"

#include <string>
#include <vector>

namespace lantian::oracles {

class Outcome : private BlockSink {
public:
  Outcome(const std::string& toml, std::int64_t replications, std::int64_t chance_draws = 1)
      : scenario_(test::load_text("plan", toml, kinds_)), model_(scenario_) {
    const std::vector<const Model*> models{&model_};
    run_ensemble(models,
                 {.replications = replications,
                  .chance_draws = chance_draws,
                  .seed = seed(),
                  .block = replications},
                 *this);
  }

  //! All of them; the last axis of a replication runs fastest.
  const std::vector<double>& values(const char* variable) const {
    return block_.data[*model_.layout().find(variable)];
  }

private:
  void write(Block block) override { block_ = std::move(block); }

  KindRegistry kinds_ = all_kinds();
  Scenario scenario_;
  Model model_;
  Block block_;
};

} // namespace lantian::oracles
