#include "world/draw.hpp"

namespace lantian {

Draw::Draw(const Scenario& scenario, ReplicationKey key) : chances_(key.seed, key.replication) {
  const RandomSource parameters(key.seed, key.parameter_draw);
  parameters_ = draw_parameters(scenario.parameters, [&](const std::string& id) {
    return parameters.uniform(stream_id(id, "parameter"), 0);
  });
}

} // namespace lantian
