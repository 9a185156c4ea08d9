#include "cli/command_line.hpp"

#include "cli/commands.hpp"
#include "cli/stop_on_signal.hpp"
#include "cli/suggestions.hpp"
#include "ensemble/kinds.hpp"
#include "kernel/error.hpp"
#include "results/build_info.hpp"
#include "results/errors.hpp"
#include "scenario/diagnostics.hpp"

#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <exception>

#include <fmt/format.h>

namespace lantian {

namespace {

enum ExitCode { kDone = 0, kWrongInput = 2, kModelFailed = 3, kOutputFailed = 4, kStopped = 130 };

constexpr const char* kExamples = R"(
Examples:
  lantian check scenarios/baotou/as-planned.toml
  lantian run scenarios/baotou/baseline.toml scenarios/baotou/as-planned.toml \
          -o out/baotou.h5 --replications 200
  lantian compare out/baotou.h5 --base baseline
  lantian why out/baotou.h5 relocate-jiyu
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

int report(const char* what, ExitCode code) {
  fmt::print(stderr, "{}\n", what);
  return code;
}

//! Every exception of the library becomes one text and one exit code, here and nowhere else.
int report_current_exception() {
  try {
    throw;
  } catch (const ScenarioError& error) {
    const std::size_t count = error.mistakes().size();
    fmt::print(stderr, "{}\n{} mistake{}; nothing was written\n", error.what(), count,
               count == 1 ? "" : "s");
    return kWrongInput;
  } catch (const Interrupted&) {
    return report("interrupted; nothing was written", kStopped);
  } catch (const OutputError& error) {
    const char* const hint = error.code() == EEXIST ? " (--overwrite)" : "";
    return report(fmt::format("{}{}", error.what(), hint).c_str(), kOutputFailed);
  } catch (const ModelError& error) {
    return report(error.what(), kModelFailed);
  } catch (const Error& error) {
    return report(error.what(), kWrongInput);
  } catch (const std::bad_alloc&) {
    return report("out of memory; fewer threads or a smaller block need less", kModelFailed);
  } catch (const std::exception& error) {
    return report(fmt::format("internal error: {}", error.what()).c_str(), kModelFailed);
  }
}

} // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app("Simulates emission-reduction scenarios: what is emitted, when, where,\n"
               "and how likely the deadline is met.",
               "lantian");
  app.footer(kExamples);
  app.set_version_flag("--version", version_text);
  app.require_subcommand(1);
  app.get_formatter()->column_width(32);

  const KindRegistry kinds = all_kinds();
  StopOnSignal signals;
  add_commands(app, kinds, signals.token());
  try {
    app.parse(argc, argv);
    return kDone;
  } catch (const CLI::Success& done) {
    return app.exit(done);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "{}\n", usage_message(app, error, argc, argv));
    return kWrongInput;
  } catch (...) {
    return report_current_exception();
  }
}

} // namespace lantian
