// Programmes of many items against theory. A work takes an exponential time of mean 10 days.

#include "measures/programme.hpp"
#include "measures/stories.hpp"
#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lantian::oracles {
namespace {

Programme::Item item(int k, double size) {
  Programme::Item item;
  item.id = "i" + std::to_string(100 + k);
  item.size = fixed(size);
  item.duration = fixed_days(1.5);
  return item;
}

Inventory fleet(std::function<void(Programme&)> fill) {
  Inventory town;
  town.source("old").raw("PM", 1);
  town.source("new").idle().raw("PM", 0);
  town.measure<Programme>("p", [fill](Programme& plan, const Scenario& all) {
    plan.from = source_of(all, "old");
    plan.to = source_of(all, "new");
    fill(plan);
  });
  return town;
}

Inventory exponential_fleet(std::int64_t items, std::int64_t gangs) {
  Inventory town = fleet([=](Programme& plan) {
    plan.count = items;
    plan.size = fixed(1);
    plan.work = exponential_days(10);
    plan.at_once = gangs;
  });
  town.horizon(day(0), day(1460));
  return town;
}

Replay replay_of(const Inventory& town, std::uint32_t replication) {
  return Replay(town.scenario(), {.seed = seed(), .replication = replication}, spawn_measures);
}

//! Items done by the end of January in each replication.
std::vector<double> done_by_february(std::int64_t gangs) {
  const Inventory town = exponential_fleet(400, gangs);
  std::vector<double> done;
  for (std::uint32_t r = 0; r < 500; ++r)
    done.push_back(std::round(400 * replay_of(town, r).books().progress[0]));
  return done;
}

// While c gangs are busy the completions are a Poisson process of rate c/10 d: 8 gangs do 24.8
// items in 31 days, with as large a variance.
TEST(AProgramme, does_as_many_items_as_a_poisson_process) {
  const std::vector<double> done = done_by_february(8);
  EXPECT_TRUE(agrees("items done", done, 24.8));
  EXPECT_TRUE(agrees("their variance", squared_distances(done, 24.8), 24.8));
}

TEST(AProgramme, that_lacks_a_gang_is_caught) {
  EXPECT_TRUE(is_caught("items done", done_by_february(7), 24.8));
}

//! Days until the last of 30 items is done.
std::vector<double> lengths(std::int64_t gangs) {
  const Inventory town = exponential_fleet(30, gangs);
  std::vector<double> days;
  for (std::uint32_t r = 0; r < 1000; ++r)
    days.push_back(replay_of(town, r).reached("p"));
  return days;
}

// Four gangs are all busy until 4 items are left: 26 gaps of 10/4 days. The last four end after
// gaps of 10/4, 10/3, 10/2 and 10 days, the order statistics of exponential times.
TEST(AProgramme, ends_with_the_last_of_its_gangs) {
  EXPECT_TRUE(agrees("length", lengths(4), 26 * 2.5 + 10 * (1 / 4.0 + 1 / 3.0 + 1 / 2.0 + 1)));
  EXPECT_TRUE(agrees("length by one gang", lengths(1), 300));
}

// Whatever the sizes, by a random order each item is among the first half with probability 1/2.
// Forty equal works of sizes from 40 to 1, one gang: 20 are done after 30 days.
TEST(AProgramme, does_half_of_the_sizes_in_half_of_the_time_in_random_order) {
  Inventory town = fleet([](Programme& plan) {
    for (int k = 0; k < 40; ++k)
      plan.items.push_back(item(k, 40 - k));
    plan.order = Programme::Order::random;
    plan.at_once = 1;
  });
  town.interval(Interval::day);
  std::vector<double> shares;
  for (std::uint32_t r = 0; r < 300; ++r)
    shares.push_back(replay_of(town, r).books().progress[30]);
  EXPECT_TRUE(agrees("share of the sizes", shares, 0.5));
}

} // namespace
} // namespace lantian::oracles
