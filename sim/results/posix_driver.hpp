#pragma once
//! A virtual file driver for libhdf5 on a POSIX file descriptor that survives a full disk.
//!
//! libhdf5 1.10 loses data silently, or crashes at exit, when a write fails while it evicts or
//! closes. This driver tells libhdf5 that every write succeeded, remembers the first failure in a
//! FileHealth, and from then on drops what is written; whoever owns the file looks at the health
//! after each step and after closing, and throws the file away. It writes in pieces of 256 KiB
//! (single writes of megabytes are several times slower on some systems), takes no file locks (they
//! fail on some network file systems), and never shares a file between two opens.

#include <cstdint>

#include "results/hdf5_handles.hpp"

namespace lantian::hdf5 {

//! The first failure of the operating system under one open file.
struct FileHealth {
  int error = 0;             //!< errno; 0 while all is well
  const char* action = "";   //!< "write", "read", "truncate"
  std::uint64_t written = 0; //!< bytes handed to the operating system so far
};

//! The driver, registered for as long as this lives: longer than the files opened through it.
class PosixDriver {
public:
  PosixDriver();

  //! File access properties for one open or create of the file behind `descriptor` (duplicated,
  //! so that the caller's may be closed). `health` must outlive the file. Latest file format.
  Properties access(int descriptor, FileHealth& health) const;

private:
  Driver driver_;
};

} // namespace lantian::hdf5
