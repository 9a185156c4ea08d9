#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
} // namespace CLI

namespace lantian {

//! The verbs of the command itself.
std::vector<std::string> verbs_of(const CLI::App& app);

//! What to say about a command line that cannot be understood: the mistake, what was probably
//! meant, and where help is. `more_verbs` are those that other programs bring.
std::string usage_message(const CLI::App& app, const CLI::ParseError& error,
                          const std::vector<std::string>& more_verbs, int argc,
                          const char* const* argv);

} // namespace lantian
