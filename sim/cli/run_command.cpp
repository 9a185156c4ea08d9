// The verb run.

#include "cli/commands.hpp"
#include "cli/progress_bar.hpp"
#include "results/run_to_file.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

struct Options {
  std::vector<std::filesystem::path> scenarios;
  std::filesystem::path output;
  RunOptions run;
  bool quiet = false;
};

void run(const Options& options, const KindRegistry& kinds, std::stop_token stop) {
  ProgressBar bar(options.quiet);
  const RunSummary summary = run_to_file(
      options.scenarios, options.output, options.run, kinds,
      [&bar](std::int64_t done, std::int64_t all) { bar.show(done, all); }, stop);
  bar.clear();
  if (options.quiet)
    return;
  const std::size_t count = options.scenarios.size();
  fmt::print("{}: {} scenario{} x {} replications, {} events, {:.1f} s\n", options.output.string(),
             count, count == 1 ? "" : "s", summary.replications, summary.events,
             summary.seconds_to_load + summary.seconds_to_run + summary.seconds_to_finish);
}

} // namespace

void add_run(CLI::App& app, const KindRegistry& kinds, std::stop_token stop) {
  auto* verb = app.add_subcommand("run", "Run scenarios many times and write a result file");
  auto options = std::make_shared<Options>();
  EnsembleOptions& ensemble = options->run.ensemble;
  verb->add_option("FILE", options->scenarios, "Scenario files, run in the same paired worlds")
      ->required();
  verb->add_option("-o,--output", options->output, "Result file to write")->required();
  verb->add_option("--replications", ensemble.replications, "Replications of each scenario")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000'000));
  verb->add_option("--chance-draws", ensemble.chance_draws,
                   "Replications that share one draw of the parameters")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000'000));
  verb->add_option("--seed", ensemble.seed, "Seed of all random numbers")->capture_default_str();
  verb->add_option("--threads", ensemble.threads, "Threads (0 is one a core)")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024));
  verb->add_option("--block", ensemble.block, "Replications computed and written at a time")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  verb->add_option("--deflate", options->run.deflate, "Compression, 0 (none) to 9")
      ->capture_default_str()
      ->check(CLI::Range(0, 9));
  verb->add_flag("--overwrite", options->run.overwrite, "Replace an existing result file");
  verb->add_flag("--quiet", options->quiet, "Print nothing but errors");
  verb->callback([options, &kinds, stop = std::move(stop)] { run(*options, kinds, stop); });
}

} // namespace lantian
