#pragma once

// The options --limit and --root, in the same words for every verb that reads scenario files.

#include "results/run_to_file.hpp"
#include "scenario/read_options.hpp"

namespace CLI {
class App;
}

namespace lantian {

//! For a verb that reads and runs nothing. `options` must outlive the application.
void add_limits(CLI::App& verb, ReadOptions& options);

//! For a verb that runs what it reads. `options` must outlive the application.
void add_limits(CLI::App& verb, RunOptions& options);

} // namespace lantian
