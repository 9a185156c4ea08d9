#include "results/scenario_set.hpp"

#include "ensemble/parallel.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/load_scenario.hpp"

#include <map>
#include <set>
#include <string>
#include <utility>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <fmt/format.h>

namespace lantian {
namespace {

// The texts of a large scenario are free again, but in pieces between what stays. The C library of
// GNU keeps them for other small pieces unless it is asked, and a run's large arrays come on top.
void give_back_memory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

void require_different_ids(std::span<const SharedScenario> scenarios) {
  if (scenarios.empty())
    throw UsageError("there is no scenario to run; give at least one");
  std::set<std::string> ids;
  for (const SharedScenario& scenario : scenarios) {
    if (!ids.insert(scenario->id).second) {
      throw UsageError(
          fmt::format("two scenarios have the id '{}', by which their results are told "
                      "apart; give one of them another",
                      scenario->id));
    }
  }
}

} // namespace

std::vector<SharedScenario> load_scenarios(std::span<const std::filesystem::path> paths,
                                           const KindRegistry& kinds, const ReadOptions& options) {
  std::vector<SharedScenario> scenarios;
  std::vector<Mistake> mistakes;
  std::map<std::string, std::filesystem::path> ids;
  for (const auto& path : paths) {
    try {
      scenarios.push_back(std::make_shared<Scenario>(load_scenario(path, kinds, options)));
    } catch (const ScenarioError& error) {
      mistakes.insert(mistakes.end(), error.mistakes().begin(), error.mistakes().end());
      continue;
    }
    const std::string& id = scenarios.back()->id;
    const auto [known, is_new] = ids.emplace(id, path);
    if (!is_new) {
      mistakes.push_back({path.string(), 0, 0, "",
                          fmt::format("has the same id '{}' as {}; rename one of the files", id,
                                      known->second.string())});
    }
  }
  if (!mistakes.empty())
    throw ScenarioError(std::move(mistakes));
  give_back_memory();
  return scenarios;
}

ScenarioSet::ScenarioSet(std::vector<SharedScenario> scenarios, unsigned threads,
                         const std::stop_token& stop)
    : scenarios_(std::move(scenarios)), owned_(scenarios_.size()) {
  require_different_ids(scenarios_);
  run_parallel(
      scenarios_.size(), threads_of(threads),
      [&](std::size_t s, const std::stop_token&) {
        owned_[s] = std::make_unique<Model>(*scenarios_[s]);
      },
      [&](std::size_t) {
        if (stop.stop_requested())
          throw Interrupted(scenarios_.front()->start);
      });
  for (const std::unique_ptr<Model>& model : owned_)
    models_.push_back(model.get());
}

std::vector<Layout> ScenarioSet::layouts() const {
  std::vector<Layout> layouts;
  for (const Model* model : models_)
    layouts.push_back(model->layout());
  return layouts;
}

std::vector<InputFile> ScenarioSet::inputs() const {
  std::map<std::string, std::string> files;
  for (const SharedScenario& scenario : scenarios_) {
    bool clashes = false;
    for (const InputFile& input : scenario->inputs) {
      const auto known = files.find(input.path);
      clashes = clashes || (known != files.end() && known->second != input.bytes);
    }
    for (const InputFile& input : scenario->inputs) {
      files.emplace(clashes ? scenario->id + "/" + input.path : input.path, input.bytes);
    }
  }
  std::vector<InputFile> inputs;
  for (auto& [path, bytes] : files)
    inputs.push_back({path, std::move(bytes)});
  return inputs;
}

} // namespace lantian
