// The verb run.

#include "cli/commands.hpp"
#include "cli/limit_options.hpp"
#include "cli/progress_bar.hpp"
#include "cli/run_summary.hpp"
#include "results/shards.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

struct Options {
  std::vector<std::filesystem::path> scenarios;
  std::filesystem::path output;
  RunOptions run;
  std::string shard; //!< "2/4"; empty: the whole run
  bool quiet = false;
};

ShardNumber shard_of(const std::string& text) {
  ShardNumber shard;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, shard.number);
  if (number.ec == std::errc() && number.ptr != end && *number.ptr == '/') {
    const auto count = std::from_chars(number.ptr + 1, end, shard.count);
    if (count.ec == std::errc() && count.ptr == end)
      return shard;
  }
  throw UsageError(fmt::format("--shard {}: give which of how many, such as 2/4", text));
}

RunSummary compute_shard(const Options& options, const KindRegistry& kinds,
                         const Progress& progress, const std::stop_token& stop) {
  const ShardNumber shard = shard_of(options.shard);
  std::vector<ReadScenario> scenarios;
  for (SharedScenario& scenario : load_scenarios(options.scenarios, kinds, options.run.reading))
    scenarios.push_back(read_as(std::move(scenario)));
  return run_to_shard(scenarios, options.output, shard, options.run, progress, stop);
}

void run(const Options& options, const KindRegistry& kinds, std::stop_token stop) {
  ProgressBar bar(options.quiet);
  const Progress progress = [&bar](std::int64_t done, std::int64_t all) { bar.show(done, all); };
  const RunSummary summary = options.shard.empty()
                                 ? run_to_file(options.scenarios, options.output, options.run,
                                               kinds, progress, std::move(stop))
                                 : compute_shard(options, kinds, progress, stop);
  bar.clear();
  if (!options.quiet)
    print_summary(options.output, static_cast<std::int64_t>(options.scenarios.size()), summary);
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
  verb->add_flag("!--uncompressed", options->run.deflate, "Write the values as they are");
  verb->add_flag("--statistics-only", options->run.statistics_only,
                 "Write statistics over the replications instead of the values in each");
  verb->add_flag("--resume", options->run.resume,
                 "Go on with what the same run has left when it was stopped");
  verb->add_option("--shard", options->shard,
                   "Compute only part I of N, given as I/N, for lantian merge");
  add_limits(*verb, options->run);
  verb->add_flag("--overwrite", options->run.overwrite, "Replace an existing result file");
  verb->add_flag("--quiet", options->quiet, "Print nothing but errors");
  verb->callback([options, &kinds, stop = std::move(stop)] { run(*options, kinds, stop); });
}

} // namespace lantian
