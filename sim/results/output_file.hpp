#pragma once
//! A file that appears whole or not at all. What is written goes to `TARGET.tmp-<pid>` beside the
//! target; commit() puts it on the disk and renames it into place. Without commit, however the
//! scope is left, the temporary file is removed and the target is as it was. A process that is
//! killed leaves the temporary file behind; the next that writes the same target removes it.

#include <filesystem>

#include "results/file_bytes.hpp"

namespace lantian {

class OutputFile {
public:
  //! Creates the temporary file. Throws OutputError if that fails, if the target is there and
  //! `overwrite` is false, or if it is no regular file.
  OutputFile(std::filesystem::path target, bool overwrite);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  int descriptor() const { return descriptor_.number(); }
  const std::filesystem::path& temporary() const { return temporary_; }

  //! The target, as the caller named it.
  const std::filesystem::path& target() const { return target_; }

  //! Waits until all is on the disk.
  void synchronise() const;

  //! Renames into place and makes the name durable. Throws OutputError; then nothing was changed,
  //! except that a file which cannot be made durable stays in place.
  void commit();

private:
  void check_target() const;
  void create();
  void sweep() const;

  std::filesystem::path target_;
  std::filesystem::path place_; // the target with its links resolved
  std::filesystem::path temporary_;
  bool overwrite_;
  Descriptor descriptor_;
  bool is_committed_ = false;
};

} // namespace lantian
