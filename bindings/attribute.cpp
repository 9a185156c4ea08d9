#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "background.hpp"
#include "bind.hpp"
#include "ensemble/kinds.hpp"
#include "loaded_scenario.hpp"
#include "results/attribute.hpp"

// What `lantian attribute` does, on scenarios that are loaded; the numbers are in the file.
namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

using NamedGroups = std::vector<std::pair<std::string, std::vector<std::string>>>;

ReadScenario read_of(const LoadedScenario& loaded) {
  return {loaded.shared(), loaded.top()};
}

std::vector<std::string> attribute(const LoadedScenario& plan, const LoadedScenario* base,
                                   const std::filesystem::path& output, const RunOptions& run,
                                   std::size_t method, const NamedGroups& groups,
                                   std::optional<std::int64_t> permutations,
                                   const py::object& progress) {
  AttributionOptions options{run, static_cast<AttributionMethod>(method), {}, permutations};
  for (const auto& [id, measures] : groups) {
    options.groups.push_back({id, measures});
  }
  std::optional<ReadScenario> before;
  if (base != nullptr) {
    before = read_of(*base);
  }
  const KindRegistry kinds = all_kinds();
  std::vector<std::string> notes;
  run_in_background(progress, [&](const Progress& report, const std::stop_token& stop) {
    notes = attribute_to_file(read_of(plan), before, output, options, kinds, report, stop).notes;
  });
  return notes;
}

} // namespace

void bind_attribute(py::module_& module) {
  module.def("attribute", &attribute, "plan"_a, "base"_a.none(true), "output"_a, "options"_a,
             "method"_a, "groups"_a, "permutations"_a, "progress"_a);
}

} // namespace lantian::python
