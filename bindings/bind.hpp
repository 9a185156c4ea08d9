#pragma once
//! What each part adds to the module `lantian._core`.

#include <pybind11/pybind11.h>

namespace lantian::python {

void bind_attribute(pybind11::module_& module);
void bind_comparing(pybind11::module_& module);
void bind_errors(pybind11::module_& module);
void bind_evaluate(pybind11::module_& module);
void bind_results(pybind11::module_& module);
void bind_run(pybind11::module_& module);
void bind_scenario(pybind11::module_& module);

} // namespace lantian::python
