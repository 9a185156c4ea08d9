#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "arrays.hpp"
#include "bind.hpp"
#include "loaded_scenario.hpp"
#include "results/limits.hpp"
#include "scenario/units.hpp"

namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

using NamedLimits = std::map<std::string, double>;
using Uniforms = py::array_t<double, py::array::c_style | py::array::forcecast>;

template <class Row> py::tuple ids(const Table<Row>& table) {
  py::list result;
  for (const Row& row : table) {
    result.append(row.id);
  }
  return result;
}

py::dict facts(const LoadedScenario& loaded) {
  const Scenario& scenario = loaded.scenario();
  const auto as_of = std::chrono::sys_days(scenario.as_of).time_since_epoch();
  return py::dict(
      "id"_a = scenario.id, "name"_a = scenario.name, "name_zh"_a = scenario.name_zh,
      "as_of_days"_a = as_of.count(), "start_seconds"_a = scenario.start.time_since_epoch().count(),
      "end_seconds"_a = scenario.end.time_since_epoch().count(), "top"_a = loaded.top());
}

py::dict tables(const LoadedScenario& loaded) {
  const Scenario& scenario = loaded.scenario();
  return py::dict("parameters"_a = ids(scenario.parameters),
                  "pollutants"_a = ids(scenario.pollutants), "carriers"_a = ids(scenario.carriers),
                  "zones"_a = ids(scenario.zones), "districts"_a = ids(scenario.districts),
                  "sectors"_a = ids(scenario.sectors), "profiles"_a = ids(scenario.profiles),
                  "plants"_a = ids(scenario.plants), "sources"_a = ids(scenario.sources),
                  "controls"_a = ids(scenario.controls), "arrivals"_a = ids(scenario.arrivals),
                  "receptors"_a = ids(scenario.receptors), "standards"_a = ids(scenario.standards),
                  "resources"_a = ids(scenario.resources), "calendars"_a = ids(scenario.calendars),
                  "measures"_a = ids(scenario.measures), "targets"_a = ids(scenario.targets),
                  "published"_a = ids(scenario.published), "caveats"_a = ids(scenario.caveats));
}

// One a parameter, in the scenario's order; those that are not drawn have no distribution.
py::list parameters(const LoadedScenario& loaded) {
  py::list result;
  for (const Parameter& parameter : loaded.scenario().parameters) {
    result.append(py::dict("id"_a = parameter.id, "name"_a = parameter.name,
                           "distribution"_a = parameter.distribution, "unit"_a = parameter.unit,
                           "written_at"_a = parameter.written_at, "source"_a = parameter.source,
                           "confidence"_a = parameter.confidence));
  }
  return result;
}

// Value of each parameter [its unit] at each row of uniform numbers, as [row][parameter].
py::array_t<double> parameter_values(const LoadedScenario& loaded, const Uniforms& uniforms) {
  const Table<Parameter>& parameters = loaded.scenario().parameters;
  const auto rows = static_cast<std::size_t>(uniforms.shape(0));
  std::vector<double> values;
  for (std::size_t row = 0; row < rows; ++row) {
    const double* mine = uniforms.data() + row * parameters.size();
    const auto drawn = draw_parameters(
        parameters, [&](const std::string& id) { return mine[*parameters.find(id)]; });
    values.insert(values.end(), drawn.begin(), drawn.end());
  }
  return array_of(std::move(values), {rows, parameters.size()});
}

py::dict files(const LoadedScenario& loaded) {
  py::dict result;
  for (const InputFile& input : loaded.scenario().inputs) {
    result[py::str(input.path)] = py::bytes(input.bytes);
  }
  return result;
}

// Those of reading; the others, which a run of the scenario has, must be right too.
ReadLimits read_limits_of(const NamedLimits& limits) {
  RunOptions options;
  for (const auto& [name, value] : limits) {
    set_limit(options, name, value);
  }
  return options.reading.limits;
}

} // namespace

void bind_scenario(py::module_& module) {
  const py::call_guard<py::gil_scoped_release> without_gil;
  module.def(
      "base_value", [](const std::string& quantity) { return parse_quantity(quantity).value; },
      "quantity"_a);
  module.def("widest_read_limits", [] {
    NamedLimits widest;
    for (const NamedReadLimit& limit : named_read_limits()) {
      widest.emplace(limit.name, limit.most);
    }
    return widest;
  });
  py::class_<LoadedScenario>(module, "LoadedScenario")
      .def(py::init([](const std::filesystem::path& path, const NamedLimits& limits,
                       const std::optional<std::filesystem::path>& root) {
             return LoadedScenario(path, {read_limits_of(limits), root.value_or("")});
           }),
           "path"_a, "limits"_a = NamedLimits(), "root"_a = py::none(), without_gil)
      .def(py::init([](std::map<std::string, std::string> files, const std::string& top,
                       const NamedLimits& limits) {
             return LoadedScenario(std::move(files), top, read_limits_of(limits));
           }),
           "files"_a, "top"_a, "limits"_a = NamedLimits(), without_gil)
      .def("variant", &LoadedScenario::variant, "id"_a, "text"_a, without_gil)
      .def("facts", &facts)
      .def("tables", &tables)
      .def("parameters", &parameters)
      .def("parameter_values", &parameter_values, "uniforms"_a)
      .def("files", &files)
      .def("resolved", &LoadedScenario::resolved, "provenance"_a, without_gil);
}

} // namespace lantian::python
