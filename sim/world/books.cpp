#include "world/books.hpp"

#include <algorithm>
#include <utility>

namespace lantian {

void MeasureRecord::close(Time now) {
  sheet.leave(now);
  for (TimeSheet& limb : limbs)
    limb.leave(now);
  if (delisted != kNever)
    off_list += now - std::exchange(delisted, kNever);
}

CauseTimes MeasureRecord::spent() const {
  const auto critical =
      std::max_element(limbs.begin(), limbs.end(),
                       [](const TimeSheet& a, const TimeSheet& b) { return a.last() < b.last(); });
  CauseTimes times{};
  for (std::size_t c = 0; c < kCauses; ++c) {
    times[c] = sheet.spent(static_cast<Cause>(c));
    if (critical != limbs.end())
      times[c] += critical->spent(static_cast<Cause>(c));
  }
  return times;
}

} // namespace lantian
