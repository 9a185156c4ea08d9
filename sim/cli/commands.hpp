#pragma once

// The verbs of the command. Each adds its options to the application and is carried out while the
// command line is parsed; what goes wrong is thrown.

#include "scenario/kind.hpp"

#include <stop_token>

namespace CLI {
class App;
}

namespace lantian {

//! Adds every verb. `kinds` must outlive the application.
void add_commands(CLI::App& app, const KindRegistry& kinds, std::stop_token stop);

void add_new(CLI::App& app, const KindRegistry& kinds);
void add_check(CLI::App& app, const KindRegistry& kinds);
void add_run(CLI::App& app, const KindRegistry& kinds, std::stop_token stop);
void add_merge(CLI::App& app, const KindRegistry& kinds, std::stop_token stop);
void add_attribute(CLI::App& app, const KindRegistry& kinds, std::stop_token stop);
void add_compare(CLI::App& app);
void add_why(CLI::App& app);
void add_show(CLI::App& app, const KindRegistry& kinds);
void add_explain(CLI::App& app, const KindRegistry& kinds);
void add_schema(CLI::App& app, const KindRegistry& kinds);

} // namespace lantian
