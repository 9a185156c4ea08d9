#include "bind.hpp"
#include "results/build_info.hpp"

PYBIND11_MODULE(_core, module) {
  module.doc() =
      "The engine of Lantian, raw; the package `lantian` wraps, checks and documents it.";
  module.attr("__version__") = lantian::program_version();
  lantian::python::bind_errors(module);
  lantian::python::bind_scenario(module);
  lantian::python::bind_run(module);
  lantian::python::bind_evaluate(module);
  lantian::python::bind_attribute(module);
  lantian::python::bind_results(module);
  lantian::python::bind_comparing(module);
}
