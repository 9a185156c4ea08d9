#include "loaded_scenario.hpp"

#include <utility>

#include "ensemble/kinds.hpp"
#include "scenario/load_scenario.hpp"

namespace lantian::python {

namespace {

std::map<std::string, std::string> files_of(const Scenario& scenario) {
  std::map<std::string, std::string> files;
  for (const InputFile& input : scenario.inputs) {
    files.emplace(input.path, input.bytes);
  }
  return files;
}

//! The folder that `path` below it is in, where its last part is in `inner`.
std::filesystem::path folder_above(const std::filesystem::path& inner, const std::string& path) {
  const std::filesystem::path below = std::filesystem::path(path).parent_path();
  std::filesystem::path folder = inner;
  for (auto part = below.begin(); part != below.end(); ++part) {
    folder /= "..";
  }
  return below.empty() ? inner : folder.lexically_normal();
}

} // namespace

LoadedScenario::LoadedScenario(const std::filesystem::path& path, const ReadOptions& options)
    : LoadedScenario(FolderFiles(path.parent_path(), options), path.filename().string(),
                     options.limits, path.parent_path()) {
  folder_ = folder_above(folder_, top());
  files_ = std::make_shared<MemoryFiles>(files_of(scenario()), folder_);
}

LoadedScenario::LoadedScenario(std::map<std::string, std::string> files, const std::string& top,
                               const ReadLimits& limits)
    : LoadedScenario(MemoryFiles(std::move(files)), top, limits, {}) {}

LoadedScenario::LoadedScenario(const InputFiles& files, const std::string& top,
                               const ReadLimits& limits, const std::filesystem::path& folder)
    : folder_(folder), content_(std::make_shared<Content>()) {
  content_->kinds = all_kinds();
  content_->scenario = load_scenario(files, top, content_->kinds, limits);
  files_ = std::make_shared<MemoryFiles>(files_of(content_->scenario), folder_);
}

LoadedScenario LoadedScenario::variant(const std::string& id, std::string text) const {
  const std::string path =
      std::filesystem::path(top()).replace_filename(id + ".toml").generic_string();
  return {FilesWithOneMore(files_, {path, std::move(text)}), path, scenario().limits, folder_};
}

std::string LoadedScenario::resolved(bool provenance) const {
  return resolved_toml(*files_, top(), content_->kinds,
                       provenance ? Provenance::shown : Provenance::hidden, scenario().limits);
}

} // namespace lantian::python
