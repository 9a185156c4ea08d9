#include "results/run_to_file.hpp"

#include "ensemble/model.hpp"
#include "results/build_info.hpp"
#include "results/errors.hpp"
#include "results/result_writer.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/load_scenario.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

class Stopwatch {
public:
  //! Seconds since the last lap.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
  }

private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

//! Loads all scenarios; the mistakes of all of them come out at once.
std::vector<Scenario> load_all(const std::vector<std::filesystem::path>& paths,
                               const KindRegistry& kinds) {
  std::vector<Scenario> scenarios;
  std::vector<Mistake> mistakes;
  std::map<std::string, std::filesystem::path> ids;
  for (const auto& path : paths) {
    try {
      scenarios.push_back(load_scenario(path, kinds));
    } catch (const ScenarioError& error) {
      mistakes.insert(mistakes.end(), error.mistakes().begin(), error.mistakes().end());
      continue;
    }
    const auto [known, is_new] = ids.emplace(scenarios.back().id, path);
    if (!is_new) {
      mistakes.push_back({path.string(), 0, 0, "",
                          fmt::format("has the same id '{}' as {}; rename one of the files",
                                      scenarios.back().id, known->second.string())});
    }
  }
  if (!mistakes.empty())
    throw ScenarioError(std::move(mistakes));
  return scenarios;
}

//! The input files of all scenarios, each once. Where two folders have different files of the same
//! name, those of the later scenario stand in a folder of its id.
std::vector<InputFile> inputs_of(const std::vector<Scenario>& scenarios) {
  std::map<std::string, std::string> files;
  for (const Scenario& scenario : scenarios) {
    bool clashes = false;
    for (const InputFile& input : scenario.inputs) {
      const auto known = files.find(input.path);
      clashes = clashes || (known != files.end() && known->second != input.bytes);
    }
    for (const InputFile& input : scenario.inputs) {
      files.emplace(clashes ? scenario.id + "/" + input.path : input.path, input.bytes);
    }
  }
  std::vector<InputFile> inputs;
  for (auto& [path, bytes] : files)
    inputs.push_back({path, bytes});
  return inputs;
}

RunRecord record_of(const std::vector<Scenario>& scenarios, const EnsembleOptions& options) {
  RunRecord record;
  record.program_version = program_version();
  record.program_commit = program_commit();
  record.build_fingerprint = build_fingerprint();
  record.seed = options.seed;
  record.random_scheme = "philox4x32-10, inversion of 52 bits";
  record.chance_draws = options.chance_draws;
  record.parameter_draws = options.replications / options.chance_draws;
  record.inputs = inputs_of(scenarios);
  return record;
}

void check_options(const EnsembleOptions& options) {
  if (options.replications < 1)
    throw UsageError("replications must be at least 1");
  if (options.chance_draws < 1 || options.replications % options.chance_draws != 0) {
    throw UsageError(fmt::format("{} replications cannot be split into parameter draws of {} "
                                 "chance draws each; give a multiple",
                                 options.replications, options.chance_draws));
  }
}

} // namespace

RunSummary run_to_file(const std::vector<std::filesystem::path>& paths,
                       const std::filesystem::path& output, const RunOptions& options,
                       const KindRegistry& kinds, const Progress& progress, std::stop_token stop) {
  Stopwatch watch;
  RunSummary summary;
  check_options(options.ensemble);
  const std::vector<Scenario> scenarios = load_all(paths, kinds);
  std::vector<std::unique_ptr<Model>> owned;
  std::vector<const Model*> models;
  std::vector<Layout> layouts;
  for (const Scenario& scenario : scenarios) {
    models.push_back(owned.emplace_back(std::make_unique<Model>(scenario)).get());
    layouts.push_back(models.back()->layout());
  }
  summary.seconds_to_load = watch.lap();

  EnsembleOptions ensemble = options.ensemble;
  if (ensemble.threads == 0)
    ensemble.threads = std::max(1U, std::thread::hardware_concurrency());
  ensemble.block = std::min(ensemble.block, ensemble.replications);
  ResultWriter writer(output, record_of(scenarios, ensemble), std::move(layouts),
                      {.overwrite = options.overwrite,
                       .block = ensemble.block,
                       .deflate = options.deflate,
                       .threads = ensemble.threads});
  summary.events = run_ensemble(models, ensemble, writer, progress, stop).events;
  summary.replications = ensemble.replications;
  summary.seconds_to_run = watch.lap();

  writer.finish({{"events", summary.events},
                 {"threads", static_cast<std::int64_t>(ensemble.threads)},
                 {"seconds_to_load", summary.seconds_to_load},
                 {"seconds_to_run", summary.seconds_to_run}},
                stop);
  summary.seconds_to_finish = watch.lap();
  return summary;
}

} // namespace lantian
