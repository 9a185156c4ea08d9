#pragma once
//! A scenario that was read and found to be good, with the kinds that it refers to and the bytes of
//! its files. It never changes, and what comes to stand on the disk later does not touch it.

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "results/scenario_set.hpp"
#include "scenario/input_files.hpp"
#include "scenario/kind.hpp"
#include "scenario/read_options.hpp"

namespace lantian::python {

class LoadedScenario {
public:
  //! Reads from the disk. Throws ScenarioError, UsageError.
  LoadedScenario(const std::filesystem::path& path, const ReadOptions& options);

  //! Reads from memory: path to bytes, and which file is the top one. Throws ScenarioError.
  LoadedScenario(std::map<std::string, std::string> files, const std::string& top,
                 const ReadLimits& limits);

  //! The scenario `id`, whose top file is `text`, beside the present top file.
  //! Throws ScenarioError.
  LoadedScenario variant(const std::string& id, std::string text) const;

  const Scenario& scenario() const { return content_->scenario; }

  //! Keeps all that it refers to alive.
  SharedScenario shared() const { return {content_, &content_->scenario}; }

  //! Path of the top file among the scenario's files.
  const std::string& top() const { return content_->scenario.inputs.front().path; }

  //! One TOML file that loads by itself.
  std::string resolved(bool provenance) const;

private:
  struct Content {
    KindRegistry kinds;
    Scenario scenario;
  };

  LoadedScenario(const InputFiles& files, const std::string& top, const ReadLimits& limits,
                 const std::filesystem::path& folder);

  std::filesystem::path folder_; //!< that holds its files, as the user knows it
  std::shared_ptr<Content> content_;
  std::shared_ptr<const InputFiles> files_; //!< what was read, in memory
};

} // namespace lantian::python
