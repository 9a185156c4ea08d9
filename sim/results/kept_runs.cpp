#include "results/kept_runs.hpp"

#include "ensemble/kept_values.hpp"
#include "ensemble/parallel.hpp"

#include <algorithm>
#include <utility>

namespace lantian {

namespace {

constexpr std::size_t kScenariosAtATime = 64;
constexpr std::int64_t kReplicationsAtATime = 256; // of all scenarios: all their values are held

EnsembleOptions in_small_blocks(EnsembleOptions options, std::size_t scenarios) {
  options.block = std::clamp<std::int64_t>(
      kReplicationsAtATime / static_cast<std::int64_t>(scenarios), 1, options.block);
  return options;
}

std::vector<SharedScenario> load_some(std::size_t first, std::size_t count,
                                      const std::function<SharedScenario(std::size_t)>& load,
                                      unsigned threads, const std::stop_token& stop) {
  std::vector<SharedScenario> scenarios(count);
  run_parallel(
      count, threads,
      [&](std::size_t i, const std::stop_token&) { scenarios[i] = load(first + i); },
      [&](std::size_t) {
        if (stop.stop_requested())
          throw Interrupted(Time{});
      });
  return scenarios;
}

std::vector<Coordinate> axes_of(const Layout& layout, std::span<const Variable> variables) {
  std::vector<Coordinate> axes;
  for (const Coordinate& axis : layout.coordinates()) {
    const bool is_used =
        std::any_of(variables.begin(), variables.end(), [&](const Variable& variable) {
          return std::find(variable.dims.begin(), variable.dims.end(), axis.name) !=
                 variable.dims.end();
        });
    if (is_used)
      axes.push_back(axis);
  }
  return axes;
}

KeptRun kept_of(const Layout& layout, std::size_t scenario, std::span<const std::string> variables,
                KeptValues& values) {
  KeptRun kept;
  for (std::size_t v = 0; v < variables.size(); ++v) {
    kept.variables.push_back(layout.variables()[*layout.find(variables[v])]);
    kept.values.push_back(values.take(scenario, v));
  }
  kept.axes = axes_of(layout, kept.variables);
  return kept;
}

} // namespace

std::vector<KeptRun> run_and_keep(std::size_t count,
                                  const std::function<SharedScenario(std::size_t)>& load,
                                  std::span<const std::string> variables,
                                  const EnsembleOptions& options, const Progress& progress,
                                  const std::stop_token& stop) {
  const unsigned threads = threads_of(options.threads);
  const auto all = static_cast<std::int64_t>(count) * options.replications;
  std::vector<KeptRun> runs;
  for (std::size_t first = 0; first < count; first += kScenariosAtATime) {
    const std::size_t some = std::min(kScenariosAtATime, count - first);
    const ScenarioSet scenarios(load_some(first, some, load, threads, stop), threads, stop);
    std::vector<const Layout*> layouts;
    for (const Model* model : scenarios.models())
      layouts.push_back(&model->layout());
    KeptValues kept(layouts, variables);
    const Progress report = [&](std::int64_t done, std::int64_t) {
      if (progress)
        progress(static_cast<std::int64_t>(first) * options.replications + done, all);
    };
    run_ensemble(scenarios.models(), in_small_blocks(options, some), kept, report, stop);
    for (std::size_t s = 0; s < some; ++s)
      runs.push_back(kept_of(*layouts[s], s, variables, kept));
  }
  return runs;
}

KeptRun run_and_keep(SharedScenario scenario, std::vector<SharedScenario> bases,
                     std::span<const std::string> variables, const EnsembleOptions& options,
                     const Progress& progress, const std::stop_token& stop) {
  bases.insert(bases.begin(), std::move(scenario));
  const ScenarioSet scenarios(std::move(bases), options.threads, stop);
  const Layout& layout = scenarios.models().front()->layout();
  KeptValues kept({&layout}, variables);
  run_ensemble(scenarios.models(), in_small_blocks(options, scenarios.models().size()), kept,
               progress, stop);
  return kept_of(layout, 0, variables, kept);
}

} // namespace lantian
