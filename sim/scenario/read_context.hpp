#pragma once

// What every reader of a field needs: the merged document, the mistakes so far, the ids of every
// table, the parameters, and who refers to whom, so that checks between rows are made only where
// all that they look at was read without mistake.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostics.hpp"
#include "scenario/parameter_book.hpp"
#include "scenario/value.hpp"

namespace lantian {

class ReadContext {
public:
  ReadContext(const Document& document, Diagnostics& diagnostics)
      : document_(document), diagnostics_(diagnostics), parameters_(*this) {}
  ReadContext(const ReadContext&) = delete;
  ReadContext& operator=(const ReadContext&) = delete;

  const Document& document() const { return document_; }
  Diagnostics& diagnostics() const { return diagnostics_; }
  ParameterBook& parameters() { return parameters_; }

  //! Ids of the rows of a table, sorted; the place of an id is the index of its row.
  const std::vector<std::string>& ids(const std::string& table);
  //! True when a row that is none of ids() is a mistake of its own: it is there, but it is no table
  //! or its id is none, or the whole is no table.
  bool is_reported(const std::string& table, const std::string& id) const;
  //! "there is no 'jiyo' in [plants]; did you mean 'jiyu'?"; `written` is how it was written.
  std::string no_such(const std::string& table, const std::string& id, const std::string& written);

  //! The value at `path` refers to `row` ("plants.jiyu").
  void note_reference(const std::string& path, const std::string& row);
  //! A value that could not be read, because of a mistake reported elsewhere.
  void mark_unread(const std::string& path);
  //! False when a part of the row could not be read.
  bool is_read(const std::string& path) const;
  //! Rows ("sources.sinter") that have a mistake or refer, directly or not, to one that has.
  std::set<std::string> unsound_rows() const;

private:
  const Document& document_;
  Diagnostics& diagnostics_;
  ParameterBook parameters_;
  std::map<std::string, std::vector<std::string>> ids_;
  std::map<std::string, std::set<std::string>> referred_by_; //!< row to the rows that refer to it
  std::set<std::string> unread_;
};

//! The first two steps of a key path: "sources.sinter" of "sources.sinter.emits.NOx.raw".
std::string row_of(std::string_view path);

} // namespace lantian
