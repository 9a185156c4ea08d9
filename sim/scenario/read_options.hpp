#pragma once

// What the files of a scenario may use up and where they may lie. Each limit has a name, under
// which it is raised (lantian check --limit NAME=NUMBER), and a standard value that no sensible
// scenario comes near; docs/reliability.md lists them.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

struct ReadLimits {
  std::uint64_t files = 1'000;          //!< of a scenario, with all that it extends
  std::uint64_t toml_size = 16U << 20;  //!< [bytes]
  std::uint64_t toml_depth = 64;        //!< levels of tables and arrays, dots of keys among them
  std::uint64_t file_size = 256U << 20; //!< of any file, CSV and netCDF among them [bytes]
  std::uint64_t rows = 2'000'000;       //!< of a CSV table, without the header
  std::uint64_t columns = 10'000;       //!< of a CSV table
  std::uint64_t cells = 20'000'000;     //!< of a CSV table
  std::uint64_t values = 2'000'000;     //!< of a netCDF variable
};

struct ReadOptions {
  ReadLimits limits = {};
  //! Folder outside of which nothing is read; empty: the scenario's project (input_files.hpp).
  std::filesystem::path root = {};
};

//! A limit as people see it.
struct Limit {
  std::string name;
  std::string of; //!< what it limits, with its unit
  std::uint64_t standard = 0;
};

//! One of the ReadLimits by its name.
struct NamedReadLimit {
  std::string_view name;
  std::string_view of;
  std::uint64_t ReadLimits::* member;
  double most; //!< that it can be set to
};

//! All of them, in the order of the page.
std::span<const NamedReadLimit> named_read_limits();

//! The same, as people see them.
std::vector<Limit> limits_of_reading();

//! Every limit as far as it goes: for files that were read before, within the limits of then.
ReadLimits widest_read_limits();

//! Sets a limit. Throws UsageError where there is none of that name, or the value is out of range.
void set_limit(ReadLimits& limits, const std::string& name, double value);

//! `value` as a whole number from 1 to `most`. Throws UsageError.
std::uint64_t checked_limit(std::string_view name, double value, double most);

//! Throws UsageError: none of the `known` limits has this name.
[[noreturn]] void refuse_limit(const std::string& name, const std::vector<Limit>& known);

//! "or raise the limit with --limit rows=1e7": to the power of ten that `needed` fits in.
std::string limit_advice(std::string_view name, double needed);

} // namespace lantian
