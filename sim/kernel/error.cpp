#include "kernel/error.hpp"

#include <fmt/format.h>

namespace lantian {
namespace {

std::string describe(const ModelPlace& place, const std::string& reason) {
  return fmt::format("process '{}' (entity {}) at {}, replication {}, seed {}: {}", place.process,
                     place.entity, format_time(place.time), place.replication, place.seed, reason);
}

} // namespace

ModelError::ModelError(ModelPlace place, const std::string& reason)
    : Error(describe(place, reason)), place_(std::move(place)), reason_(reason) {}

Interrupted::Interrupted(Time time)
    : Error(fmt::format("interrupted at {} of the simulated time", format_time(time))) {}

} // namespace lantian
