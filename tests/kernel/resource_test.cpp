#include "kernel/resource.hpp"

#include <optional>

#include <gtest/gtest.h>

#include "kernel/story.hpp"

namespace lantian::testing {
namespace {

constexpr ResourceIndex kCrews = 0;
constexpr ResourceIndex kMoney = 1;

//! Two crews, and 100 of money that comes at 20 s and again at 50 s.
struct Works : Story {
  ResourcePool pool{simulation,
                    {{.id = "crews", .capacity = 2.0},
                     {.id = "money",
                      .kind = ResourceKind::consumable,
                      .releases = {{at(50s), 100.0}, {at(20s), 100.0}}}}};
};

struct Job {
  std::string name;
  std::vector<Need> needs;
  Duration duration;
  Priority priority = Priority::normal;
};

Process work(Works& works, Job job) {
  Request request = works.pool.request(job.needs, job.priority);
  const Grant grant = co_await request;
  works.note(job.name);
  co_await works.simulation.after(job.duration);
}

Process work_from(Works& works, Duration start, Job job) {
  co_await works.simulation.after(start);
  co_await work(works, job);
}

Job crews(std::string name, double count, Duration duration, Priority priority = Priority::normal) {
  return {std::move(name), {{kCrews, count}}, duration, priority};
}

TEST(AResource, serves_equal_priorities_in_order_of_request) {
  Works works;
  works.spawn("a", 9, work_from(works, 1s, crews("a", 2, 10s)));
  works.spawn("b", 8, work_from(works, 2s, crews("b", 2, 10s)));
  works.spawn("c", 7, work_from(works, 3s, crews("c", 2, 10s)));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"1 a", "11 b", "21 c"}));
}

TEST(AResource, serves_requests_of_the_same_instant_in_the_order_of_entities) {
  Works works;
  works.spawn("b", 2, work(works, crews("b", 2, 10s)));
  works.spawn("a", 1, work(works, crews("a", 2, 10s)));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 a", "10 b"}));
}

// One crew is free from 0 on, and "small" would fit, but "big" stands before it until 10.
TEST(AResource, lets_nobody_pass_the_head_of_the_queue) {
  Works works;
  works.spawn("one", 1, work(works, crews("one", 1, 10s)));
  works.spawn("big", 2, work(works, crews("big", 2, 5s)));
  works.spawn("small", 3, work(works, crews("small", 1, 5s)));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 one", "10 big", "15 small"}));
}

TEST(AResource, serves_who_resumes_before_all_who_are_new) {
  Works works;
  works.spawn("holder", 1, work(works, crews("holder", 2, 10s)));
  works.spawn("new", 2, work_from(works, 1s, crews("new", 2, 5s)));
  works.spawn("resumed", 3, work_from(works, 2s, crews("resumed", 2, 5s, Priority::resumed)));
  works.spawn("resumed too", 4,
              work_from(works, 3s, crews("resumed too", 2, 5s, Priority::resumed)));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 holder", "10 resumed", "15 resumed too", "20 new"}));
}

// "b" is displaced by "big", which leaves its queue again at 4: then b heads it and fits.
TEST(AResource, serves_the_next_when_the_head_of_the_queue_is_cancelled) {
  Works works;
  works.spawn("a", 1, work(works, crews("a", 1, 20s)));
  ProcessHandle big = works.spawn("big", 2, work(works, crews("big", 2, 5s)));
  works.spawn("b", 3, work_from(works, 1s, crews("b", 1, 5s)));
  works.run(4s);
  EXPECT_EQ(works.pool.queue_length(kCrews), 2);
  big.cancel();
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 a", "4 b"}));
}

TEST(AResource, takes_its_crews_back_when_their_holder_is_cancelled) {
  Works works;
  ProcessHandle holder = works.spawn("a", 1, work(works, crews("a", 2, 20s)));
  works.spawn("b", 2, work(works, crews("b", 2, 5s)));
  works.run(4s);
  holder.cancel();
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 a", "4 b"}));
  EXPECT_EQ(works.pool.level(kCrews), 2.0);
}

TEST(ABudget, is_spent_in_order_of_request_as_it_is_released) {
  Works works;
  works.spawn("a", 1, work(works, {"a", {{kMoney, 60.0}}, 1s}));
  works.spawn("b", 2, work(works, {"b", {{kMoney, 60.0}}, 1s}));
  works.spawn("c", 3, work(works, {"c", {{kMoney, 60.0}}, 1s}));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"20 a", "50 b", "50 c"})); // 40 were left, and carry over
  EXPECT_EQ(works.pool.level(kMoney), 20.0);
}

TEST(ABudget, that_is_released_at_an_instant_is_there_for_all_requests_of_it) {
  Works works;
  works.spawn("a", 0, work_from(works, 20s, {"a", {{kMoney, 100.0}}, 1s}));
  works.run();
  EXPECT_EQ(works.lines, Lines{"20 a"});
}

// 30 of the first 100 are left at 50 and lapse; of 60 that were refunded after that, nothing comes
// back.
Process spend_and_refund(Works& works, ResourcePool& pool) {
  Request request = pool.request(Need{0, 70.0});
  Grant grant = co_await request;
  co_await works.simulation.until(at(30s));
  grant.refund(0, 10.0);
  works.note(fmt::format("{} left", pool.level(0)));
  co_await works.simulation.until(at(60s));
  grant.refund(0, 60.0);
  works.note(fmt::format("{} left", pool.level(0)));
}

TEST(ABudget, that_lapses_is_lost_at_the_next_release) {
  Works works;
  ResourcePool pool(works.simulation, {{.id = "money",
                                        .kind = ResourceKind::consumable,
                                        .releases = {{at(20s), 100.0}, {at(50s), 100.0}},
                                        .lapses = true}});
  works.spawn("a", 1, spend_and_refund(works, pool));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"30 40 left", "60 100 left"}));
}

Process refund_half(Works& works) {
  Request request = works.pool.request(Need{kMoney, 80.0});
  Grant grant = co_await request;
  grant.refund(kMoney, 40.0);
  EXPECT_EQ(grant.amount(kMoney), 40.0);
  EXPECT_THROW(grant.refund(kMoney, 41.0), std::invalid_argument);
  EXPECT_THROW(grant.refund(kCrews, 1.0), std::invalid_argument);
}

TEST(ARefund, goes_to_those_who_wait_and_is_at_most_what_was_granted) {
  Works works;
  works.spawn("a", 1, refund_half(works));
  works.spawn("b", 2, work(works, {"b", {{kMoney, 60.0}}, 1s}));
  works.run();
  EXPECT_EQ(works.lines, Lines{"20 b"});
}

Process hold_for_ever(Story& story, Request& request) {
  const Grant grant = co_await request;
  co_await story.simulation.until(kNever);
}

Process spend_a_tenth(ResourcePool& pool) {
  Request request = pool.request(Need{0, 0.1});
  const Grant grant = co_await request;
}

TEST(ABudget, is_not_short_of_a_rounding_error) { // 0.3 - 0.1 - 0.1 < 0.1
  Works works;
  ResourcePool pool(works.simulation,
                    {{.id = "money", .kind = ResourceKind::consumable, .capacity = 0.3}});
  for (int i = 0; i < 3; ++i) {
    works.spawn("a", 1, spend_a_tenth(pool));
  }
  works.run();
  EXPECT_EQ(pool.statistics(0).served, 3);
  EXPECT_EQ(pool.level(0), 0.0);
}

Process spend_and_return(Works& works) {
  Request request = works.pool.request(Need{kMoney, 80.0});
  Grant grant = co_await request;
  co_await works.simulation.until(at(30s));
  grant.refund(kMoney, 30.0);
  co_await works.simulation.until(kNever);
}

// 80 of the 100 that come at 20 s are spent until 30 s come back: (80 * 10 + 50 * 10) / 40 = 32.5.
TEST(ABudget, measures_what_is_spent_less_what_came_back) {
  Works works;
  works.spawn("a", 1, spend_and_return(works));
  works.run(40s);
  EXPECT_DOUBLE_EQ(works.pool.statistics(kMoney).mean_in_use, 32.5);
}

// "both" needs a crew and money. Crews are free, so money (at 20) is what it waits for; "crew"
// stands behind it in the queue of crews all that time.
TEST(ARequest, for_several_is_atomic_and_blocks_each_of_its_queues) {
  Works works;
  works.spawn("both", 1, work(works, {"both", {{kCrews, 1.0}, {kMoney, 50.0}}, 10s}));
  works.spawn("crew", 2, work_from(works, 5s, crews("crew", 1, 10s)));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"20 both", "20 crew"}));
}

Process account_for_waiting(Works& works) {
  Request request = works.pool.request({{kCrews, 1.0}, {kMoney, 50.0}});
  Grant grant = co_await request;
  works.note(fmt::format("crews {} money {} all {}", grant.waited_for(kCrews).count(),
                         grant.waited_for(kMoney).count(), grant.waited().count()));
}

// Crews are held until 8; then it is money that is short, until 20.
TEST(ARequest, accounts_for_its_waiting_by_what_was_short) {
  Works works;
  works.spawn("holder", 1, work(works, crews("holder", 2, 8s)));
  works.spawn("both", 2, account_for_waiting(works));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 holder", "20 crews 8 money 12 all 20"}));
}

Process give_up_and_try_again(Works& works) {
  Request request = works.pool.request({{kCrews, 1.0}, {kMoney, 50.0}});
  Timer timer = works.simulation.after(12s);
  co_await first_of(request, timer);
  EXPECT_EQ(request.short_of(), kNoResource);
  EXPECT_EQ(request.waited_for(kCrews), 8s);
  EXPECT_EQ(request.waited_for(kMoney), 4s);
  EXPECT_THROW((void)request.take(), std::logic_error);
  co_await works.simulation.after(3s);
  Grant grant = co_await request;
  works.note(fmt::format("waited {}", grant.waited().count())); // 12 s, and from 15 to 20
  EXPECT_THROW((void)request.take(), std::logic_error);
}

TEST(ARequest, that_lost_may_be_awaited_again_and_goes_on_counting) {
  Works works;
  works.spawn("holder", 1, work(works, crews("holder", 2, 8s)));
  works.spawn("patient", 2, give_up_and_try_again(works));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 holder", "20 waited 17"}));
}

TEST(ARequest, tells_what_it_is_short_of) {
  Works works;
  Request request = works.pool.request({{kCrews, 1.0}, {kMoney, 50.0}});
  works.spawn("waiter", 1, hold_for_ever(works, request));
  EXPECT_EQ(request.short_of(), kNoResource);
  works.run(1s);
  EXPECT_EQ(request.short_of(), kMoney);
  EXPECT_EQ(works.pool.queue_length(kMoney), 1);
  works.run(21s);
  EXPECT_EQ(request.short_of(), kNoResource);
}

Process release_early(Works& works) {
  Request request = works.pool.request(Need{kCrews, 2.0});
  Grant grant = co_await request;
  co_await works.simulation.after(3s);
  grant.release();
  grant.release();
  co_await works.simulation.after(30s);
}

TEST(AGrant, can_be_released_before_its_end) {
  Works works;
  works.spawn("a", 1, release_early(works));
  works.spawn("b", 2, work(works, crews("b", 2, 5s)));
  works.run();
  EXPECT_EQ(works.lines, Lines{"3 b"});
  EXPECT_EQ(works.pool.level(kCrews), 2.0);
}

TEST(ARequest, for_nothing_is_granted_at_once) {
  Works works;
  works.spawn("a", 1, work(works, {"a", {}, 1s}));
  works.spawn("b", 2, work(works, {"b", {{kMoney, 0.0}}, 1s}));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 a", "0 b"}));
}

// Until the money comes at 20, "poor" heads its queue; "frugal" needs none of it.
TEST(ARequest, for_none_of_a_resource_does_not_stand_in_its_queue) {
  Works works;
  works.spawn("poor", 1, work(works, {"poor", {{kMoney, 50.0}}, 1s}));
  works.spawn("frugal", 2, work(works, {"frugal", {{kCrews, 1.0}, {kMoney, 0.0}}, 1s}));
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 frugal", "20 poor"}));
}

Process ask_and_forget(Works& works) {
  const Request request = works.pool.request(Need{kCrews, 1.0});
  co_await works.simulation.after(5s);
}

TEST(ARequest, that_is_never_awaited_leaves_the_queue_as_it_is) {
  Works works;
  works.spawn("holder", 1, work(works, crews("holder", 2, 10s)));
  works.spawn("waiter", 2, work(works, crews("waiter", 2, 10s)));
  works.spawn("forgetful", 3, ask_and_forget(works));
  works.run(6s);
  EXPECT_EQ(works.pool.queue_length(kCrews), 1);
  works.run();
  EXPECT_EQ(works.lines, (Lines{"0 holder", "10 waiter"}));
}

// Two crews of two for 10 of 40 s, then one for 10 s: in use (2 * 10 + 1 * 10) / 40 = 0.75. The
// second request waits for 10 s: queue 10 / 40 = 0.25, mean wait (0 + 10) / 2 = 5 s.
TEST(AResource, measures_its_queue_and_its_use) {
  Works works;
  works.spawn("a", 1, work(works, crews("a", 2, 10s)));
  works.spawn("b", 2, work(works, crews("b", 1, 10s)));
  works.run(40s);
  const ResourceStatistics statistics = works.pool.statistics(kCrews);
  EXPECT_DOUBLE_EQ(statistics.mean_in_use, 0.75);
  EXPECT_DOUBLE_EQ(statistics.mean_queue, 0.25);
  EXPECT_DOUBLE_EQ(statistics.mean_wait_s, 5.0);
  EXPECT_EQ(statistics.served, 2);
}

TEST(AResource, that_nobody_asked_for_has_no_wait) {
  Works works;
  works.run(40s);
  EXPECT_EQ(works.pool.statistics(kCrews).mean_wait_s, 0.0);
  EXPECT_EQ(works.pool.statistics(kCrews).mean_in_use, 0.0);
}

TEST(AResource, that_served_one_has_its_wait_as_the_mean) {
  Works works;
  works.spawn("a", 1, work(works, {"a", {{kMoney, 60.0}}, 1s}));
  works.run(40s);
  EXPECT_EQ(works.pool.statistics(kMoney).mean_wait_s, 20.0);
}

std::string message_of(Works& works, std::vector<Need> needs) {
  try {
    (void)works.pool.request(needs);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(ARequest, that_can_never_be_granted_is_refused) {
  Works works;
  EXPECT_EQ(message_of(works, {{kCrews, 3.0}}),
            "resource 'crews': a request for 3 can never be granted, the capacity is 2");
  EXPECT_EQ(message_of(works, {{kMoney, -1.0}}),
            "resource 'money': requested amount -1 must be finite and not negative");
  EXPECT_EQ(message_of(works, {{2, 1.0}}), "request: there is no resource 2, only 2");
  EXPECT_EQ(message_of(works, {{kCrews, 1.0}, {kCrews, 1.0}}),
            "resource 'crews': named twice in one request");
}

TEST(APool, refuses_what_is_counted_and_lapses) {
  Simulation simulation(kStart);
  const std::vector<ResourceSpec> specs{{.id = "crews", .capacity = 1.0, .lapses = true}};
  EXPECT_THROW(ResourcePool(simulation, specs), std::invalid_argument);
}

Process hold(Story& story, ResourcePool& pool, std::string name, double crews, Duration length) {
  Request request = pool.request(Need{0, crews});
  const Grant grant = co_await request;
  story.note(name);
  co_await story.simulation.after(length);
}

// One crew works for 100 s, two more come at 20 s: who needs two waits for them, and at 100 s there
// are three. In use: 1 to 20 s, 3 to 50 s, 1 to 100 s, 0 to 120 s: 160/120.
TEST(APool, grows_on_the_date_when_crews_are_added) {
  Story story;
  ResourcePool pool(story.simulation,
                    {{.id = "crews", .capacity = 1.0, .releases = {{at(20s), 2.0}}}});
  story.spawn("one", 0, hold(story, pool, "one", 1.0, 100s));
  story.spawn("two", 1, hold(story, pool, "two", 2.0, 30s));
  story.run(120s);
  EXPECT_EQ(story.lines, (Lines{"0 one", "20 two"}));
  EXPECT_EQ(pool.level(0), 3.0);
  EXPECT_EQ(pool.spec(0).capacity, 3.0);
  EXPECT_NEAR(pool.statistics(0).mean_in_use, 160.0 / 120.0, 1e-12);
}

TEST(APool, refuses_more_than_there_will_ever_be) {
  Story story;
  ResourcePool pool(story.simulation,
                    {{.id = "crews", .capacity = 1.0, .releases = {{at(20s), 2.0}}}});
  EXPECT_THROW((void)pool.request(Need{0, 3.5}), std::invalid_argument);
}

TEST(APool, has_made_the_releases_of_the_past) {
  Simulation simulation(at(30s));
  const ResourcePool pool(simulation,
                          {{.id = "money",
                            .kind = ResourceKind::consumable,
                            .capacity = 5.0,
                            .releases = {{at(20s), 10.0}, {at(30s), 20.0}, {at(31s), 7.0}}}});
  EXPECT_EQ(pool.level(0), 35.0);
  EXPECT_EQ(pool.size(), 1U);
}

TEST(APool, that_ends_before_its_grants_is_no_longer_asked) {
  Story story;
  std::optional<ResourcePool> pool(std::in_place, story.simulation,
                                   std::vector{ResourceSpec{.id = "crews", .capacity = 1.0}});
  Request request = pool->request(Need{0, 1.0});
  pool.reset();
  EXPECT_EQ(request.waited_for(0), 0s);
  story.spawn("late", 1, hold_for_ever(story, request));
  EXPECT_THROW(story.run(), ModelError);
}

} // namespace
} // namespace lantian::testing
