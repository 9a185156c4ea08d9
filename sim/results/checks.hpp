#pragma once
//! Checks at the end of a result file, beyond what HDF5 knows of it (docs/io_formats.md has the
//! bytes). HDF5 checks most but not all of its structures, and libhdf5 1.10 crashes on some that
//! are damaged: so all bytes are checked before it reads the first one, except those of the values
//! themselves, the bulk, which lie in chunks with checksums that libhdf5 handles well.

#include <cstdint>
#include <map>

namespace lantian {

//! Parts of a file: address and length [bytes], disjoint.
using Extents = std::map<std::uint64_t, std::uint64_t>;

//! Adds a part; what it overlaps of others is no longer theirs, and they are dropped whole. A part
//! that touches its predecessor's end prolongs it.
void add_extent(Extents& extents, std::uint64_t address, std::uint64_t length);

//! Drops the parts that overlap with this one.
void drop_extent(Extents& extents, std::uint64_t address, std::uint64_t length);

//! Appends the checks to a closed file. `values`: the parts that are not covered. Throws
//! std::system_error.
void append_checks(int descriptor, const Extents& values);

enum class Soundness { sound, without_checks, damaged };

//! Compares a file with the checks at its end. Throws std::system_error if it cannot be read.
Soundness compare_with_checks(int descriptor);

} // namespace lantian
