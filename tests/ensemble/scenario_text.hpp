#pragma once

// Scenarios from a text, with all kinds of measures and targets.

#include "ensemble/kinds.hpp"
#include "scenario/load_scenario.hpp"

#include <map>
#include <string>
#include <utility>

namespace lantian::test {

using Files = std::map<std::string, std::string>; //!< path to text

//! Loads the scenario whose id is `id` from its text, and from other files that it names.
inline Scenario load_text(const std::string& id, const std::string& text, Files others = {}) {
  static const KindRegistry kinds = all_kinds();
  others[id + ".toml"] = text;
  return load_scenario(MemoryFiles(std::move(others)), id + ".toml", kinds);
}

//! What is wrong with plan.toml of this text, a line a mistake; nothing where it is sound.
inline std::string mistakes_in(const std::string& text, Files others = {}) {
  try {
    load_text("plan", text, std::move(others));
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

} // namespace lantian::test
