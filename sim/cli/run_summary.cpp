#include "cli/run_summary.hpp"

#include <fmt/format.h>

namespace lantian {

void print_summary(const std::filesystem::path& output, std::int64_t scenarios,
                   const RunSummary& summary) {
  fmt::print("{}: {} scenario{} x {} replications, {} events, {:.1f} s\n", output.string(),
             scenarios, scenarios == 1 ? "" : "s", summary.replications, summary.events,
             summary.seconds_to_load + summary.seconds_to_run + summary.seconds_to_finish);
}

} // namespace lantian
