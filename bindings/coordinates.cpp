#include "coordinates.hpp"

#include <variant>

#include <pybind11/stl.h>

namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

py::object positions(const Labels& labels) {
  return py::cast(labels.ids);
}
py::object positions(const Years& years) {
  return py::cast(years.years);
}
py::object positions(const Intervals& intervals) {
  py::list seconds;
  for (const Time bound : intervals.bounds) {
    seconds.append(bound.time_since_epoch().count());
  }
  return seconds;
}

} // namespace

py::dict described(const Coordinate& coordinate) {
  py::dict companions;
  py::dict attributes;
  for (const Companion& companion : coordinate.companions) {
    companions[py::str(companion.name)] = py::cast(companion.values);
    attributes[py::str(companion.name)] =
        py::dict("long_name"_a = companion.long_name, "units"_a = companion.unit);
  }
  return py::dict(
      "long_name"_a = coordinate.long_name,
      "values"_a = std::visit([](const auto& axis) { return positions(axis); }, coordinate.values),
      "is_intervals"_a = std::holds_alternative<Intervals>(coordinate.values),
      "companions"_a = companions, "companion_attributes"_a = attributes);
}

} // namespace lantian::python
