#include "kernel/pending_events.hpp"

#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <ostream>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace lantian {
namespace {

struct Counted final : Event {
  explicit Counted(std::size_t given) : number(given) {}
  void fire() override {}
  std::size_t number;
};

//! Something that is done to the pending events.
struct Step {
  enum class What : std::uint8_t { push, pop, erase };
  What what = What::push;
  std::int64_t time = 0; //!< of what is pushed [s]
  Priority priority = Priority::normal;
  EntityIndex entity = 0;
  std::size_t which = 0; //!< is erased of those that are pending, in their order
};

void showValue(const Step& step, std::ostream& out) { // NOLINT(readability-identifier-naming)
  switch (step.what) {
  case Step::What::push:
    out << "push(" << step.time << ", " << static_cast<int>(step.priority) << ", " << step.entity
        << ")";
    break;
  case Step::What::pop:
    out << "pop";
    break;
  case Step::What::erase:
    out << "erase(" << step.which << ")";
  }
}

//! Few times, priorities and entities, so that many events tie; and the ends of time.
rc::Gen<Step> any_step() {
  using namespace rc;
  using Seconds = std::numeric_limits<std::int64_t>;
  const std::vector<std::int64_t> ends{Seconds::min(), Seconds::max() - 1}; // kNever is no time
  return gen::noShrink(gen::build<Step>(
      gen::set(&Step::what,
               gen::weightedElement<Step::What>(
                   {{6, Step::What::push}, {3, Step::What::pop}, {1, Step::What::erase}})),
      gen::set(&Step::time,
               gen::weightedOneOf<std::int64_t>(
                   {{9, gen::inRange<std::int64_t>(-4, 8)}, {1, gen::elementOf(ends)}})),
      gen::set(&Step::priority, gen::element(Priority::urgent, Priority::normal, Priority::late)),
      gen::set(&Step::entity, gen::element<EntityIndex>(0, 1, kLastEntity)),
      gen::set(&Step::which, gen::inRange<std::size_t>(0, 100))));
}

//! What is pending, in the documented order: time, priority, entity, and who came first.
class SortedEvents {
public:
  void push(const Step& step, Counted& event) {
    sorted_[{step.time, step.priority, step.entity, event.number}] = &event;
  }
  std::size_t size() const { return sorted_.size(); }
  Time next_time() const { return Time(Duration(std::get<0>(sorted_.begin()->first))); }
  Counted& take(std::size_t which) {
    const auto taken = std::next(sorted_.begin(), static_cast<std::ptrdiff_t>(which % size()));
    Counted& event = *taken->second;
    sorted_.erase(taken);
    return event;
  }

private:
  std::map<std::tuple<std::int64_t, Priority, EntityIndex, std::size_t>, Counted*> sorted_;
};

//! Takes the next event out of both.
void pop(PendingEvents& pending, SortedEvents& sorted) {
  RC_ASSERT(pending.next_time() == sorted.next_time());
  RC_ASSERT(static_cast<Counted&>(pending.pop()).number == sorted.take(0).number);
}

// `left` is how many events there may be before the sequence is used up and all are renumbered.
RC_GTEST_PROP(PendingEventsProperties, come_in_their_order_whatever_is_pushed_popped_and_erased,
              ()) {
  const auto steps = *rc::gen::scale(4, rc::gen::container<std::vector<Step>>(any_step()));
  const auto left = *rc::gen::inRange<std::uint32_t>(0, 200);
  PendingEvents pending(std::numeric_limits<std::uint32_t>::max() - left);
  SortedEvents sorted;
  std::deque<Counted> events;
  for (const Step& step : steps) {
    if (step.what == Step::What::push || sorted.size() == 0) {
      Counted& event = events.emplace_back(events.size());
      pending.push(event, Time(Duration(step.time)), step.priority, step.entity);
      sorted.push(step, event);
    } else if (step.what == Step::What::pop) {
      pop(pending, sorted);
    } else {
      Counted& event = sorted.take(step.which);
      pending.erase(event);
      RC_ASSERT(!event.is_pending());
    }
    RC_ASSERT(pending.size() == sorted.size());
  }
  while (sorted.size() > 0) {
    pop(pending, sorted);
  }
  RC_ASSERT(pending.next_time() == kNever);
}

} // namespace
} // namespace lantian
