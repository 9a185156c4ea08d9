#include "results/errors.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace lantian {
namespace {

const char* advice(int code) {
  switch (code) {
  case ENOSPC:
  case EDQUOT:
    return "free some space there or write to another folder";
  case EACCES:
  case EPERM:
  case EROFS:
    return "write to a folder that you may write to";
  case ENOENT:
  case ENOTDIR:
    return "create its folder first";
  case EFBIG:
    return "raise the limit on the size of files (ulimit -f)";
  case ENOMEM:
    return "fewer threads or a smaller block need less memory";
  case ENAMETOOLONG:
    return "choose a shorter name";
  default:
    return "see whether the disk is in order, or write to another folder";
  }
}

} // namespace

OutputError::OutputError(std::filesystem::path path, int code, const std::string& reason)
    : Error(fmt::format("{}: {}", path.string(), reason)), path_(std::move(path)), code_(code) {}

OutputError system_output_error(const std::filesystem::path& path, int code,
                                const std::string& action) {
  const std::string cause = std::generic_category().message(code);
  return {path, code,
          fmt::format("cannot {}: {} (errno {}); {}", action, cause, code, advice(code))};
}

OutputInterrupted::OutputInterrupted(const std::filesystem::path& path)
    : Interrupted(Time{}),
      message_(
          fmt::format("{}: interrupted while it was written; nothing was kept", path.string())) {}

OutputInterrupted::OutputInterrupted(const std::filesystem::path& path, std::int64_t kept,
                                     std::int64_t all)
    : OutputInterrupted(path) {
  if (kept > 0)
    message_ = fmt::format("{}: interrupted; {} of {} replications are kept beside it: resume the "
                           "run to go on",
                           path.string(), kept, all);
}

ResultFileError::ResultFileError(std::filesystem::path path, const std::string& reason)
    : Error(fmt::format("{}: {}", path.string(), reason)), path_(std::move(path)) {}

} // namespace lantian
