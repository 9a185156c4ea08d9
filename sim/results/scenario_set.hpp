#pragma once

// Scenarios that run together in the same paired worlds, with what each needs to run: made once,
// read by all that compute or write.

#include "ensemble/model.hpp"
#include "scenario/kind.hpp"
#include "scenario/read_options.hpp"
#include "scenario/scenario.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace lantian {

using SharedScenario = std::shared_ptr<const Scenario>;

//! Reads scenario files; the mistakes of all of them come out at once, two files of one id among
//! them. Throws ScenarioError. `kinds` must outlive the scenarios.
std::vector<SharedScenario> load_scenarios(std::span<const std::filesystem::path> paths,
                                           const KindRegistry& kinds,
                                           const ReadOptions& options = {});

class ScenarioSet {
public:
  //! Makes the models on `threads` threads (0: one a core). Throws UsageError where there is no
  //! scenario, or two have the same id; Interrupted when `stop` is requested.
  explicit ScenarioSet(std::vector<SharedScenario> scenarios, unsigned threads = 0,
                       const std::stop_token& stop = {});

  //! In the order in which the scenarios were given.
  std::span<const Model* const> models() const { return models_; }
  std::vector<Layout> layouts() const;

  //! The input files of all scenarios, each once. Where two folders have different files of the
  //! same name, those of the later scenario stand in a folder of its id.
  std::vector<InputFile> inputs() const;

private:
  std::vector<SharedScenario> scenarios_;
  std::vector<std::unique_ptr<Model>> owned_;
  std::vector<const Model*> models_;
};

} // namespace lantian
