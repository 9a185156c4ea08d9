#include "scenario/input_files.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "scenario/csv_reader.hpp"

namespace lantian {

namespace fs = std::filesystem;

namespace {

constexpr const char* kOutside = "the path leaves the scenario's folder";

bool is_inside(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

std::string reason(int error) {
  return std::generic_category().message(error);
}

} // namespace

FolderFiles::FolderFiles(fs::path folder) : folder_(std::move(folder)) {}

std::string FolderFiles::read(const std::string& path) const {
  const fs::path whole = folder_ / path;
  std::error_code error;
  const fs::path real = fs::canonical(whole, error);
  if (error) {
    throw InputFileError(error.message());
  }
  const fs::path real_folder = fs::canonical(folder_.empty() ? "." : folder_, error);
  if (error || !is_inside(real, real_folder)) {
    throw InputFileError(kOutside);
  }
  if (!fs::is_regular_file(real, error)) {
    throw InputFileError(fs::is_directory(real) ? "it is a folder" : "it is not a regular file");
  }
  if (const auto size = fs::file_size(real, error); !error && size > kLargestCsv) {
    throw InputFileError(fmt::format("it has {} bytes; at most {} (256 MB) are read: split it into "
                                     "several",
                                     size, kLargestCsv));
  }
  errno = 0;
  std::ifstream stream(real, std::ios::binary);
  std::ostringstream bytes;
  if (stream && fs::file_size(real, error) > 0) {
    bytes << stream.rdbuf();
  }
  if (!stream || !bytes) {
    throw InputFileError(errno == 0 ? "it cannot be read" : reason(errno));
  }
  return std::move(bytes).str();
}

std::string FolderFiles::shown(const std::string& path) const {
  return (folder_ / path).generic_string();
}

std::vector<std::string> FolderFiles::siblings(const std::string& path) const {
  std::vector<std::string> names;
  const fs::path parent = fs::path(path).parent_path();
  std::error_code error;
  const fs::path folder = folder_ / parent;
  for (fs::directory_iterator entry(folder.empty() ? "." : folder, error), end;
       !error && entry != end; entry.increment(error)) {
    names.push_back((parent / entry->path().filename()).generic_string());
  }
  return names;
}

std::string MemoryFiles::read(const std::string& path) const {
  const auto file = files_.find(path);
  if (file == files_.end()) {
    throw InputFileError(reason(ENOENT));
  }
  return file->second;
}

std::string MemoryFiles::shown(const std::string& path) const {
  return (folder_ / path).generic_string();
}

std::vector<std::string> MemoryFiles::siblings(const std::string&) const {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files_) {
    names.push_back(name);
  }
  return names;
}

std::string FilesWithOneMore::read(const std::string& path) const {
  return path == one_.path ? one_.bytes : below_->read(path);
}

std::vector<std::string> FilesWithOneMore::siblings(const std::string& path) const {
  std::vector<std::string> names = below_->siblings(path);
  names.push_back(one_.path);
  return names;
}

std::string resolve_path(const std::string& from, const std::string& path) {
  if (path.empty()) {
    throw InputFileError("the path is empty");
  }
  if (path.find('\0') != std::string::npos) {
    throw InputFileError("the path has a zero byte");
  }
  if (fs::path(path).is_absolute()) {
    throw InputFileError("the path is absolute; it must be relative to the file that states it");
  }
  const fs::path whole = (fs::path(from).parent_path() / path).lexically_normal();
  if (whole.empty() || *whole.begin() == "..") {
    throw InputFileError(kOutside);
  }
  return whole.generic_string();
}

} // namespace lantian
