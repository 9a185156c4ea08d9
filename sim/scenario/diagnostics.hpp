#pragma once

// Diagnostics collects every mistake of a scenario, so that all are reported at once, sorted by
// file and position, before anything is written. Each reads
//
//   as-planned.toml:12:8: measures.ule-yaxin.start: 2032-01-01 lies after the end (2031-01-01)

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/error.hpp"
#include "scenario/value.hpp"

namespace lantian {

//! One mistake, with its data.
struct Mistake {
  std::string file;         //!< as shown to the user; "" when it is of no file
  std::uint32_t line = 0;   //!< from 1; 0 when it concerns the whole file
  std::uint32_t column = 0; //!< from 1
  std::string key;          //!< key path, "sources.sinter.activity"; may be ""
  std::string message;

  //! "file:line:column: key: message".
  std::string text() const;
};

//! The scenario cannot be used; what() has one line a mistake.
class ScenarioError : public Error {
public:
  explicit ScenarioError(std::vector<Mistake> mistakes);
  const std::vector<Mistake>& mistakes() const { return mistakes_; }

private:
  std::vector<Mistake> mistakes_;
};

class Diagnostics {
public:
  //! `document` gives file names and the position of a key path; it must outlive this. May be null.
  explicit Diagnostics(const Document* document = nullptr) : document_(document) {}

  //! A mistake at a place in a file.
  void error(Position position, std::string key, std::string message);
  //! A mistake at a key path of the merged scenario ("measures.a.stages[permit].cost"); its
  //! position is that of the deepest part of the path that exists.
  void error(std::string key, std::string message);
  //! A mistake that concerns a whole file.
  void file_error(std::string file, std::string message);

  bool empty() const { return mistakes_.empty(); }
  std::size_t size() const { return mistakes_.size(); }
  //! Sorted by file, line, column, key; duplicates removed.
  std::vector<Mistake> sorted() const;
  //! Throws ScenarioError with all of them, if there are any.
  void throw_if_any() const;

private:
  const Document* document_;
  std::vector<Mistake> mistakes_;
};

//! The candidates nearest to `word`: one edit (of a letter, or a swap of neighbours) away for a
//! word and fewer for short words, best first.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);
//! "; did you mean 'sources'?", or "" when nothing is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);
//! Edits between two words: insertions, deletions, changes and swaps of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b);
//! "'a', 'b' or 'c'".
std::string one_of(const std::vector<std::string>& words);

} // namespace lantian
