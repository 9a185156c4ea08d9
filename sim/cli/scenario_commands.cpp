// The verbs that read scenarios and write nothing: check, show, explain, schema.

#include "cli/commands.hpp"
#include "cli/limit_options.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/reference.hpp"
#include "scenario/schema.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

struct CheckOptions {
  std::vector<std::filesystem::path> files;
  ReadOptions reading;
};

void check(const CheckOptions& options, const KindRegistry& kinds) {
  std::vector<Mistake> mistakes;
  for (const auto& file : options.files) {
    try {
      const Scenario scenario = load_scenario(file, kinds, options.reading);
      fmt::print("{}: good: {} sources, {} measures, {} targets, {} parameters\n", file.string(),
                 scenario.sources.size(), scenario.measures.size(), scenario.targets.size(),
                 scenario.parameters.size());
    } catch (const ScenarioError& error) {
      mistakes.insert(mistakes.end(), error.mistakes().begin(), error.mistakes().end());
    }
  }
  if (!mistakes.empty())
    throw ScenarioError(std::move(mistakes));
}

} // namespace

void add_check(CLI::App& app, const KindRegistry& kinds) {
  auto* verb = app.add_subcommand("check", "Check scenario files; report every mistake at once");
  auto options = std::make_shared<CheckOptions>();
  verb->add_option("FILE", options->files, "Scenario files")->required();
  add_limits(*verb, options->reading);
  verb->callback([options, &kinds] { check(*options, kinds); });
}

void add_show(CLI::App& app, const KindRegistry& kinds) {
  auto* verb = app.add_subcommand("show", "Print a scenario as it is after all extends and tables");
  struct Options {
    std::filesystem::path file;
    bool provenance = false;
    ReadOptions reading;
  };
  auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->file, "Scenario file")->required();
  verb->add_flag("--resolved")
      ->description("Merged with what it extends and its tables (always so)");
  verb->add_flag("--provenance", options->provenance, "Add where each value came from");
  add_limits(*verb, options->reading);
  verb->callback([options, &kinds] {
    fmt::print("{}", resolved_toml(options->file, kinds,
                                   options->provenance ? Provenance::shown : Provenance::hidden,
                                   options->reading));
  });
}

void add_explain(CLI::App& app, const KindRegistry& kinds) {
  auto* verb = app.add_subcommand("explain", "Say what a key of the scenario format means");
  auto key = std::make_shared<std::string>();
  verb->add_option("KEY", *key, "A key (sources.activity), kind (retrofit) or word (pert, units)")
      ->required();
  verb->callback([key, &kinds] { fmt::print("{}", explain(*key, kinds)); });
}

void add_schema(CLI::App& app, const KindRegistry& kinds) {
  auto* verb = app.add_subcommand("schema", "Print the JSON Schema of scenario files, for editors");
  auto reference = std::make_shared<bool>(false);
  verb->add_flag("--reference", *reference, "Print the scenario reference in Markdown instead");
  verb->callback([reference, &kinds] {
    fmt::print("{}", *reference ? scenario_reference(kinds) : json_schema(kinds));
  });
}

} // namespace lantian
