#pragma once

// Texts of TOML and what is wrong with them.

#include "scenario/diagnostics.hpp"
#include "scenario/toml_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace lantian {

inline std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i)
    out += text;
  return out;
}

//! The first mistake of a text; nothing where it is sound.
inline std::string toml_mistake(const std::string& text, const ReadLimits& limits = {}) {
  Diagnostics diagnostics;
  const auto value = read_toml(text, 0, diagnostics, limits);
  EXPECT_EQ(value.has_value(), diagnostics.empty());
  return diagnostics.empty() ? "" : diagnostics.sorted().front().message;
}

} // namespace lantian
