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

Duration MeasureRecord::spent(Cause cause) const {
  const auto critical =
      std::max_element(limbs.begin(), limbs.end(),
                       [](const TimeSheet& a, const TimeSheet& b) { return a.last() < b.last(); });
  return sheet.spent(cause) + (critical == limbs.end() ? Duration{0} : critical->spent(cause));
}

} // namespace lantian
