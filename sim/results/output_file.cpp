#include "results/output_file.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fmt/format.h>

#include "results/errors.hpp"

namespace lantian {
namespace {

constexpr char kExists[] = "exists already; choose another name, or say that it may be overwritten";

constexpr char kTemporary[] = ".tmp-";

void synchronise_folder(const std::filesystem::path& path) {
  const Descriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.is_open()) // else one that may be written but not read
    synchronise(folder.number(), path);
}

// Renames without replacing: 0, or errno.
int rename_to_new(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) {
    return 0;
  }
  if (errno != EINVAL && errno != ENOSYS) {
    return errno;
  }
  if (link(from.c_str(), to.c_str()) != 0) { // file systems without that flag
    return errno;
  }
  unlink(from.c_str());
  return 0;
}

} // namespace

OutputFile::OutputFile(std::filesystem::path target, bool overwrite)
    : target_(std::move(target)), overwrite_(overwrite) {
  std::error_code unresolved;
  place_ = std::filesystem::weakly_canonical(target_, unresolved);
  if (unresolved || place_.empty()) {
    throw system_output_error(target_, unresolved ? unresolved.value() : ENOENT, "create");
  }
  check_target();
  temporary_ = place_;
  temporary_ += fmt::format("{}{}", kTemporary, getpid());
  create();
  sweep();
}

//! The lock tells a file in use from one that a killed process has left, also to those who sweep;
//! one that was swept between our opening and our locking it is made again.
void OutputFile::create() {
  while (true) {
    descriptor_ =
        Descriptor(open(temporary_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (!descriptor_.is_open())
      throw system_output_error(target_, errno, "create");
    if (flock(descriptor_.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
      throw OutputError(target_, EWOULDBLOCK, "is being written by another run in this process");
    if (ftruncate(descriptor_.number(), 0) != 0)
      throw system_output_error(target_, errno, "create");
    if (is_same_file(descriptor_.number(), temporary_))
      return;
  }
}

//! Removes what processes that were killed have left of the same target.
void OutputFile::sweep() const {
  const std::string begins = place_.filename().string() + kTemporary;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(temporary_.parent_path(), ignored)) {
    if (!entry.path().filename().string().starts_with(begins) || entry.path() == temporary_)
      continue;
    const Descriptor left(open(entry.path().c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (left.is_open() && flock(left.number(), LOCK_EX | LOCK_NB) == 0)
      unlink(entry.path().c_str());
  }
}

OutputFile::~OutputFile() {
  if (!is_committed_) {
    unlink(temporary_.c_str());
  }
}

void OutputFile::check_target() const {
  std::error_code ignored;
  const auto status = std::filesystem::status(place_, ignored);
  if (!std::filesystem::exists(status)) {
    return;
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw OutputError(target_, 0, "is no regular file; choose another name");
  }
  if (!overwrite_) {
    throw OutputError(target_, EEXIST, kExists);
  }
}

void OutputFile::synchronise() const {
  lantian::synchronise(descriptor_.number(), target_);
}

void OutputFile::commit() {
  check_target();
  const int code = overwrite_ ? (std::rename(temporary_.c_str(), place_.c_str()) == 0 ? 0 : errno)
                              : rename_to_new(temporary_, place_);
  if (code == EEXIST) {
    throw OutputError(target_, code, kExists);
  }
  if (code != 0) {
    throw system_output_error(target_, code, "rename into place");
  }
  is_committed_ = true;
  synchronise_folder(place_.parent_path());
}

} // namespace lantian
