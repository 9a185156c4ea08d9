#pragma once

// Where the files of a scenario are read from: a folder on disk, or the copies kept in a result
// file. All paths are relative to the folder of the scenario's top file, with forward slashes, and
// nothing outside that folder is ever read, also not through symbolic links.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/error.hpp"

namespace lantian {

//! A file that cannot be read; what() is the reason, without the path.
class InputFileError : public Error {
public:
  using Error::Error;
};

//! A file as read, kept for the result file.
struct InputFile {
  std::string path; //!< relative to the scenario's folder, with forward slashes
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
};

//! Files in a folder on disk.
class FolderFiles : public InputFiles {
public:
  //! `folder` as the user wrote it; may be "" for the current one.
  explicit FolderFiles(std::filesystem::path folder);
  std::string read(const std::string& path) const override;
  std::string shown(const std::string& path) const override;
  std::vector<std::string> siblings(const std::string& path) const override;

private:
  std::filesystem::path folder_;
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

//! `path` as stated in `from`, relative to the scenario's folder and without "." and "..".
//! Throws InputFileError when it is empty, absolute, or leaves the folder.
std::string resolve_path(const std::string& from, const std::string& path);

} // namespace lantian
