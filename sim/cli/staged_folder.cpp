#include "cli/staged_folder.hpp"

#include "results/errors.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace lantian {

namespace {

void throw_if(const std::error_code& failed, const std::filesystem::path& path,
              const std::string& action) {
  if (failed)
    throw system_output_error(path, failed.value(), action);
}

//! The folder that is meant by "plans/" is "plans".
std::filesystem::path without_last_slash(const std::filesystem::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

} // namespace

StagedFolder::StagedFolder(std::filesystem::path target)
    : target_(without_last_slash(std::move(target))), temporary_(target_) {
  std::error_code ignored;
  if (exists(symlink_status(target_, ignored)))
    throw OutputError(target_, 0, "exists already; name a folder that is yet to be made");
  temporary_ += fmt::format(".tmp-{}", getpid());
  std::error_code failed;
  create_directory(temporary_, failed);
  throw_if(failed, target_, "create");
}

StagedFolder::~StagedFolder() {
  std::error_code ignored;
  if (!temporary_.empty())
    remove_all(temporary_, ignored);
}

void StagedFolder::add(const std::filesystem::path& file, std::string_view text) {
  std::error_code failed;
  create_directories((temporary_ / file).parent_path(), failed);
  throw_if(failed, target_ / file, "create");
  std::ofstream stream(temporary_ / file, std::ios::binary);
  stream << text;
  stream.close();
  if (!stream)
    throw system_output_error(target_ / file, errno, "write");
}

void StagedFolder::commit() {
  std::error_code failed;
  rename(temporary_, target_, failed);
  throw_if(failed, target_, "create");
  temporary_.clear();
}

} // namespace lantian
