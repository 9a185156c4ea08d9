#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace lantian {

//! What to say about a command line that cannot be understood: the mistake, what was probably
//! meant, and where help is.
std::string usage_message(const CLI::App& app, const CLI::ParseError& error, int argc,
                          const char* const* argv);

} // namespace lantian
