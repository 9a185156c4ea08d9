#pragma once

// The command `lantian`. Exit codes: 0 done, 2 wrong usage, scenario or result file, 3 the model
// failed, 4 output failed, 130 interrupted.

namespace lantian {

//! Parses and carries out one command line; returns the exit code. Prints errors to stderr.
int run_command_line(int argc, const char* const* argv);

} // namespace lantian
