#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "arrays.hpp"
#include "background.hpp"
#include "bind.hpp"
#include "coordinates.hpp"
#include "ensemble/kept_values.hpp"
#include "ensemble/parallel.hpp"
#include "loaded_scenario.hpp"
#include "results/run_to_file.hpp"

// Many variants of a scenario in one call without the GIL: read on all threads, run in the same
// paired worlds, and only what was asked for is kept. Variants are taken some at a time, so that
// memory does not grow with their scenarios.
namespace lantian::python {
namespace {

namespace py = pybind11;
using namespace pybind11::literals;

constexpr std::size_t kVariantsAtATime = 64;

//! Id and TOML text of a variant.
using VariantText = std::pair<std::string, std::string>;

//! The kept variables of one variant, with the values of each and the axes of all.
struct Kept {
  std::vector<Variable> variables;
  std::vector<std::vector<double>> values;
  std::vector<Coordinate> axes;
};

std::vector<SharedScenario> load_variants(const LoadedScenario& base,
                                          std::span<const VariantText> texts, unsigned threads,
                                          const std::stop_token& stop) {
  std::vector<SharedScenario> scenarios(texts.size());
  run_parallel(
      texts.size(), threads,
      [&](std::size_t i, const std::stop_token&) {
        scenarios[i] = base.variant(texts[i].first, texts[i].second).shared();
      },
      [&](std::size_t) {
        if (stop.stop_requested())
          throw Interrupted(base.scenario().start);
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

Kept kept_of(const Layout& layout, std::size_t scenario, std::span<const std::string> variables,
             KeptValues& values) {
  Kept kept;
  for (std::size_t v = 0; v < variables.size(); ++v) {
    kept.variables.push_back(layout.variables()[*layout.find(variables[v])]);
    kept.values.push_back(values.take(scenario, v));
  }
  kept.axes = axes_of(layout, kept.variables);
  return kept;
}

std::vector<Kept> evaluate(const LoadedScenario& base, std::span<const VariantText> texts,
                           std::span<const std::string> variables, const EnsembleOptions& options,
                           const Progress& progress, const std::stop_token& stop) {
  const unsigned threads =
      options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  const auto all = static_cast<std::int64_t>(texts.size()) * options.replications;
  std::vector<Kept> results;
  for (std::size_t first = 0; first < texts.size(); first += kVariantsAtATime) {
    const auto some = texts.subspan(first, std::min(kVariantsAtATime, texts.size() - first));
    const ScenarioSet scenarios(load_variants(base, some, threads, stop));
    std::vector<const Layout*> layouts;
    for (const Model* model : scenarios.models()) {
      layouts.push_back(&model->layout());
    }
    KeptValues kept(std::move(layouts), variables);
    const auto before = static_cast<std::int64_t>(first) * options.replications;
    run_ensemble(
        scenarios.models(), options, kept,
        [&](std::int64_t done, std::int64_t) { progress(before + done, all); }, stop);
    for (std::size_t s = 0; s < some.size(); ++s) {
      results.push_back(kept_of(scenarios.models()[s]->layout(), s, variables, kept));
    }
  }
  return results;
}

// For each variant its arrays, the axes of each after the replication, and those axes.
py::list rows_of(std::vector<Kept> results, std::int64_t replications) {
  py::list rows;
  for (Kept& kept : results) {
    py::list arrays;
    py::list dims;
    for (std::size_t v = 0; v < kept.values.size(); ++v) {
      std::vector<std::size_t> shape = kept.variables[v].shape;
      shape.insert(shape.begin(), static_cast<std::size_t>(replications));
      arrays.append(array_of(std::move(kept.values[v]), shape));
      dims.append(kept.variables[v].dims);
    }
    py::dict axes;
    for (const Coordinate& axis : kept.axes) {
      axes[py::str(axis.name)] = described(axis);
    }
    rows.append(py::make_tuple(arrays, dims, axes));
  }
  return rows;
}

} // namespace

void bind_evaluate(py::module_& module) {
  module.def(
      "evaluate",
      [](const LoadedScenario& base, const std::vector<VariantText>& variants,
         const std::vector<std::string>& variables, const RunOptions& options,
         const py::object& progress) {
        check_options(options.ensemble);
        std::vector<Kept> results;
        run_in_background(progress, [&](const Progress& report, const std::stop_token& stop) {
          results = evaluate(base, variants, variables, options.ensemble, report, stop);
        });
        return rows_of(std::move(results), options.ensemble.replications);
      },
      "base"_a, "variants"_a, "variables"_a, "options"_a, "progress"_a);
}

} // namespace lantian::python
