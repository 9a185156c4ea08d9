#include "results/coalitions.hpp"

#include "scenario/document_loader.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/resolved.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr std::string_view kMeasures = "measures.";

std::shared_ptr<const InputFiles> in_memory(const Scenario& scenario) {
  std::map<std::string, std::string> files;
  for (const InputFile& input : scenario.inputs)
    files.emplace(input.path, input.bytes);
  return std::make_shared<MemoryFiles>(std::move(files));
}

//! The measure at which a mistake stands; empty where it stands elsewhere.
std::string measure_of(const Mistake& mistake) {
  if (!mistake.key.starts_with(kMeasures))
    return {};
  const std::string rest = mistake.key.substr(kMeasures.size());
  return rest.substr(0, rest.find('.'));
}

} // namespace

ReadScenario read_as(SharedScenario scenario) {
  std::string top = scenario->inputs.front().path;
  return {std::move(scenario), std::move(top)};
}

ReadScenario read_scenario_at(const std::filesystem::path& path, const KindRegistry& kinds,
                              const ReadOptions& options) {
  return read_as(std::make_shared<Scenario>(load_scenario(path, kinds, options)));
}

Coalitions::Coalitions(const ReadScenario& plan, const KindRegistry& kinds)
    : kinds_(kinds), top_(plan.top), limits_(plan.scenario->limits),
      files_(in_memory(*plan.scenario)) {
  for (const Entry& target : plan.scenario->targets)
    targets_.push_back(target.id);
}

SharedScenario Coalitions::without(const std::vector<std::string>& measures,
                                   const std::string& id) const {
  const std::filesystem::path top(top_);
  std::string text =
      fmt::format("extends = \"{}\"\noutput.interval = \"year\"\noutput.dimensions = [\"total\"]\n"
                  "output.log_replications = 0\n",
                  top.filename().string());
  for (const std::string& measure : measures)
    text += fmt::format("measures.{}.enabled = false\n", measure);
  for (const std::string& target : targets_)
    text += fmt::format("targets.{}.enabled = false\n", target);
  const std::string path =
      std::filesystem::path(top).replace_filename(id + ".toml").generic_string();
  return std::make_shared<Scenario>(
      load_scenario(FilesWithOneMore(files_, {path, std::move(text)}), path, kinds_, limits_));
}

std::vector<MeasureLink> Coalitions::links(const std::vector<std::string>& measures) const {
  std::vector<MeasureLink> links;
  for (const std::string& needed : measures) {
    try {
      without({needed}, "without-" + needed);
    } catch (const ScenarioError& error) {
      for (const Mistake& mistake : error.mistakes()) {
        const std::string measure = measure_of(mistake);
        if (std::find(measures.begin(), measures.end(), measure) == measures.end())
          throw;
        links.push_back({measure, needed});
      }
    }
  }
  return links;
}

std::string Coalitions::text_of(const std::string& measure) const {
  Document document;
  Diagnostics diagnostics(&document);
  load_document(*files_, top_, limits_, document, diagnostics);
  const Value* value = document.find(std::string(kMeasures) + measure);
  return value == nullptr ? "" : toml_text(*value);
}

} // namespace lantian
