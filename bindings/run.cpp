#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "background.hpp"
#include "bind.hpp"
#include "ensemble/kinds.hpp"
#include "loaded_scenario.hpp"
#include "results/limits.hpp"
#include "results/shards.hpp"
#include "under_way.hpp"

namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

ScenarioSet set_of(const std::vector<const LoadedScenario*>& loaded) {
  std::vector<SharedScenario> scenarios;
  for (const LoadedScenario* scenario : loaded) {
    scenarios.push_back(scenario->shared());
  }
  return ScenarioSet(std::move(scenarios));
}

RunOptions options_of(std::int64_t replications, std::int64_t chance_draws, std::uint64_t seed,
                      unsigned threads, std::int64_t block, bool overwrite, bool resume,
                      bool statistics_only, const std::map<std::string, double>& limits) {
  RunOptions options;
  options.ensemble = {replications, chance_draws, seed, threads, block};
  options.overwrite = overwrite;
  options.resume = resume;
  options.statistics_only = statistics_only;
  for (const auto& [name, value] : limits) {
    set_limit(options, name, value);
  }
  return options;
}

py::dict dict_of(const RunSummary& summary) {
  return py::dict("replications"_a = summary.replications, "events"_a = summary.events,
                  "seconds_to_load"_a = summary.seconds_to_load,
                  "seconds_to_run"_a = summary.seconds_to_run,
                  "seconds_to_finish"_a = summary.seconds_to_finish);
}

py::dict run(const ScenarioSet& scenarios, const std::filesystem::path& output,
             const RunOptions& options, const py::object& progress) {
  RunSummary summary;
  run_in_background(progress, [&](const Progress& report, const std::stop_token& stop) {
    summary = run_to_file(scenarios, output, options, report, stop);
  });
  return dict_of(summary);
}

py::dict merge(const std::vector<std::filesystem::path>& shards,
               const std::filesystem::path& output, bool overwrite, unsigned threads,
               bool statistics_only) {
  RunOptions options;
  options.statistics_only = statistics_only;
  options.overwrite = overwrite;
  options.ensemble.threads = threads;
  RunSummary summary;
  run_in_background(py::none(), [&](const Progress&, const std::stop_token& stop) {
    summary = merge_shards(shards, output, options, all_kinds(), stop);
  });
  return dict_of(summary);
}

py::bytes compute(const ScenarioSet& scenarios, const RunOptions& options, std::int64_t first,
                  std::int64_t count) {
  std::string blocks;
  run_in_background(py::none(), [&](const Progress&, const std::stop_token& stop) {
    blocks = compute_blocks(scenarios, options.ensemble, {first, count}, stop);
  });
  return blocks;
}

py::dict finish(GatheredRun& gathered) {
  RunSummary summary;
  run_in_background(py::none(), [&](const Progress&, const std::stop_token& stop) {
    summary = gathered.finish(stop);
  });
  return dict_of(summary);
}

} // namespace

void bind_run(py::module_& module) {
  const py::call_guard<py::gil_scoped_release> without_gil;
  const py::call_guard<UnderWay, py::gil_scoped_release> at_work;
  py::class_<RunOptions>(module, "RunOptions")
      .def(py::init(&options_of), py::kw_only(), "replications"_a, "chance_draws"_a, "seed"_a,
           "threads"_a, "block"_a, "overwrite"_a, "resume"_a = false, "statistics_only"_a = false,
           "limits"_a = std::map<std::string, double>())
      .def("check", [](const RunOptions& options) { check_options(options.ensemble); });
  py::class_<ScenarioSet>(module, "ScenarioSet").def(py::init(&set_of), "scenarios"_a, without_gil);
  module.def("run", &run, "scenarios"_a, "output"_a, "options"_a, "progress"_a);
  module.def("compute_blocks", &compute, "scenarios"_a, "options"_a, "first"_a, "count"_a);
  module.def("merge", &merge, "shards"_a, "output"_a, "overwrite"_a, "threads"_a,
             "statistics_only"_a = false);
  py::class_<GatheredRun>(module, "GatheredRun")
      .def(py::init<const ScenarioSet&, const std::filesystem::path&, const RunOptions&>(),
           "scenarios"_a, "output"_a, "options"_a, at_work)
      .def(
          "write", [](GatheredRun& gathered, std::string_view blocks) { gathered.write(blocks); },
          "blocks"_a, at_work)
      .def("finish", &finish);
}

} // namespace lantian::python
