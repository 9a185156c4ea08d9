#include "kernel/pending_events.hpp"

#include <deque>
#include <limits>

#include <gtest/gtest.h>

namespace lantian {
namespace {

struct Numbered final : Event {
  explicit Numbered(int given) : number(given) {}
  void fire() override {}
  int number;
};

Time second(int count) {
  return Time(Duration(count));
}

std::vector<int> drain(PendingEvents& pending) {
  std::vector<int> numbers;
  while (pending.next_time() != kNever) {
    numbers.push_back(static_cast<Numbered&>(pending.pop()).number);
  }
  return numbers;
}

TEST(PendingEvents, come_by_time_then_priority_then_entity_then_sequence) {
  PendingEvents pending;
  Numbered later(1), last(2), normal(3), first(4), urgent(5), second_of_two(6);
  pending.push(later, second(9), Priority::urgent, 0);
  pending.push(last, second(5), Priority::late, 0);
  pending.push(normal, second(5), Priority::normal, 7);
  pending.push(first, second(5), Priority::normal, 2);
  pending.push(urgent, second(5), Priority::urgent, 9);
  pending.push(second_of_two, second(5), Priority::normal, 7);
  EXPECT_EQ(drain(pending), (std::vector{5, 4, 3, 6, 2, 1}));
}

TEST(PendingEvents, before_1970_come_before_those_after) {
  PendingEvents pending;
  Numbered after(1), before(2);
  pending.push(after, second(1), Priority::normal, 0);
  pending.push(before, second(-1), Priority::normal, 0);
  EXPECT_EQ(pending.next_time(), second(-1));
  EXPECT_EQ(drain(pending), (std::vector{2, 1}));
}

TEST(PendingEvents, that_are_erased_leave_nothing_behind) {
  PendingEvents pending;
  Numbered kept(1), erased(2);
  pending.push(erased, second(1), Priority::normal, 0);
  pending.push(kept, second(2), Priority::normal, 0);
  pending.erase(erased);
  EXPECT_FALSE(erased.is_pending());
  EXPECT_EQ(pending.size(), 1U);
  EXPECT_EQ(drain(pending), std::vector{1});
}

// The sequence has 32 bits. Two of the five are pushed before it is used up, three after; all tie.
TEST(PendingEvents, keep_their_order_when_the_sequence_is_used_up) {
  PendingEvents pending(std::numeric_limits<std::uint32_t>::max() - 2);
  std::deque<Numbered> events;
  for (int i = 0; i < 5; ++i) {
    pending.push(events.emplace_back(i), second(3), Priority::normal, 4);
  }
  EXPECT_EQ(drain(pending), (std::vector{0, 1, 2, 3, 4}));
}

} // namespace
} // namespace lantian
