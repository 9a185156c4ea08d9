#include <pybind11/pybind11.h>

PYBIND11_MODULE(_core, module) {
  module.doc() = "The engine of Lantian, as the package `lantian` wraps it.";
  module.attr("__version__") = LANTIAN_VERSION;
}
