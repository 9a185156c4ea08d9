#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "background.hpp"
#include "bind.hpp"
#include "coordinates.hpp"
#include "ensemble/parameter_sample.hpp"
#include "loaded_scenario.hpp"
#include "results/kept_runs.hpp"
#include "results/run_to_file.hpp"

// Many variants of a scenario in one call without the GIL, in the same paired worlds, or one
// scenario at each row of a sample of its parameters and chance; only what was asked for is kept.
namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

//! Id and TOML text of a variant.
using VariantText = std::pair<std::string, std::string>;

using Uniforms = py::array_t<double, py::array::c_style | py::array::forcecast>;

// The arrays, the axes of each after the replication, those axes, and the unit of each array.
py::tuple arrays_of(KeptRun kept, std::int64_t replications) {
  py::list arrays;
  py::list dims;
  py::list units;
  for (std::size_t v = 0; v < kept.values.size(); ++v) {
    std::vector<std::size_t> shape = kept.variables[v].shape;
    shape.insert(shape.begin(), static_cast<std::size_t>(replications));
    arrays.append(array_of(std::move(kept.values[v]), shape));
    dims.append(kept.variables[v].dims);
    units.append(kept.variables[v].unit);
  }
  py::dict axes;
  for (const Coordinate& axis : kept.axes) {
    axes[py::str(axis.name)] = described(axis);
  }
  return py::make_tuple(arrays, dims, axes, units);
}

py::list evaluate(const LoadedScenario& base, const std::vector<VariantText>& variants,
                  const std::vector<std::string>& variables, const RunOptions& options,
                  const py::object& progress) {
  check_options(options.ensemble);
  std::vector<KeptRun> results;
  const auto load = [&](std::size_t i) {
    return base.variant(variants[i].first, variants[i].second).shared();
  };
  run_in_background(progress, [&](const Progress& report, const std::stop_token& stop) {
    results = run_and_keep(variants.size(), load, variables, options.ensemble, report, stop);
  });
  py::list rows;
  for (KeptRun& kept : results) {
    rows.append(arrays_of(std::move(kept), options.ensemble.replications));
  }
  return rows;
}

py::tuple evaluate_sample(const LoadedScenario& loaded, const std::vector<VariantText>& bases,
                          std::vector<std::string> ids, const Uniforms& uniforms,
                          std::vector<std::uint32_t> chances,
                          const std::vector<std::string>& variables, const RunOptions& options,
                          const py::object& progress) {
  const ParameterSample sample{
      std::move(ids), {uniforms.data(), uniforms.data() + uniforms.size()}, std::move(chances)};
  check_sample(sample);
  EnsembleOptions ensemble = options.ensemble;
  ensemble.replications = sample.rows();
  ensemble.sample = &sample;
  KeptRun kept;
  run_in_background(progress, [&](const Progress& report, const std::stop_token& stop) {
    std::vector<SharedScenario> along;
    for (const auto& [id, text] : bases) {
      along.push_back(loaded.variant(id, text).shared());
    }
    kept = run_and_keep(loaded.shared(), std::move(along), variables, ensemble, report, stop);
  });
  return arrays_of(std::move(kept), ensemble.replications);
}

} // namespace

void bind_evaluate(py::module_& module) {
  module.def("evaluate", &evaluate, "base"_a, "variants"_a, "variables"_a, "options"_a,
             "progress"_a);
  module.def("evaluate_sample", &evaluate_sample, "scenario"_a, "bases"_a, "ids"_a, "uniforms"_a,
             "chances"_a, "variables"_a, "options"_a, "progress"_a);
}

} // namespace lantian::python
