#pragma once

// Single columns of the variables of a result file, and the labels of its axes.

#include "results/result_file.hpp"

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

namespace lantian {

//! Value number `k` in each of so many replications of a variable's values.
std::vector<double> column(const std::vector<double>& values, std::size_t replications,
                           std::size_t k);

//! The same, read from the file: for a variable of which no more is wanted.
std::vector<double> column(const ResultFile& file, const std::string& scenario,
                           const std::string& variable, std::size_t k);

//! Ids along an axis.
const std::vector<std::string>& labels_of(const ResultFile& file, const std::string& scenario,
                                          const std::string& axis);

//! What stands beside an axis, such as the `name` of each measure; empty where that is missing.
template <class T>
std::vector<T> companion(const ResultFile& file, const std::string& scenario,
                         const std::string& axis, const std::string& name) {
  for (const Companion& each : file.layout(scenario).coordinate(axis)->companions) {
    if (each.name == name)
      return std::get<std::vector<T>>(each.values);
  }
  return {};
}

} // namespace lantian
