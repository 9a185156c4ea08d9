#include "results/columns.hpp"

namespace lantian {

std::vector<double> column(const std::vector<double>& values, std::size_t replications,
                           std::size_t k) {
  const std::size_t size = values.size() / replications;
  std::vector<double> result;
  result.reserve(replications);
  for (std::size_t r = 0; r < replications; ++r)
    result.push_back(values[r * size + k]);
  return result;
}

std::vector<double> column(const ResultFile& file, const std::string& scenario,
                           const std::string& variable, std::size_t k) {
  return column(file.read(scenario, variable), static_cast<std::size_t>(file.replications()), k);
}

const std::vector<std::string>& labels_of(const ResultFile& file, const std::string& scenario,
                                          const std::string& axis) {
  return std::get<Labels>(file.layout(scenario).coordinate(axis)->values).ids;
}

} // namespace lantian
