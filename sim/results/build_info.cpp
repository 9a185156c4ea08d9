#include "results/build_info.hpp"

#include <boost/version.hpp>
#include <fmt/core.h>
#include <gnu/libc-version.h>
#include <hdf5.h>
#include <isa-l.h>
#include <openssl/crypto.h>
#include <toml++/toml.h>

#include "build.hpp"
#include "commit.hpp"

namespace lantian {
namespace {

std::string dotted(int major, int minor, int patch) {
  return fmt::format("{}.{}.{}", major, minor, patch);
}

std::string boost_version() {
  return dotted(BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100);
}

std::string hdf5_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  H5get_libversion(&major, &minor, &release);
  return fmt::format("{}.{}.{}", major, minor, release);
}

// glibc picks its exp, log and pow by whether the processor has fused multiply-add; their last
// bits differ.
std::string processor() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("fma") != 0 ? "x86_64+fma" : "x86_64";
#elif defined(__aarch64__)
  return "aarch64";
#else
  return "other";
#endif
}

} // namespace

std::string program_version() {
  return kLantianVersion;
}

std::string program_commit() {
  return kLantianCommit;
}

std::string build_fingerprint() {
  return fmt::format("{}; {}; Boost {}; glibc {}; {}", kLantianCompiler, kLantianFlags,
                     boost_version(), gnu_get_libc_version(), processor());
}

std::vector<LibraryVersion> library_versions() {
  return {{"Boost", boost_version()},
          {"fmt", dotted(FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
          {"glibc", gnu_get_libc_version()},
          {"HDF5", hdf5_version()},
          {"ISA-L", dotted(ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION, ISAL_PATCH_VERSION)},
          {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
          {"toml++", dotted(TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH)}};
}

} // namespace lantian
