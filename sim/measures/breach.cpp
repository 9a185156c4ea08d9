#include "measures/breach.hpp"

#include "world/time_axis.hpp"

namespace lantian {

bool is_breach(const std::vector<Hours>& before, const std::vector<Hours>& after, double allowed) {
  for (std::size_t i = 0; i < after.size(); ++i) {
    const double valid = after[i].valid - before[i].valid;
    if (after[i].above - before[i].above > allowed * valid)
      return true;
  }
  return false;
}

Process persistent_breach(World& world, std::vector<Index> sources, double allowed,
                          std::int64_t months) {
  co_await world.simulation().until(next_boundary(world.now(), Interval::month));
  std::vector<Hours> before = world.hours_above_limit(sources);
  for (std::int64_t in_a_row = 0; in_a_row < months;) {
    co_await world.simulation().until(next_boundary(world.now(), Interval::month));
    std::vector<Hours> after = world.hours_above_limit(sources);
    in_a_row = is_breach(before, after, allowed) ? in_a_row + 1 : 0;
    before = std::move(after);
  }
}

} // namespace lantian
