// The verb `why`: sentences, and the tables that they round. Tables fit 80 columns.

#include "cli/cells.hpp"
#include "cli/commands.hpp"
#include "results/explanation.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr std::size_t kWidth = 80;

//! Characters of a text in UTF-8.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

//! Where the word that begins at `from` ends; a number and its "%" are one.
std::size_t end_of_word(const std::string& text, std::size_t from) {
  const std::size_t end = std::min(text.find(' ', from), text.size());
  return text.compare(end, 2, " %") == 0 ? std::min(text.find(' ', end + 1), text.size()) : end;
}

//! Breaks a text into lines between words; each but the first, which may stand out, after two
//! blanks.
void print_wrapped(const std::string& text, bool stands_out = false) {
  std::string line = stands_out ? "" : " ";
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = end_of_word(text, from);
    if (length_of(line) + 1 + length_of(std::string_view(text).substr(from, to - from)) > kWidth) {
      fmt::print("{}\n", line);
      line = " ";
    }
    line += (line.empty() ? "" : " ") + text.substr(from, to - from);
    from = to + 1;
  }
  fmt::print("{}\n", line);
}

void print_measure(const Explanation& explanation) {
  fmt::print("  {:<14}{:>10}{:>14}{:>14}{:>14}\n", "milestone", "reached", "10 % by", "50 % by",
             "90 % by");
  for (const ExplainedMilestone& milestone : explanation.milestones) {
    fmt::print("  {:<14}{:>10}{:>14}{:>14}{:>14}\n", milestone.name,
               percent_cell(milestone.reached), date_cell(milestone.dates[0]),
               date_cell(milestone.dates[1]), date_cell(milestone.dates[2]));
  }
  fmt::print("  {:<14}{:>10}{:>14}   (days, along the critical path)\n", "time spent on", "mean",
             "90 % below");
  for (const ExplainedCause& cause : explanation.causes) {
    fmt::print("  {:<14}{:>10.1f}{:>14.1f}\n", cause.name, cause.mean_days, cause.p90_days);
  }
}

void print_deadline(const Lateness& lateness) {
  fmt::print("  {:<14}{:>13}{:>13}{:>13}\n", "due", "50 % by", "80 % by", "95 % by");
  fmt::print("  {:<14}", date_cell(lateness.due - 1));
  for (const double day : lateness.dates)
    fmt::print("{:>13}", quantile_cell(day, lateness.horizon_end));
  fmt::print("\n  {:<14}{:>13}{:>13}{:>13}{:>13}{:>11}\n", "days", "on the path", "90 % below",
             "of lateness", "90 % below", "share");
  for (const LateCause& cause : lateness.causes) {
    fmt::print("  {:<14}{:>13.1f}{:>13.1f}{:>13.1f}{:>13.1f}{:>11}\n", cause.name, cause.mean_days,
               cause.p90_days, cause.mean_late, cause.p90_late, percent_cell(cause.share));
  }
}

void print_explanation(const Explanation& explanation) {
  const std::string name = explanation.name.empty() ? "" : ": " + explanation.name;
  print_wrapped(explanation.id + " in " + explanation.scenario + name, true);
  std::string text;
  for (const std::string& sentence : explanation.sentences)
    text += (text.empty() ? "" : " ") + sentence;
  print_wrapped(text);
  if (!explanation.target)
    print_measure(explanation);
  else if (explanation.target->lateness)
    print_deadline(*explanation.target->lateness);
}

} // namespace

void add_why(CLI::App& app) {
  auto* verb = app.add_subcommand("why", "Say why a measure takes so long, or a target is missed");
  struct Options {
    std::filesystem::path file;
    std::string name;
  };
  auto options = std::make_shared<Options>();
  verb->add_option("FILE", options->file, "Result file")->required();
  verb->add_option("NAME", options->name, "Id of a measure or a target")->required();
  verb->callback([options] {
    bool is_first = true;
    for (const Explanation& explanation : explain(ResultFile(options->file), options->name)) {
      if (!std::exchange(is_first, false))
        fmt::print("\n");
      print_explanation(explanation);
    }
  });
}

} // namespace lantian
