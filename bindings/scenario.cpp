#include <memory>
#include <utility>

#include <pybind11/pybind11.h>
#include <pybind11/stl/filesystem.h>

#include "bind.hpp"
#include "ensemble/kinds.hpp"
#include "scenario/load_scenario.hpp"

namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

// A scenario and the kinds that it was read with, which it refers to.
class LoadedScenario {
public:
  explicit LoadedScenario(std::filesystem::path path)
      : kinds_(all_kinds()), path_(std::move(path)), scenario_(load_scenario(path_, kinds_)) {}
  LoadedScenario(const LoadedScenario&) = delete;
  LoadedScenario& operator=(const LoadedScenario&) = delete;

  const Scenario& scenario() const { return scenario_; }

  std::string resolved(bool provenance) const {
    return resolved_toml(path_, kinds_, provenance ? Provenance::shown : Provenance::hidden);
  }

private:
  KindRegistry kinds_;
  std::filesystem::path path_;
  Scenario scenario_;
};

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
  return py::dict("id"_a = scenario.id, "name"_a = scenario.name, "name_zh"_a = scenario.name_zh,
                  "as_of_days"_a = as_of.count(),
                  "start_seconds"_a = scenario.start.time_since_epoch().count(),
                  "end_seconds"_a = scenario.end.time_since_epoch().count());
}

py::dict tables(const LoadedScenario& loaded) {
  const Scenario& scenario = loaded.scenario();
  return py::dict("parameters"_a = ids(scenario.parameters),
                  "pollutants"_a = ids(scenario.pollutants), "carriers"_a = ids(scenario.carriers),
                  "zones"_a = ids(scenario.zones), "districts"_a = ids(scenario.districts),
                  "sectors"_a = ids(scenario.sectors), "profiles"_a = ids(scenario.profiles),
                  "plants"_a = ids(scenario.plants), "sources"_a = ids(scenario.sources),
                  "controls"_a = ids(scenario.controls), "standards"_a = ids(scenario.standards),
                  "resources"_a = ids(scenario.resources), "calendars"_a = ids(scenario.calendars),
                  "measures"_a = ids(scenario.measures), "targets"_a = ids(scenario.targets));
}

} // namespace

void bind_scenario(py::module_& module) {
  py::class_<LoadedScenario>(module, "LoadedScenario")
      .def(py::init<std::filesystem::path>(), py::call_guard<py::gil_scoped_release>())
      .def("facts", &facts)
      .def("tables", &tables)
      .def("resolved", &LoadedScenario::resolved, "provenance"_a);
}

} // namespace lantian::python
