#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "background.hpp"
#include "bind.hpp"
#include "coordinates.hpp"
#include "loaded_scenario.hpp"
#include "results/kept_runs.hpp"
#include "results/run_to_file.hpp"

// Many variants of a scenario in one call without the GIL, in the same paired worlds, of which only
// what was asked for is kept.
namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

//! Id and TOML text of a variant.
using VariantText = std::pair<std::string, std::string>;

// For each variant its arrays, the axes of each after the replication, and those axes.
py::list rows_of(std::vector<KeptRun> results, std::int64_t replications) {
  py::list rows;
  for (KeptRun& kept : results) {
    py::list arrays;
    py::list dims;
    for (std::size_t v = 0; v < kept.values.size(); ++v) {
      std::vector<std::size_t> shape = kept.variables[v].shape;
      shape.insert(shape.begin(), static_cast<std::size_t>(replications));
      arrays.append(array_of(std::move(kept.values[v]), shape));
      dims.append(kept.variables[v].dims);
    }
    py::dict axes;
    for (const Coordinate& axis : kept.axes) {
      axes[py::str(axis.name)] = described(axis);
    }
    rows.append(py::make_tuple(arrays, dims, axes));
  }
  return rows;
}

} // namespace

void bind_evaluate(py::module_& module) {
  module.def(
      "evaluate",
      [](const LoadedScenario& base, const std::vector<VariantText>& variants,
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
        return rows_of(std::move(results), options.ensemble.replications);
      },
      "base"_a, "variants"_a, "variables"_a, "options"_a, "progress"_a);
}

} // namespace lantian::python
