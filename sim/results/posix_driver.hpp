#pragma once
//! A virtual file driver for libhdf5 on a POSIX file descriptor that survives a full disk.
//!
//! libhdf5 1.10 loses data silently, or crashes at exit, when a write fails while it evicts or
//! closes. This driver tells libhdf5 that every write succeeded, remembers the first failure in a
//! FileHealth, and from then on drops what is written; whoever owns the file looks at the health
//! after each step and after closing, and throws the file away. It writes in pieces of 256 KiB
//! (single writes of megabytes are several times slower on some systems), takes no file locks (they
//! fail on some network file systems), and never shares a file between two opens.

#include "hdf5/handles.hpp"
#include "results/checks.hpp"

namespace lantian::hdf5 {

//! What was seen under one open file.
struct FileHealth {
  int error = 0;                  //!< first errno; 0 while all is well
  const char* action = "";        //!< what failed: "write", "read", "truncate"
  bool is_writing_values = false; //!< whether what is written now are chunks with checksums
  Extents values{};               //!< where such chunks lie
};

//! Marks what libhdf5 writes while this lives as values: chunks with checksums.
class WritingValues {
public:
  explicit WritingValues(FileHealth& health) : health_(health) { health_.is_writing_values = true; }
  ~WritingValues() { health_.is_writing_values = false; }
  WritingValues(const WritingValues&) = delete;
  WritingValues& operator=(const WritingValues&) = delete;

private:
  FileHealth& health_;
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
