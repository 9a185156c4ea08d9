// The verb new.

#include "cli/commands.hpp"
#include "cli/staged_folder.hpp"
#include "cli/template_files.hpp"
#include "scenario/schema.hpp"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <memory>
#include <string>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr const char* kNext =
    R"(Wrote baseline.toml (nothing is done), plan.toml (a relocation, a retrofit, a deadline)
and their data. What to type next:

  cd {}
  lantian check baseline.toml plan.toml
  lantian run baseline.toml plan.toml -o results.h5
  lantian compare results.h5
  lantian why results.h5 move-foundry
)";

//! A word as the shell wants it: in quotes if it has anything but plain letters and digits.
std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "0123456789_-./";
  if (word.find_first_not_of(kPlain) == word.npos)
    return word;
  std::string quoted = "'";
  for (const char letter : word)
    quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

void write_template(const std::filesystem::path& folder, const KindRegistry& kinds) {
  StagedFolder staged(folder);
  for (const TemplateFile& file : template_files())
    staged.add(file.path, file.text);
  staged.add("lantian.schema.json", json_schema(kinds)); // for editors; the files name it
  staged.commit();
  fmt::print(kNext, shell_word(folder.string()));
}

} // namespace

void add_new(CLI::App& app, const KindRegistry& kinds) {
  auto* verb = app.add_subcommand("new", "Write a small scenario family to start from");
  auto folder = std::make_shared<std::filesystem::path>();
  verb->add_option("DIR", *folder, "Folder to make")->required();
  verb->callback([folder, &kinds] { write_template(*folder, kinds); });
}

} // namespace lantian
