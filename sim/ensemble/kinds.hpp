#pragma once

// The registry of all kinds of measures and targets, handed down to the scenario floor.

#include "scenario/kind.hpp"

namespace lantian {

KindRegistry all_kinds();

} // namespace lantian
