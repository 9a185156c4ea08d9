#include "scenario/read_options.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "kernel/error.hpp"
#include "scenario/diagnostics.hpp"

namespace lantian {

namespace {

// Lines and columns of a position have 32 bits; the parser of TOML nests no deeper.
constexpr double kMostInFile = 4e9;
constexpr double kMostDepth = 256;

constexpr std::array kNamed{
    NamedReadLimit{"files", "files of a scenario, with all that it extends", &ReadLimits::files,
                   kMostInFile},
    NamedReadLimit{"toml-size", "size of a TOML file [bytes]", &ReadLimits::toml_size, kMostInFile},
    NamedReadLimit{"toml-depth", "levels of tables and arrays in TOML", &ReadLimits::toml_depth,
                   kMostDepth},
    NamedReadLimit{"file-size", "size of any other input file [bytes]", &ReadLimits::file_size,
                   kMostInFile},
    NamedReadLimit{"rows", "rows of a CSV table", &ReadLimits::rows, kMostInFile},
    NamedReadLimit{"columns", "columns of a CSV table", &ReadLimits::columns, kMostInFile},
    NamedReadLimit{"cells", "cells of a CSV table", &ReadLimits::cells, kMostInFile},
    NamedReadLimit{"values", "values of a netCDF variable", &ReadLimits::values, kMostInFile},
};

} // namespace

std::span<const NamedReadLimit> named_read_limits() {
  return kNamed;
}

std::vector<Limit> limits_of_reading() {
  std::vector<Limit> all;
  for (const NamedReadLimit& limit : kNamed) {
    all.push_back({std::string(limit.name), std::string(limit.of), ReadLimits{}.*limit.member});
  }
  return all;
}

ReadLimits widest_read_limits() {
  ReadLimits widest;
  for (const NamedReadLimit& limit : kNamed) {
    widest.*limit.member = static_cast<std::uint64_t>(limit.most);
  }
  return widest;
}

void set_limit(ReadLimits& limits, const std::string& name, double value) {
  for (const NamedReadLimit& limit : kNamed) {
    if (limit.name == name) {
      limits.*limit.member = checked_limit(name, value, limit.most);
      return;
    }
  }
  refuse_limit(name, limits_of_reading());
}

std::uint64_t checked_limit(std::string_view name, double value, double most) {
  if (!(value >= 1 && value <= most) || value != std::floor(value)) {
    throw UsageError(
        fmt::format("limit {}={}: must be a whole number from 1 to {}", name, value, most));
  }
  return static_cast<std::uint64_t>(value);
}

void refuse_limit(const std::string& name, const std::vector<Limit>& known) {
  std::vector<std::string> names;
  for (const Limit& limit : known) {
    names.push_back(limit.name);
  }
  throw UsageError(fmt::format("there is no limit '{}'{}; there are {}", name,
                               did_you_mean(name, names), fmt::join(names, ", ")));
}

std::string limit_advice(std::string_view name, double needed) {
  const auto limit = std::find_if(kNamed.begin(), kNamed.end(),
                                  [&](const NamedReadLimit& each) { return each.name == name; });
  const double power = std::ceil(std::log10(needed));
  if (limit->most < std::pow(10, power)) {
    return fmt::format("or raise the limit with --limit {}={:g}", name, limit->most);
  }
  return fmt::format("or raise the limit with --limit {}=1e{:g}", name, power);
}

} // namespace lantian
