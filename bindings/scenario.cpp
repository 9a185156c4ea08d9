#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "bind.hpp"
#include "loaded_scenario.hpp"

namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

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
                  "standards"_a = ids(scenario.standards), "resources"_a = ids(scenario.resources),
                  "calendars"_a = ids(scenario.calendars), "measures"_a = ids(scenario.measures),
                  "targets"_a = ids(scenario.targets), "published"_a = ids(scenario.published),
                  "caveats"_a = ids(scenario.caveats));
}

py::dict files(const LoadedScenario& loaded) {
  py::dict result;
  for (const InputFile& input : loaded.scenario().inputs) {
    result[py::str(input.path)] = py::bytes(input.bytes);
  }
  return result;
}

} // namespace

void bind_scenario(py::module_& module) {
  const py::call_guard<py::gil_scoped_release> without_gil;
  py::class_<LoadedScenario>(module, "LoadedScenario")
      .def(py::init<std::filesystem::path>(), "path"_a, without_gil)
      .def(py::init<std::map<std::string, std::string>, std::string>(), "files"_a, "top"_a,
           without_gil)
      .def("variant", &LoadedScenario::variant, "id"_a, "text"_a, without_gil)
      .def("facts", &facts)
      .def("tables", &tables)
      .def("files", &files)
      .def("resolved", &LoadedScenario::resolved, "provenance"_a, without_gil);
}

} // namespace lantian::python
