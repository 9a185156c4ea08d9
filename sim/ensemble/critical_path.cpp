#include "ensemble/critical_path.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace lantian {

namespace {

bool has_reached(const MeasureRecord& record, Milestone milestone) {
  return record.date(milestone) != kNever;
}

bool is_given_up(const MeasureRecord& record, Milestone milestone) {
  return !has_reached(record, milestone) && record.cancelled != kNever;
}

//! Whether `a` is further behind on the way to the milestone.
bool is_behind(const MeasureRecord& a, const MeasureRecord& b, Milestone milestone) {
  if (has_reached(a, milestone) || has_reached(b, milestone))
    return a.date(milestone) > b.date(milestone);
  if (is_given_up(a, milestone) != is_given_up(b, milestone))
    return is_given_up(a, milestone);
  for (std::size_t k = static_cast<std::size_t>(milestone); k-- > 0;) {
    if (a.dates[k] != b.dates[k])
      return a.dates[k] > b.dates[k];
  }
  return false;
}

Index last_of(std::span<const MeasureRecord> measures, const PathEnd& end) {
  return *std::max_element(end.measures.begin(), end.measures.end(), [&](Index a, Index b) {
    const MeasureRecord& one = measures[a];
    const MeasureRecord& other = measures[b];
    if (is_behind(other, one, end.milestone))
      return true;
    return !is_behind(one, other, end.milestone) && a > b;
  });
}

CauseTimes times_until(const MeasureRecord& record, Milestone milestone) {
  return has_reached(record, milestone) ? record.spent_until[static_cast<std::size_t>(milestone)]
                                        : record.spent();
}

Duration& of(CriticalPath& path, PathCause cause) {
  return path.spent[static_cast<std::size_t>(cause)];
}

constexpr std::array<std::pair<PathCause, Cause>, 6> kShared = {{
    {PathCause::permits, Cause::permits},
    {PathCause::crews, Cause::crews},
    {PathCause::money, Cause::money},
    {PathCause::season, Cause::season},
    {PathCause::alerts, Cause::alerts},
    {PathCause::work, Cause::work},
}};

} // namespace

Duration CriticalPath::length() const {
  return std::accumulate(spent.begin(), spent.end(), Duration{0});
}

Duration CriticalPath::lateness(const PathEnd& end) const {
  return std::max(Duration{0}, std::min(reached, end.horizon_end) - end.due);
}

CriticalPath critical_path(std::span<const MeasureRecord> measures, const PathEnd& end) {
  CriticalPath path;
  path.last = last_of(measures, end);
  const MeasureRecord* record = &measures[path.last];
  Milestone milestone = end.milestone;
  path.reached = record->date(milestone);
  if (is_given_up(*record, milestone))
    of(path, PathCause::cancelled) = end.horizon_end - record->cancelled;
  for (;;) {
    const CauseTimes times = times_until(*record, milestone);
    for (const auto& [on_path, cause] : kShared)
      of(path, on_path) += times[static_cast<std::size_t>(cause)];
    if (times[static_cast<std::size_t>(Cause::predecessors)] == Duration{0})
      break;
    milestone = record->held_until;
    record = &measures[record->held_by];
  }
  const Time start = std::min(path.reached, end.horizon_end) - path.length();
  of(path, PathCause::start) = std::max(Duration{0}, start - end.due);
  return path;
}

} // namespace lantian
