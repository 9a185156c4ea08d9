#pragma once

// The JSON Schema of scenario files (draft-07; `additionalProperties: false` throughout), for
// editors. It asks for no key that a file may leave to the one that it extends; the loader does.
// Committed as scenarios/lantian.schema.json.

#include <string>

#include "scenario/kind.hpp"

namespace lantian {

//! The schema as text, with a newline at its end.
std::string json_schema(const KindRegistry& kinds);

} // namespace lantian
