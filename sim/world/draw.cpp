#include "world/draw.hpp"

namespace lantian {

Draw::Draw(const Scenario& scenario, ReplicationKey key) : chances_(key.seed, key.replication) {
  const RandomSource parameters(key.seed, key.parameter_draw);
  parameters_ = draw_parameters(scenario.parameters, [&](const std::string& id) {
    return key.uniforms.empty() ? parameters.uniform(stream_id(id, "parameter"), 0)
                                : key.uniforms[*scenario.parameters.find(id)];
  });
}

} // namespace lantian
