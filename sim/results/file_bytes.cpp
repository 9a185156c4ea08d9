#include "results/file_bytes.hpp"

#include "results/errors.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lantian {

Descriptor::~Descriptor() {
  if (is_open())
    ::close(number_);
}

bool is_same_file(int descriptor, const std::filesystem::path& path) {
  struct stat opened{};
  struct stat named{};
  return fstat(descriptor, &opened) == 0 && stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

void append_bytes(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(descriptor, bytes.data(), std::min(bytes.size(), kPieceOfFile));
    if (put < 0 && errno == EINTR)
      continue;
    if (put <= 0)
      throw system_output_error(path, put < 0 ? errno : ENOSPC, "write");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

void synchronise(int descriptor, const std::filesystem::path& path) {
  // EINVAL and ENOTSUP: a file system that has nothing to wait for.
  if (fsync(descriptor) != 0 && errno != EINVAL && errno != ENOTSUP)
    throw system_output_error(path, errno, "put on the disk");
}

std::optional<std::string> bytes_of_file(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT)
    return std::nullopt;
  std::string bytes;
  std::string piece(kPieceOfFile, '\0');
  while (true) {
    const ssize_t got = file.is_open() ? ::read(file.number(), piece.data(), piece.size()) : -1;
    if (got == 0)
      return bytes;
    if (got > 0)
      bytes.append(piece, 0, static_cast<std::size_t>(got));
    else if (!file.is_open() || errno != EINTR)
      throw system_output_error(path, errno, "read");
  }
}

} // namespace lantian
