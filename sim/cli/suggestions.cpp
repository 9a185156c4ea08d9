#include "cli/suggestions.hpp"

#include "scenario/diagnostics.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace lantian {

namespace {

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames())
      names.push_back("--" + name);
    for (const std::string& name : option->get_snames())
      names.push_back("-" + name);
  }
  return names;
}

//! The verb that the command line names, or null.
const CLI::App* verb_of(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2)
    return nullptr;
  const auto verbs = app.get_subcommands({});
  const auto found = std::find_if(verbs.begin(), verbs.end(), [&](const CLI::App* verb) {
    return verb->get_name() == argv[1];
  });
  return found == verbs.end() ? nullptr : *found;
}

//! The first option on the command line that nobody knows, or "".
std::string unknown_option(const std::vector<std::string>& known, int argc,
                           const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const std::string name = word.substr(0, word.find('='));
    if (name.size() < 2 || name[0] != '-')
      continue;
    if (std::find(known.begin(), known.end(), name) == known.end())
      return name;
  }
  return {};
}

} // namespace

std::vector<std::string> verbs_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands({}))
    names.push_back(verb->get_name());
  return names;
}

std::string usage_message(const CLI::App& app, const CLI::ParseError& error,
                          const std::vector<std::string>& more_verbs, int argc,
                          const char* const* argv) {
  const CLI::App* verb = verb_of(app, argc, argv);
  if (!verb && argc > 1 && argv[1][0] != '-') {
    std::vector<std::string> verbs = verbs_of(app);
    verbs.insert(verbs.end(), more_verbs.begin(), more_verbs.end());
    return fmt::format("lantian: no verb '{}'{}\nSee lantian --help.", argv[1],
                       did_you_mean(argv[1], verbs));
  }
  const CLI::App& scope = verb ? *verb : app;
  const std::string name = verb ? "lantian " + verb->get_name() : std::string("lantian");
  const std::string option = unknown_option(options_of(scope), argc, argv);
  if (!option.empty()) {
    return fmt::format("{}: no option '{}'{}\nSee {} --help.", name, option,
                       did_you_mean(option, options_of(scope)), name);
  }
  return fmt::format("{}: {}\nSee {} --help.", name, error.what(), name);
}

} // namespace lantian
