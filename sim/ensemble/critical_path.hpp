#pragma once

// The critical path of a deadline, in one replication. It ends where the last of the deadline's
// measures reaches the milestone, and is walked back from there: through the time of that measure,
// to the predecessor that released it last, through the time of that one up to what was waited for,
// and so on, to the planned start of the first (or the horizon's start, of one in progress). It has
// no gaps: its causes sum to the time from its start to its end.
//
// Where the milestone is never reached, the path ends with the horizon. Of several measures that do
// not reach it, one that was cancelled is the last, then the one that is furthest behind. What lies
// between a cancellation and the horizon's end is owed to it; where the path was to start only
// after the deadline, what lies between the two is owed to that start. So no path is shorter than
// the lateness. Cost: a handful of additions a measure on the path; nothing is allocated.

#include "kernel/time.hpp"
#include "scenario/table.hpp"
#include "world/books.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace lantian {

//! What the time on a critical path went into: the causes of measures, but no predecessors, whose
//! own time stands there instead; and a cancellation, and a start after the deadline.
enum class PathCause : std::uint8_t {
  permits,
  crews,
  money,
  season,
  alerts,
  work,
  cancelled,
  start
};
inline constexpr std::size_t kPathCauses = 8;
inline constexpr std::array<std::string_view, kPathCauses> kPathCauseNames = {
    "permits", "crews", "money", "season", "alerts", "work", "cancelled", "start"};

//! What a path leads to.
struct PathEnd {
  std::span<const Index> measures; //!< at least one
  Milestone milestone = Milestone::works;
  Time due{};         //!< by when all measures are to have reached it
  Time horizon_end{}; //!< where time stops
};

struct CriticalPath {
  Index last = kNone; //!< the measure at its end
  Time reached = kNever;
  std::array<Duration, kPathCauses> spent{};

  Duration length() const;
  //! Zero where it was reached in time; up to the horizon's end where it was not reached.
  Duration lateness(const PathEnd& end) const;
};

//! `measures` are those of closed books, all of one replication.
CriticalPath critical_path(std::span<const MeasureRecord> measures, const PathEnd& end);

} // namespace lantian
