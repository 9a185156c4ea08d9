#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <filesystem>
#include <vector>

#include "background.hpp"
#include "bind.hpp"
#include "ensemble/kinds.hpp"
#include "results/run_to_file.hpp"

namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

py::dict run(const std::vector<std::filesystem::path>& scenarios,
             const std::filesystem::path& output, const RunOptions& options,
             const py::object& progress) {
  const KindRegistry kinds = all_kinds();
  RunSummary summary;
  run_in_background(progress, [&](const Progress& report, const std::stop_token& stop) {
    summary = run_to_file(scenarios, output, options, kinds, report, stop);
  });
  return py::dict("replications"_a = summary.replications, "events"_a = summary.events,
                  "seconds_to_load"_a = summary.seconds_to_load,
                  "seconds_to_run"_a = summary.seconds_to_run,
                  "seconds_to_finish"_a = summary.seconds_to_finish);
}

} // namespace

void bind_run(py::module_& module) {
  module.def(
      "run",
      [](const std::vector<std::filesystem::path>& scenarios, const std::filesystem::path& output,
         std::int64_t replications, std::int64_t chance_draws, std::uint64_t seed, unsigned threads,
         bool overwrite, const py::object& progress) {
        RunOptions options;
        options.ensemble.replications = replications;
        options.ensemble.chance_draws = chance_draws;
        options.ensemble.seed = seed;
        options.ensemble.threads = threads;
        options.overwrite = overwrite;
        return run(scenarios, output, options, progress);
      },
      "scenarios"_a, "output"_a, py::kw_only(), "replications"_a, "chance_draws"_a, "seed"_a,
      "threads"_a, "overwrite"_a, "progress"_a);
}

} // namespace lantian::python
