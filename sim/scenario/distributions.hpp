#pragma once

// The distributions that a Number may be, as they are written: { pert = { low = …, mode = …, high =
// … } }. Every argument is named. The table below serves parsing, the JSON Schema and the
// reference.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/distribution.hpp"

namespace lantian {

struct DistributionArgument {
  std::string_view name;
  bool is_quantity = true; //!< has the unit of the number; otherwise it is a plain number
  bool is_list = false;
};

struct DistributionSpec {
  std::string_view name;
  std::string_view doc;
  std::vector<DistributionArgument> arguments;
  //! Sets of arguments, one of which must be given whole and without others.
  std::vector<std::vector<std::string_view>> forms;
};

//! All of them, in the order of the reference.
const std::vector<DistributionSpec>& distribution_specs();
//! By name; null when there is none.
const DistributionSpec* find_distribution(std::string_view name);
//! Names of all, for suggestions.
std::vector<std::string> distribution_names();

//! Argument values by name [base units]; a list may have many, the others have one.
using DistributionArguments = std::map<std::string, std::vector<double>, std::less<>>;

//! Makes the distribution of a complete form. Throws std::invalid_argument.
Distribution make_distribution(std::string_view name, const DistributionArguments& arguments);

} // namespace lantian
