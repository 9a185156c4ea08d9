// Whole scenarios, from the bytes of their files to a checked scenario: what is accepted has
// parameters whose draws are finite and within their bounds, and reads the same when it is written
// as one file; every mistake of what is refused stands at a place in one of the files.

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ensemble/kinds.hpp"
#include "fuzz/packed_files.hpp"
#include "fuzz/places.hpp"
#include "scenario/load_scenario.hpp"

namespace lantian::fuzz {
namespace {

constexpr std::array kUniform = {0x1p-53, 0.01, 0.5, 0.99, 1 - 0x1p-53};
constexpr double kRounding = 1e-9;

const KindRegistry& kinds() {
  static const KindRegistry registry = all_kinds();
  return registry;
}

void check_place(const Mistake& mistake, const std::map<std::string, std::string>& files) {
  require(!mistake.message.empty(), "a mistake says what is wrong", mistake.text());
  const auto file = files.find(mistake.file);
  require(file != files.end(), "a mistake stands in a file of the scenario", mistake.text());
  if (mistake.line != 0) {
    require_within(file->second, mistake.line, mistake.column, mistake.text());
  }
}

void check_parameters(const Scenario& scenario) {
  for (const double u : kUniform) {
    const auto values = draw_parameters(scenario.parameters, [&](const std::string&) { return u; });
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Parameter& parameter = scenario.parameters[i];
      const double rounding = kRounding * std::abs(values[i]);
      const std::string seen = fmt::format("{} is {} at {}; {} to {}", parameter.id, values[i], u,
                                           parameter.bounds.low, parameter.bounds.high);
      require(std::isfinite(values[i]), "a parameter is finite", seen);
      require(values[i] >= parameter.bounds.low - rounding &&
                  values[i] <= parameter.bounds.high + rounding,
              "a parameter is within its bounds", seen);
    }
  }
}

std::string resolved(const std::map<std::string, std::string>& files) {
  return resolved_toml(MemoryFiles(files), kTop, kinds(), Provenance::hidden);
}

void check(std::string_view text) {
  const auto files = unpacked_files(text);
  try {
    check_parameters(load_scenario(MemoryFiles(files), kTop, kinds()));
  } catch (const ScenarioError& error) {
    require(!error.mistakes().empty(), "what is refused has a mistake");
    for (const Mistake& mistake : error.mistakes()) {
      check_place(mistake, files);
    }
    return;
  }
  const std::string once = resolved(files);
  try {
    require(resolved({{kTop, once}}) == once, "what is written reads the same", once);
  } catch (const ScenarioError& error) {
    require(false, "what is written is accepted", error.what() + ("\n" + once));
  }
}

} // namespace
} // namespace lantian::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  lantian::fuzz::check(lantian::fuzz::text_of(data, size));
  return 0;
}
