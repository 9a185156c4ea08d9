#include <pybind11/stl.h>

#include "bind.hpp"
#include "kernel/error.hpp"
#include "results/errors.hpp"
#include "scenario/diagnostics.hpp"

// Every error of the engine becomes the exception of the same name in lantian.errors, with the
// same message and data.
namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

template <class... Data> void raise(const char* name, const Error& error, Data&&... data) {
  const py::object type = py::module_::import("lantian.errors").attr(name);
  const py::object exception = type(error.what(), std::forward<Data>(data)...);
  PyErr_SetObject(type.ptr(), exception.ptr());
}

py::list mistakes_of(const ScenarioError& error) {
  const py::object type = py::module_::import("lantian.errors").attr("Mistake");
  py::list mistakes;
  for (const Mistake& mistake : error.mistakes()) {
    mistakes.append(type(mistake.file, mistake.line, mistake.column, mistake.key, mistake.message));
  }
  return mistakes;
}

// The table, the most special class first.
void translate(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const ScenarioError& error) {
    raise("ScenarioError", error, "mistakes"_a = mistakes_of(error));
  } catch (const UsageError& error) {
    raise("UsageError", error);
  } catch (const ModelError& error) {
    const ModelPlace& place = error.place();
    raise("ModelError", error, "process"_a = place.process,
          "seconds"_a = place.time.time_since_epoch().count(), "replication"_a = place.replication,
          "seed"_a = place.seed);
  } catch (const OutputError& error) {
    raise("OutputError", error, "path"_a = error.path().string(), "errno"_a = error.code());
  } catch (const ResultFileError& error) {
    raise("ResultFileError", error, "path"_a = error.path().string());
  } catch (const Interrupted& error) {
    raise("Interrupted", error);
  } catch (const Error& error) {
    raise("Error", error);
  }
}

} // namespace

void bind_errors(py::module_&) {
  py::register_local_exception_translator(&translate);
}

} // namespace lantian::python
