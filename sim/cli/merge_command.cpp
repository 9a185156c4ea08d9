// The verb merge.

#include "cli/commands.hpp"
#include "cli/run_summary.hpp"
#include "results/result_file.hpp"
#include "results/shards.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

namespace lantian {

namespace {

struct Options {
  std::vector<std::filesystem::path> shards;
  std::filesystem::path output;
  RunOptions run;
  bool quiet = false;
};

void merge(const Options& options, const KindRegistry& kinds, const std::stop_token& stop) {
  const RunSummary summary = merge_shards(options.shards, options.output, options.run, kinds, stop);
  if (options.quiet)
    return;
  const auto scenarios = ResultFile(options.output).scenarios().size();
  print_summary(options.output, static_cast<std::int64_t>(scenarios), summary);
}

} // namespace

void add_merge(CLI::App& app, const KindRegistry& kinds, std::stop_token stop) {
  auto* verb = app.add_subcommand("merge", "Put the shards of a run together into a result file");
  auto options = std::make_shared<Options>();
  verb->add_option("SHARD", options->shards, "All shards of one run, in any order")->required();
  verb->add_option("-o,--output", options->output, "Result file to write")->required();
  verb->add_option("--threads", options->run.ensemble.threads, "Threads (0 is one a core)")
      ->capture_default_str()
      ->check(CLI::Range(0, 1024));
  verb->add_flag("!--uncompressed", options->run.deflate, "Write the values as they are");
  verb->add_flag("--statistics-only", options->run.statistics_only,
                 "Write statistics over the replications instead of the values in each");
  verb->add_flag("--overwrite", options->run.overwrite, "Replace an existing result file");
  verb->add_flag("--quiet", options->quiet, "Print nothing but errors");
  verb->callback([options, &kinds, stop = std::move(stop)] { merge(*options, kinds, stop); });
}

} // namespace lantian
