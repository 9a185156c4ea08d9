#include <utility>

#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "arrays.hpp"
#include "bind.hpp"
#include "coordinates.hpp"
#include "results/result_file.hpp"
#include "under_way.hpp"

namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

py::array_t<double> read(const ResultFile& file, const std::string& scenario,
                         const std::string& variable, std::int64_t first, std::int64_t count) {
  const Layout& layout = file.layout(scenario);
  const auto index = layout.find(variable);
  if (!index) {
    throw py::key_error(variable);
  }
  std::vector<std::size_t> shape = layout.variables()[*index].shape;
  shape.insert(shape.begin(), static_cast<std::size_t>(count));
  return array_of(file.read(scenario, variable, {first, count}), shape);
}

py::tuple read_array(const ResultFile& file, const std::string& scenario, const std::string& name) {
  ResultArray array = file.read_array(scenario, name);
  return py::make_tuple(array.dims, array_of(std::move(array.values), array.shape));
}

py::dict dict_of(std::span<const Attribute> attributes) {
  py::dict result;
  for (const Attribute& attribute : attributes) {
    result[py::str(attribute.name)] = py::cast(attribute.value);
  }
  return result;
}

py::dict variables(const ResultFile& file, const std::string& scenario) {
  py::dict result;
  for (const Variable& variable : file.layout(scenario).variables()) {
    py::dict flags;
    for (const Flag& flag : variable.flags) {
      flags[py::int_(static_cast<int>(flag.value))] = flag.meaning;
    }
    result[py::str(variable.name)] = py::dict(
        "dims"_a = variable.dims, "shape"_a = variable.shape, "unit"_a = variable.unit,
        "long_name"_a = variable.long_name, "cell_methods"_a = variable.cell_methods,
        "flags"_a = flags, "is_whole"_a = variable.type == ValueType::int8,
        "is_date"_a = variable.unit == kDateUnit, "with_statistics"_a = variable.with_statistics,
        "with_values"_a = file.has_values(scenario, variable.name));
  }
  return result;
}

py::dict coordinates(const ResultFile& file, const std::string& scenario) {
  py::dict result;
  for (const Coordinate& coordinate : file.layout(scenario).coordinates()) {
    result[py::str(coordinate.name)] = described(coordinate);
  }
  return result;
}

py::dict event_log(const ResultFile& file, const std::string& scenario) {
  EventLog log = file.event_log(scenario);
  py::list seconds;
  for (const Time time : log.time) {
    seconds.append(time.time_since_epoch().count());
  }
  return py::dict("replication"_a = log.replication, "time"_a = seconds, "measure"_a = log.measure,
                  "event"_a = log.event, "detail"_a = log.detail);
}

py::dict inputs(const ResultFile& file) {
  py::dict result;
  for (const InputFile& input : file.inputs()) {
    result[py::str(input.path)] = py::bytes(input.bytes);
  }
  return result;
}

} // namespace

void bind_results(py::module_& module) {
  const py::call_guard<UnderWay> at_work;
  py::class_<ResultFile>(module, "ResultFile")
      .def(py::init<std::filesystem::path>(), at_work)
      .def_property_readonly("scenarios", &ResultFile::scenarios)
      .def_property_readonly("replications", &ResultFile::replications)
      .def_property_readonly("chance_draws", &ResultFile::chance_draws)
      .def(
          "attributes", [](const ResultFile& file) { return dict_of(file.attributes()); }, at_work)
      .def(
          "runtime", [](const ResultFile& file) { return dict_of(file.runtime()); }, at_work)
      .def(
          "scenario_attributes",
          [](const ResultFile& file, const std::string& scenario) {
            return dict_of(file.layout(scenario).attributes);
          },
          at_work)
      .def("inputs", &inputs, at_work)
      .def("variables", &variables, at_work)
      .def("coordinates", &coordinates, at_work)
      .def("event_log", &event_log, at_work)
      .def("read", &read, at_work)
      .def("read_array", &read_array, at_work)
      .def("verify", [](const ResultFile& file) { file.verify(); }, at_work);
}

} // namespace lantian::python
