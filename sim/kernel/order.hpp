#pragma once
//! The order of events is total: (time, priority, entity, sequence). Events of the same instant are
//! told apart by their priority, then by the entity they belong to, and only then by which was
//! scheduled first. So the order in which tables and rows were written never matters.

#include <cstdint>

namespace lantian {

//! Dense rank of an entity's id among all ids in sorted order: it orders ties.
using EntityIndex = std::uint32_t;

//! The largest entity index that an event can carry.
inline constexpr EntityIndex kLastEntity = (1U << 28) - 1;

//! Within one instant, and within one queue, smaller comes first.
enum class Priority : std::uint8_t {
  urgent = 0,  //!< What the instant brings to all: budgets released, days that begin.
  resumed = 4, //!< A project that gave its crews back and queues again.
  normal = 8,
  late = 12, //!< After everything else of this instant: closing the books.
};

} // namespace lantian
