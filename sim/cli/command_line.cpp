#include "cli/command_line.hpp"

#include "cli/commands.hpp"
#include "cli/external_verbs.hpp"
#include "cli/stop_on_signal.hpp"
#include "cli/suggestions.hpp"
#include "ensemble/kinds.hpp"
#include "hdf5/handles.hpp"
#include "kernel/error.hpp"
#include "results/build_info.hpp"
#include "results/errors.hpp"
#include "scenario/diagnostics.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <exception>
#include <new>

#include <fmt/format.h>

namespace lantian {

namespace {

enum ExitCode { kDone = 0, kWrongInput = 2, kModelFailed = 3, kOutputFailed = 4, kStopped = 130 };

constexpr const char* kExamples = R"(
Examples:
  lantian new my-plan
  lantian check scenarios/baotou/as-planned.toml
  lantian run scenarios/baotou/baseline.toml scenarios/baotou/as-planned.toml \
          -o out/baotou.h5 --replications 200
  lantian run scenarios/baotou/as-planned.toml -o out/part-2 --shard 2/4
  lantian merge out/part-1 out/part-2 out/part-3 out/part-4 -o out/planned.h5
  lantian compare out/baotou.h5 --base baseline
  lantian why out/baotou.h5 steel-and-coking-built
  lantian attribute scenarios/baotou/as-planned.toml \
          --base scenarios/baotou/baseline.toml -o out/shares.h5
  lantian explain sources.activity

Exit codes: 0 done, 2 wrong usage, scenario or result file, 3 the model failed,
4 output failed, 130 interrupted.)";

std::string version_text() {
  std::string text = fmt::format("lantian {} ({})\n{}\n", program_version(), program_commit(),
                                 build_fingerprint());
  for (const LibraryVersion& library : library_versions()) {
    text += fmt::format("{} {}\n", library.name, library.version);
  }
  return text;
}

//! The end of the help: the verbs that other programs bring, and examples.
std::string footer(const ExternalVerbs& others) {
  const std::vector<std::string> verbs = others.beside();
  return (verbs.empty() ? "" : fmt::format("\nOther programs: {}\n", fmt::join(verbs, ", "))) +
         kExamples;
}

//! Where the first word is no verb of ours but one of another program, hands everything over to it
//! and does not return.
void hand_over(const CLI::App& app, const ExternalVerbs& others, int argc,
               const char* const* argv) {
  if (argc < 2)
    return;
  const std::vector<std::string> own = verbs_of(app);
  if (std::find(own.begin(), own.end(), argv[1]) != own.end())
    return;
  if (const auto program = others.find(argv[1]))
    become(*program, argv + 2);
}

int report(const char* what, ExitCode code) {
  fmt::print(stderr, "{}\n", what);
  return code;
}

//! How what the library advises is said on the command line.
const char* hint_of(int code) {
  if (code == EEXIST)
    return " (--overwrite)";
  return code == EALREADY ? " (--resume, --overwrite)" : "";
}

//! Every exception of the library becomes one text and one exit code, here and nowhere else; but a
//! lack of memory, which may come while one is reported, is left to run_command_line().
int report_current_exception() {
  try {
    throw;
  } catch (const ScenarioError& error) {
    const std::size_t count = error.mistakes().size();
    fmt::print(stderr, "{}\n{} mistake{}; nothing was written\n", error.what(), count,
               count == 1 ? "" : "s");
    return kWrongInput;
  } catch (const OutputInterrupted& error) {
    return report(error.what(), kStopped);
  } catch (const Interrupted&) {
    return report("interrupted; nothing was written", kStopped);
  } catch (const OutputError& error) {
    const char* const hint = hint_of(error.code());
    return report(fmt::format("{}{}", error.what(), hint).c_str(), kOutputFailed);
  } catch (const ModelError& error) {
    return report(error.what(), kModelFailed);
  } catch (const Error& error) {
    return report(error.what(), kWrongInput);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return report(fmt::format("internal error: {}", error.what()).c_str(), kModelFailed);
  }
}

int carry_out(int argc, const char* const* argv) {
  CLI::App app("Simulates emission-reduction scenarios: what is emitted, when, where,\n"
               "and how likely the deadline is met.",
               "lantian");
  const ExternalVerbs others = ExternalVerbs::of_this_process(argc > 0 ? argv[0] : "");
  app.set_version_flag("--version", version_text);
  app.require_subcommand(1);
  app.get_formatter()->column_width(32);

  const KindRegistry kinds = all_kinds();
  std::stop_source stop;
  add_commands(app, kinds, stop.get_token());
  try {
    hand_over(app, others, argc, argv); // while signals are still as we were given them
    const StopOnSignal signals(stop);
    app.parse(argc, argv);
    return kDone;
  } catch (const CLI::Success& done) {
    app.footer(footer(others));
    return app.exit(done);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "{}\n", usage_message(app, error, others.beside(), argc, argv));
    return kWrongInput;
  } catch (...) {
    return report_current_exception();
  }
}

} // namespace

int run_command_line(int argc, const char* const* argv) {
  hdf5::stay_open_at_exit();
  try {
    return carry_out(argc, argv);
  } catch (const std::bad_alloc&) {
    return report("out of memory; fewer threads or a smaller block need less", kModelFailed);
  }
}

} // namespace lantian
