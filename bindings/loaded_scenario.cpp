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

} // namespace

LoadedScenario::LoadedScenario(const std::filesystem::path& path)
    : LoadedScenario(FolderFiles(path.parent_path()), path.filename().string(),
                     path.parent_path()) {}

LoadedScenario::LoadedScenario(std::map<std::string, std::string> files, std::string top)
    : LoadedScenario(MemoryFiles(std::move(files)), std::move(top), {}) {}

LoadedScenario::LoadedScenario(const InputFiles& files, std::string top,
                               std::filesystem::path folder)
    : top_(std::move(top)), folder_(std::move(folder)), content_(std::make_shared<Content>()) {
  content_->kinds = all_kinds();
  content_->scenario = load_scenario(files, top_, content_->kinds);
  files_ = std::make_shared<MemoryFiles>(files_of(content_->scenario), folder_);
}

LoadedScenario LoadedScenario::variant(const std::string& id, std::string text) const {
  const std::filesystem::path path =
      std::filesystem::path(top_).replace_filename(id + ".toml").generic_string();
  return {FilesWithOneMore(files_, {path.generic_string(), std::move(text)}), path.generic_string(),
          folder_};
}

std::string LoadedScenario::resolved(bool provenance) const {
  return resolved_toml(*files_, top_, content_->kinds,
                       provenance ? Provenance::shown : Provenance::hidden);
}

} // namespace lantian::python
