#pragma once

// Verbs that other programs bring: `lantian report` starts the program `lantian-report`, which is
// looked for beside the command, then on the PATH. It replaces this process, so that its exit code
// and its signals are its own. The command's own verbs come first; nobody can replace them.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lantian {

class ExternalVerbs {
public:
  //! `beside`: the folders in which the command itself stands; then those of `path`, joined by
  //! colons as in the PATH.
  ExternalVerbs(std::vector<std::filesystem::path> beside, std::string_view path);

  //! Where the running command stands, and the PATH of this process. `started_as` is its argv[0]: a
  //! launcher in one folder may stand for a program in another.
  static ExternalVerbs of_this_process(std::string_view started_as);

  //! The program that carries out `verb`, if there is one. Only a plain name is looked up, never
  //! an option or a path.
  std::optional<std::filesystem::path> find(std::string_view verb) const;

  //! The verbs found beside the command, sorted.
  std::vector<std::string> beside() const;

private:
  std::vector<std::filesystem::path> beside_;
  std::vector<std::filesystem::path> path_;
};

//! Replaces this process by `program` with the arguments `words` (null at the end). Throws
//! UsageError where the system cannot start it.
[[noreturn]] void become(const std::filesystem::path& program, const char* const* words);

} // namespace lantian
