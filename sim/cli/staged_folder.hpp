#pragma once

#include <filesystem>
#include <string_view>

namespace lantian {

//! A new folder that appears whole or not at all. Its files are written below `TARGET.tmp-<pid>`;
//! commit() renames that into place. Without commit, however the scope is left, nothing remains.
class StagedFolder {
public:
  //! Throws OutputError if the target is there already, or if the folder cannot be made.
  explicit StagedFolder(std::filesystem::path target);
  ~StagedFolder();
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;

  //! Writes one file, with the folders that it stands in. Throws OutputError.
  void add(const std::filesystem::path& file, std::string_view text);

  //! Throws OutputError; then nothing was changed.
  void commit();

private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
};

} // namespace lantian
