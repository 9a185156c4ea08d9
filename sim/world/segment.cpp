#include "world/segment.hpp"

namespace lantian {

namespace {

//! Sorts the ramps' corners and adds those where two ceilings cross between them.
void finish_corners(Segment& segment, const Activity& activity) {
  std::sort(segment.corners.begin(), segment.corners.end());
  const std::vector<double> pieces = segment.corners;
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    activity.append_crossings(segment.from, pieces[i - 1], pieces[i], segment.corners);
  }
  std::sort(segment.corners.begin(), segment.corners.end());
}

} // namespace

Segment segment_of(const Activity& activity, Time from, Time to) {
  Segment segment{from, to, activity.degree(from, to), {}};
  if (segment.is_constant())
    return segment;
  segment.corners = {0, seconds(to - from)};
  activity.append_corners(from, to, segment.corners);
  finish_corners(segment, activity);
  return segment;
}

Segment segment_of(const ProcessUnit& unit, Time from, Time to) {
  Segment segment{from, to, unit.activity.degree(from, to) + unit.degree(from, to), {}};
  if (segment.is_constant())
    return segment;
  segment.corners = {0, seconds(to - from)};
  unit.activity.append_corners(from, to, segment.corners);
  unit.append_corners(from, to, segment.corners);
  finish_corners(segment, unit.activity);
  return segment;
}

} // namespace lantian
