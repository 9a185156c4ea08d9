#include "scenario/input_files.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

namespace lantian {

namespace fs = std::filesystem;

namespace {

std::string reason(int error) {
  return std::generic_category().message(error);
}

bool leaves(const fs::path& relative) {
  return relative.empty() || *relative.begin() == "..";
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  return !leaves(path.lexically_relative(folder));
}

fs::path real_path(const fs::path& path) {
  std::error_code error;
  const fs::path real = fs::canonical(path.empty() ? "." : path, error);
  return error ? fs::path{} : real;
}

//! The closest folder, from this one upwards, that has a kProjectFile; else this one.
fs::path project_of(const fs::path& folder) {
  std::error_code error;
  for (fs::path at = folder; !at.empty(); at = at.parent_path()) {
    if (fs::exists(at / kProjectFile, error)) {
      return at;
    }
    if (at == at.root_path()) {
      break;
    }
  }
  return folder;
}

//! "." for the current one, and no slash at the end.
std::string shown_folder(const fs::path& path) {
  const fs::path normal = path.lexically_normal();
  return (normal.has_filename() || normal == normal.root_path() ? normal : normal.parent_path())
      .generic_string();
}

fs::path common_folder(const fs::path& a, const fs::path& b) {
  fs::path common;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end() && *i == *j; ++i, ++j) {
    common /= *i;
  }
  return common;
}

fs::path root_of(const fs::path& folder, const fs::path& real_folder, const fs::path& wanted) {
  if (wanted.empty()) {
    return project_of(real_folder);
  }
  const fs::path root = real_path(wanted);
  std::error_code error;
  if (!fs::is_directory(root, error)) {
    throw UsageError(fmt::format("the root '{}' is no folder", wanted.generic_string()));
  }
  if (!real_folder.empty() && !is_inside(real_folder, root)) {
    throw UsageError(
        fmt::format("the root '{}' does not hold the scenario's folder '{}': name one above it",
                    wanted.generic_string(), folder.empty() ? "." : folder.generic_string()));
  }
  return root;
}

std::string bytes_of(const fs::path& path) {
  std::error_code error;
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  if (stream && fs::file_size(path, error) > 0) {
    bytes << stream.rdbuf();
  }
  if (!stream || !bytes) {
    throw InputFileError(errno == 0 ? "it cannot be read" : reason(errno));
  }
  return std::move(bytes).str();
}

} // namespace

std::string InputFiles::outside(const std::string&) const {
  return "the path leaves the scenario's folder";
}

FolderFiles::FolderFiles(fs::path folder, ReadOptions options)
    : folder_(std::move(folder)), largest_(options.limits.file_size),
      real_folder_(real_path(folder_)), root_(root_of(folder_, real_folder_, options.root)) {}

fs::path FolderFiles::place() const {
  const fs::path place = real_folder_.lexically_relative(root_);
  return place == "." ? fs::path{} : place;
}

std::string FolderFiles::outside(const std::string& path) const {
  std::error_code error;
  const fs::path file = fs::weakly_canonical(real_folder_ / path, error);
  const fs::path up = common_folder(file.parent_path(), root_).lexically_relative(real_folder_);
  const std::string enough = shown_folder(folder_ / up);
  return fmt::format("it lies outside of {}; if that is meant, name a folder that holds both "
                     "(--root {}, in Python root=), or make that the project (lantian schema > {})",
                     root_ == real_folder_
                         ? "the scenario's folder"
                         : fmt::format("the folder '{}'", root_.filename().generic_string()),
                     enough, (fs::path(enough) / kProjectFile).lexically_normal().generic_string());
}

std::string FolderFiles::identity(const std::string& path) const {
  const fs::path real = real_path(folder_ / path);
  return real.empty() ? path : real.generic_string();
}

std::string FolderFiles::read(const std::string& path) const {
  std::error_code error;
  const fs::path real = fs::canonical(folder_ / path, error);
  if (error) {
    throw InputFileError(error.message());
  }
  if (!is_inside(real, root_)) {
    throw InputFileError(outside(path));
  }
  if (!fs::is_regular_file(real, error)) {
    throw InputFileError(fs::is_directory(real) ? "it is a folder" : "it is not a regular file");
  }
  if (const auto size = fs::file_size(real, error); !error && size > largest_) {
    throw InputFileError(fmt::format("it has {} bytes; at most {} are read: split it into several, "
                                     "{}",
                                     size, largest_,
                                     limit_advice("file-size", static_cast<double>(size))));
  }
  return bytes_of(real);
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

std::string resolve_path(const InputFiles& files, const std::string& from,
                         const std::string& path) {
  if (path.empty()) {
    throw InputFileError("the path is empty");
  }
  if (path.find('\0') != std::string::npos) {
    throw InputFileError("the path has a zero byte");
  }
  if (fs::path(path).is_absolute()) {
    throw InputFileError("the path is absolute; it must be relative to the file that states it");
  }
  const fs::path stated = fs::path(from).parent_path() / path;
  const fs::path below_root = (files.place() / stated).lexically_normal();
  if (leaves(below_root)) {
    throw InputFileError(files.outside(stated.generic_string()));
  }
  // "../here/a.toml" is "a.toml" where the folder is called "here"
  return files.place().empty() ? below_root.generic_string()
                               : below_root.lexically_relative(files.place()).generic_string();
}

void rebase(std::vector<InputFile>& read, const InputFiles& files) {
  std::ptrdiff_t levels = 0;
  for (const InputFile& file : read) {
    const fs::path path(file.path);
    levels = std::max(levels, std::count(path.begin(), path.end(), ".."));
  }
  const fs::path place = files.place();
  fs::path below;
  for (auto part = std::prev(place.end(), levels); part != place.end(); ++part) {
    below /= *part;
  }
  for (InputFile& file : read) {
    file.path = (below / file.path).lexically_normal().generic_string();
  }
}

} // namespace lantian
