#include "results/run_identity.hpp"

#include "results/build_info.hpp"
#include "results/sha256.hpp"

#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr std::string_view kInput = "input ";

std::map<std::string, std::string> facts_of(std::string_view description) {
  std::map<std::string, std::string> facts;
  while (!description.empty()) {
    const std::string_view line = description.substr(0, description.find('\n'));
    description.remove_prefix(std::min(line.size() + 1, description.size()));
    const std::size_t colon = line.rfind(": ");
    if (colon != std::string_view::npos)
      facts.emplace(line.substr(0, colon), line.substr(colon + 2));
  }
  return facts;
}

std::string told(const std::string& name, const std::string* theirs, const std::string* ours) {
  if (name.starts_with(kInput)) {
    const std::string file = name.substr(kInput.size());
    if (theirs && ours)
      return fmt::format("{} has changed", file);
    return fmt::format("{} was {}read", file, theirs ? "" : "not ");
  }
  return fmt::format("{} {} instead of {}", name, theirs ? *theirs : "unknown",
                     ours ? *ours : "unknown");
}

} // namespace

std::string run_description(const ScenarioSet& scenarios, const EnsembleOptions& options) {
  std::vector<std::string> ids;
  for (const Model* model : scenarios.models())
    ids.push_back(model->scenario().id);
  std::string text = fmt::format("program: {} ({})\nbuild: {}\nseed: {}\nchance draws: {}\n"
                                 "scenarios: {}\n",
                                 program_version(), program_commit(), build_fingerprint(),
                                 options.seed, options.chance_draws, fmt::join(ids, ", "));
  for (const InputFile& input : scenarios.inputs())
    text += fmt::format("{}{}: {}\n", kInput, input.path, sha256(input.bytes));
  return text;
}

std::string run_identity(const std::string& description) {
  return sha256(description);
}

std::string difference_of_runs(const std::string& theirs, const std::string& ours) {
  const auto before = facts_of(theirs);
  auto now = facts_of(ours);
  std::vector<std::string> differences;
  for (const auto& [name, value] : before) {
    const auto found = now.find(name);
    if (found == now.end())
      differences.push_back(told(name, &value, nullptr));
    else if (found->second != value)
      differences.push_back(told(name, &value, &found->second));
    if (found != now.end())
      now.erase(found);
  }
  for (const auto& [name, value] : now)
    differences.push_back(told(name, nullptr, &value));
  return fmt::format("{}", fmt::join(differences, ", "));
}

} // namespace lantian
