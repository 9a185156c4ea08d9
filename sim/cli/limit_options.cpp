#include "cli/limit_options.hpp"

#include "results/limits.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace lantian {

namespace {

using SetLimit = std::function<void(const std::string& name, double value)>;

//! Takes "events=1e10".
void set_from(const std::string& text, const SetLimit& set) {
  const std::size_t sign = text.find('=');
  const char* const end = text.data() + text.size();
  double value = 0;
  if (sign != text.npos) {
    const auto number = std::from_chars(text.data() + sign + 1, end, value);
    if (number.ec == std::errc() && number.ptr == end)
      return set(text.substr(0, sign), value);
  }
  throw UsageError(fmt::format("--limit {}: write NAME=NUMBER, such as rows=1e7", text));
}

void add_limit(CLI::App& verb, const std::vector<Limit>& known, SetLimit set) {
  std::vector<std::string> names;
  for (const Limit& limit : known)
    names.push_back(limit.name);
  verb.add_option_function<std::vector<std::string>>(
          "--limit",
          [set = std::move(set)](const std::vector<std::string>& texts) {
            for (const std::string& text : texts)
              set_from(text, set);
          },
          fmt::format("Set a limit, given as NAME=NUMBER; may be repeated: {}",
                      fmt::join(names, ", ")))
      ->type_name("LIMIT")
      ->allow_extra_args(false);
}

void add_root(CLI::App& verb, ReadOptions& options) {
  verb.add_option("--root", options.root,
                  "Folder outside of which no file is read [the project, else the scenario's own]");
}

} // namespace

void add_limits(CLI::App& verb, ReadOptions& options) {
  add_limit(verb, limits_of_reading(), [&options](const std::string& name, double value) {
    set_limit(options.limits, name, value);
  });
  add_root(verb, options);
}

void add_limits(CLI::App& verb, RunOptions& options) {
  add_limit(verb, limits(),
            [&options](const std::string& name, double value) { set_limit(options, name, value); });
  add_root(verb, options.reading);
}

} // namespace lantian
