#pragma once
//! What this program is made of, for result files and `--version`.

#include <string>
#include <vector>

namespace lantian {

//! "0.1.0".
std::string program_version();

//! Last commit that touched the engine, 12 hexadecimal digits, "-modified" added where the sources
//! differed from it; "unknown" where it was not built from a git checkout.
std::string program_commit();

//! All that the bits of a result depend on besides the program itself: compiler, flags, processor
//! family, Boost, and the libm path that is taken on this machine.
std::string build_fingerprint();

//! A library and its version.
struct LibraryVersion {
  std::string name;
  std::string version;
};

//! The libraries in use, those linked dynamically as found at run time.
std::vector<LibraryVersion> library_versions();

} // namespace lantian
