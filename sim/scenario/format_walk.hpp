#pragma once

// All fields of the format as one list, each with the path at which it is written.

#include <string>
#include <vector>

#include "scenario/format.hpp"

namespace lantian {

//! A field and where it stands: "sources.<id>.emits.<pollutant>.raw".
struct FieldPlace {
  std::vector<std::string> path; //!< steps; "<…>" stands for any id
  const FieldInfo* field = nullptr;
  const Kind* kind = nullptr; //!< of the measure or target that it belongs to
};

//! Every field, in the order of the reference.
std::vector<FieldPlace> all_fields(const Format& format);

//! The steps joined by dots.
std::string path_text(const std::vector<std::string>& path);

} // namespace lantian
