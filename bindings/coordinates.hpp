#pragma once

#include <pybind11/pybind11.h>

#include "ensemble/layout.hpp"

namespace lantian::python {

//! `values` (texts for labels, numbers for years, seconds since 1970 for the bounds of intervals),
//! `is_intervals`, and `companions` by name.
pybind11::dict described(const Coordinate& coordinate);

} // namespace lantian::python
