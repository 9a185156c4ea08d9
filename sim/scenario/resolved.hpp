#pragma once

// Writes a merged tree back as TOML.

#include <string>

#include "scenario/value.hpp"

namespace lantian {

//! The tree as one TOML file; with provenance, each value has the comment `# file:line`.
std::string write_toml(const Document& document, bool with_provenance);

//! One value as TOML on one line: "text", 1.5, { a = 1 }.
std::string toml_text(const Value& value);

} // namespace lantian
