#pragma once

// Where the files of a scenario are read from: a folder on disk, or the copies kept in a result
// file. All paths are relative to the folder of the scenario's top file, with forward slashes.
//
// Every file that is read is copied into results, which travel; so nothing outside the scenario's
// root is ever read, also not through symbolic links. The root is the folder that the user names;
// else the closest folder, from the scenario's own upwards, that has a kProjectFile, as `lantian
// new` writes it; else the scenario's own. So a project may be divided into folders whose files
// name
// "../baseline.toml", while a file that came from elsewhere sees nothing but what came with it.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/error.hpp"
#include "scenario/read_options.hpp"

namespace lantian {

//! The JSON Schema for editors; the folder that has it is a project.
inline constexpr const char* kProjectFile = "lantian.schema.json";

//! A file that cannot be read; what() is the reason, without the path.
class InputFileError : public Error {
public:
  using Error::Error;
};

//! A file as read, kept for the result file.
struct InputFile {
  //! Relative to the deepest folder that holds all files of the scenario, with forward slashes.
  std::string path;
  std::string bytes;
};

class InputFiles {
public:
  virtual ~InputFiles() = default;
  //! Bytes of a file. Throws InputFileError.
  virtual std::string read(const std::string& path) const = 0;
  //! The path as the user knows it.
  virtual std::string shown(const std::string& path) const = 0;
  //! Files beside `path`, for suggestions.
  virtual std::vector<std::string> siblings(const std::string& path) const = 0;
  //! Where the folder of the top file lies below the root; "" where it is the root.
  virtual std::filesystem::path place() const { return {}; }
  //! Why `path`, which leaves the root, is not read.
  virtual std::string outside(const std::string& path) const;
  //! The same for all paths of one file.
  virtual std::string identity(const std::string& path) const { return path; }
};

//! Files in a folder on disk.
class FolderFiles : public InputFiles {
public:
  //! `folder` as the user wrote it; may be "" for the current one. Throws UsageError where it does
  //! not lie in the root that is asked for, or that is no folder.
  explicit FolderFiles(std::filesystem::path folder, ReadOptions options = {});
  std::filesystem::path place() const override;
  std::string outside(const std::string& path) const override;
  std::string identity(const std::string& path) const override;
  std::string read(const std::string& path) const override;
  std::string shown(const std::string& path) const override;
  std::vector<std::string> siblings(const std::string& path) const override;

private:
  std::filesystem::path folder_;
  std::uint64_t largest_;             //!< [bytes]
  std::filesystem::path real_folder_; //!< empty where there is none
  std::filesystem::path root_;        //!< without symbolic links
};

//! Files held in memory, path to bytes.
class MemoryFiles : public InputFiles {
public:
  //! `folder`: where the user knows them to be; may be "".
  explicit MemoryFiles(std::map<std::string, std::string> files, std::filesystem::path folder = {})
      : files_(std::move(files)), folder_(std::move(folder)) {}
  std::string read(const std::string& path) const override;
  std::string shown(const std::string& path) const override;
  std::vector<std::string> siblings(const std::string& path) const override;

private:
  std::map<std::string, std::string> files_;
  std::filesystem::path folder_;
};

//! One more file, held in memory, on top of others: it stands in for one of the same path.
class FilesWithOneMore : public InputFiles {
public:
  FilesWithOneMore(std::shared_ptr<const InputFiles> below, InputFile one)
      : below_(std::move(below)), one_(std::move(one)) {}
  std::string read(const std::string& path) const override;
  std::string shown(const std::string& path) const override { return below_->shown(path); }
  std::vector<std::string> siblings(const std::string& path) const override;

private:
  std::shared_ptr<const InputFiles> below_;
  InputFile one_;
};

//! `path` as stated in `from`, relative to the folder of the top file and without "." and inner
//! "..". Throws InputFileError when it is empty, absolute, or leaves the root.
std::string resolve_path(const InputFiles& files, const std::string& from, const std::string& path);

//! Makes the paths of files that were read relative to the deepest folder that holds them all.
void rebase(std::vector<InputFile>& read, const InputFiles& files);

} // namespace lantian
