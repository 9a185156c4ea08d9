#pragma once

// Which measures of a plan are credited together. The analyst names groups; a measure in none has a
// group of its own. A measure that refers to another cannot be there without it, so the two share a
// group: of measures without a named group this is done here, and said; two named groups that need
// each other are a mistake.

#include <string>
#include <vector>

namespace lantian {

struct MeasureGroup {
  std::string id;
  std::vector<std::string> measures;
};

//! `measure` cannot be there without `needed`.
struct MeasureLink {
  std::string measure;
  std::string needed;
};

struct MeasureGrouping {
  std::vector<MeasureGroup> groups; //!< named ones as they were given, then the others by id
  std::vector<std::string> notes;   //!< what was grouped unasked, a sentence each
};

//! Ids that a named group may not have: shares that belong to no group.
inline constexpr char kOtherChanges[] = "other-changes";
inline constexpr char kInteraction[] = "interaction";

//! Groups `measures`, those that are credited. `fixed` are further measures of the plan, which are
//! not. Throws UsageError with every mistake in `named`: an unknown or repeated measure, with the
//! nearest name; a repeated or reserved id; an empty group; named groups that need each other.
MeasureGrouping group_measures(const std::vector<std::string>& measures,
                               const std::vector<std::string>& fixed,
                               const std::vector<MeasureGroup>& named,
                               const std::vector<MeasureLink>& links);

} // namespace lantian
