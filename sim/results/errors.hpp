#pragma once
//! What can go wrong with result files: writing one (OutputError), stopping while it is written
//! (OutputInterrupted), reading one (ResultFileError). Writing is all or nothing, so after the
//! first two there is no new file and an old one is untouched.

#include <cstdint>
#include <filesystem>
#include <string>

#include "kernel/error.hpp"

namespace lantian {

//! A result file could not be written. what() names the file, the cause and what to do.
class OutputError : public Error {
public:
  //! `code`: errno, or 0 where the operating system is not the cause.
  OutputError(std::filesystem::path path, int code, const std::string& reason);

  const std::filesystem::path& path() const { return path_; }
  int code() const { return code_; }

private:
  std::filesystem::path path_;
  int code_;
};

//! An OutputError for an errno: `action` is what was being done ("write", "create", ...).
OutputError system_output_error(const std::filesystem::path& path, int code,
                                const std::string& action);

//! A stop was asked for while a result file was computed or written; there is none.
class OutputInterrupted : public Interrupted {
public:
  explicit OutputInterrupted(const std::filesystem::path& path);
  //! `kept` of `all` replications are kept beside it, to be gone on with.
  OutputInterrupted(const std::filesystem::path& path, std::int64_t kept, std::int64_t all);
  const char* what() const noexcept override { return message_.c_str(); }

private:
  std::string message_;
};

//! A file is no result file, one that this program cannot read, or damaged.
class ResultFileError : public Error {
public:
  ResultFileError(std::filesystem::path path, const std::string& reason);
  const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

} // namespace lantian
