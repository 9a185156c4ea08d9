#pragma once
//! What a result file says of the run that made it: enough to run it again.

#include <cstdint>
#include <string>
#include <vector>

#include "ensemble/layout.hpp"
#include "scenario/input_files.hpp"

namespace lantian {

//! Facts for the root of the file.
struct RunRecord {
  std::string program_version;
  std::string program_commit{};
  std::string build_fingerprint{}; //!< compiler, flags, libm: what bits depend on
  std::string date{};              //!< ISO 8601, UTC; empty = now
  std::uint64_t seed = 0;
  std::string random_scheme{}; //!< e.g. "philox4x32-10"
  std::int64_t parameter_draws = 1;
  std::int64_t chance_draws = 1;    //!< replications of each parameter draw
  std::vector<InputFile> inputs{};  //!< every file that was read
  std::vector<Attribute> further{}; //!< anything else worth knowing

  std::int64_t replications() const { return parameter_draws * chance_draws; }
};

} // namespace lantian
