#include "cli/external_verbs.hpp"

#include "kernel/error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr std::string_view kPrefix = "lantian-";

bool is_plain_name(std::string_view verb) {
  return !verb.empty() && verb.front() != '-' && verb.find('/') == verb.npos;
}

bool is_program(const std::filesystem::path& file) {
  std::error_code absent;
  return std::filesystem::is_regular_file(file, absent) && access(file.c_str(), X_OK) == 0;
}

std::optional<std::filesystem::path> program_in(const std::vector<std::filesystem::path>& folders,
                                                const std::string& name) {
  for (const auto& folder : folders) {
    if (is_program(folder / name))
      return folder / name;
  }
  return std::nullopt;
}

//! An empty entry means the working folder to the shell; here it is passed over.
std::vector<std::filesystem::path> folders_of(std::string_view path) {
  std::vector<std::filesystem::path> folders;
  while (!path.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    if (!folder.empty())
      folders.emplace_back(folder);
    path.remove_prefix(std::min(folder.size() + 1, path.size()));
  }
  return folders;
}

} // namespace

ExternalVerbs::ExternalVerbs(std::vector<std::filesystem::path> beside, std::string_view path)
    : beside_(std::move(beside)), path_(folders_of(path)) {}

ExternalVerbs ExternalVerbs::of_this_process(std::string_view started_as) {
  std::vector<std::filesystem::path> beside;
  if (started_as.find('/') != started_as.npos)
    beside.push_back(std::filesystem::path(started_as).parent_path());
  std::error_code unknown;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", unknown);
  if (!unknown)
    beside.push_back(executable.parent_path());
  const char* const path = std::getenv("PATH");
  return {std::move(beside), path ? path : ""};
}

std::optional<std::filesystem::path> ExternalVerbs::find(std::string_view verb) const {
  if (!is_plain_name(verb))
    return std::nullopt;
  const std::string name = fmt::format("{}{}", kPrefix, verb);
  const auto found = program_in(beside_, name);
  return found ? found : program_in(path_, name);
}

std::vector<std::string> ExternalVerbs::beside() const {
  std::vector<std::string> verbs;
  for (const auto& folder : beside_) {
    std::error_code unreadable;
    for (const auto& entry : std::filesystem::directory_iterator(folder, unreadable)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(kPrefix) && name.size() > kPrefix.size() && is_program(entry.path()))
        verbs.push_back(name.substr(kPrefix.size()));
    }
  }
  std::sort(verbs.begin(), verbs.end());
  verbs.erase(std::unique(verbs.begin(), verbs.end()), verbs.end());
  return verbs;
}

void become(const std::filesystem::path& program, const char* const* words) {
  std::vector<char*> arguments = {const_cast<char*>(program.c_str())};
  for (; *words; ++words)
    arguments.push_back(const_cast<char*>(*words)); // execv changes none of them
  arguments.push_back(nullptr);
  execv(program.c_str(), arguments.data());
  throw UsageError(fmt::format("{}: cannot be started: {}", program.string(),
                               std::generic_category().message(errno)));
}

} // namespace lantian
