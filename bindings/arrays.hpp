#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include <pybind11/numpy.h>

namespace lantian::python {

//! A NumPy array that takes the values over without copying them.
inline pybind11::array_t<double> array_of(std::vector<double> values,
                                          const std::vector<std::size_t>& shape) {
  auto owned = std::make_unique<std::vector<double>>(std::move(values));
  const double* data = owned->data();
  const pybind11::capsule owner(owned.release(),
                                [](void* held) { delete static_cast<std::vector<double>*>(held); });
  return pybind11::array_t<double>(shape, data, owner);
}

} // namespace lantian::python
