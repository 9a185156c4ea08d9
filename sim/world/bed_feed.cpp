#include "world/bed_feed.hpp"

#include "world/segment.hpp"

namespace lantian {

double bed_feed(const ProcessUnit& unit, const ActivityClock& clock, const TimeAxis& axis,
                Time from, Time to, Orders orders) {
  const Segment segment = segment_of(unit, from, to);
  double feed = 0;
  if (segment.is_constant()) {
    feed = unit.activity.nominal() * unit.activity.share(from, 0, orders) *
           unit.fed_to_bed(from, 0) * clock.elapsed(from, to);
  } else {
    for_each_point(segment, axis, clock, [&](std::size_t, double offset, double nominal_years) {
      feed += unit.activity.nominal() * unit.activity.share(from, offset, orders) *
              unit.fed_to_bed(from, offset) * nominal_years;
    });
  }
  for_each_pulse_point(unit, segment, axis, [&](std::size_t, double offset, double amount) {
    feed += amount * unit.activity.passing(from, offset, orders) * unit.fed_to_bed(from, offset);
  });
  return feed;
}

Time when_fed(const ProcessUnit& unit, const ActivityClock& clock, const TimeAxis& axis, Time from,
              Time end, double feed) {
  if (feed <= 0)
    return from;
  if (unit.pulses.empty() && segment_of(unit, from, end).is_constant()) {
    const double rate =
        unit.activity.nominal() * unit.activity.share(from) * unit.fed_to_bed(from, 0);
    return rate > 0 ? clock.advance(from, feed / rate) : kNever;
  }
  if (bed_feed(unit, clock, axis, from, end) < feed)
    return kNever;
  Time before = from; // less than `feed` has come by then, and enough by `end`
  while (end - before > Duration{1}) {
    const Time middle = before + (end - before) / 2;
    (bed_feed(unit, clock, axis, from, middle) < feed ? before : end) = middle;
  }
  return end;
}

} // namespace lantian
