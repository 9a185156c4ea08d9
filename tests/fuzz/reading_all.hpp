#pragma once
//! Reads all that a result file holds.

#include <cstring>
#include <filesystem>
#include <string>

#include "results/result_file.hpp"

namespace lantian::fuzz {

inline void add(std::string& all, const std::vector<double>& values) {
  all.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
}

//! Every value and text, verified before, as bytes that can be compared. Throws ResultFileError.
inline std::string everything_in(const std::filesystem::path& path) {
  const ResultFile file(path);
  file.verify();
  std::string all;
  for (const InputFile& input : file.inputs()) {
    all += input.path + input.bytes;
  }
  for (const std::string& scenario : file.scenarios()) {
    for (const Variable& variable : file.layout(scenario).variables()) {
      all += variable.name + variable.unit;
      add(all, file.read(scenario, variable.name));
      if (variable.with_statistics) {
        add(all, file.read_array(scenario, variable.name + "_mean").values);
      }
    }
    const EventLog log = file.event_log(scenario);
    for (std::size_t i = 0; i < log.size(); ++i) {
      all += log.measure.at(i) + log.event.at(i) + log.detail.at(i);
    }
  }
  return all;
}

} // namespace lantian::fuzz
