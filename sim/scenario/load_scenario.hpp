#pragma once

// The entry of this floor: from a scenario file to a Scenario. Every mistake is found here and
// reported at once; nothing is written and nothing is printed.

#include <cstdint>
#include <filesystem>
#include <string>

#include "scenario/input_files.hpp"
#include "scenario/kind.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

//! Reads the scenario file at `path`, all that it extends, and its tables; throws ScenarioError
//! with every mistake, UsageError where the root is wrong. `kinds` must outlive the scenario.
Scenario load_scenario(const std::filesystem::path& path, const KindRegistry& kinds,
                       const ReadOptions& options = {});

//! The same from other storage, such as the input files kept in a result file.
Scenario load_scenario(const InputFiles& files, const std::string& top, const KindRegistry& kinds,
                       const ReadLimits& limits = {});

enum class Provenance : std::uint8_t { hidden, shown };

//! The merged scenario as one TOML file that loads by itself, checked; with provenance, each value
//! has the comment `# file:line`. Throws ScenarioError.
std::string resolved_toml(const std::filesystem::path& path, const KindRegistry& kinds,
                          Provenance provenance, const ReadOptions& options = {});

//! The same from other storage.
std::string resolved_toml(const InputFiles& files, const std::string& top,
                          const KindRegistry& kinds, Provenance provenance,
                          const ReadLimits& limits = {});

} // namespace lantian
