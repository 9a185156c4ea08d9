// Grades against theory: the wait for an audit that is passed is geometric, two steps up are an
// absorbing Markov chain, and a plant that breaks its limits in some months at random is in grade A
// while none of the last months was such a one.

#include "measures/stories.hpp"
#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <vector>

namespace lantian::oracles {
namespace {

constexpr double kBreach = 0.2; //!< probability that a month is one

Scenario works_of(Grade grade, std::function<void(Grading&)> fill) {
  Inventory town;
  town.plant("works", 365).grade = grade;
  town.source("stack").of("works").stack("SO2", 0.1, 1).emits("SO2", [](EmissionFactor& e) {
    e.limit = fixed(0.2);
    e.hourly_cv = 0;
  });
  town.measure<Grading>("grading", [fill](Grading& plan, const Scenario&) {
    plan.plant = 0;
    plan.every = fixed_days(20);
    fill(plan);
  });
  return town.scenario();
}

//! Above the limit all through each month that the draws single out.
Process pollute_some_months(World& world) {
  const ChanceStream stream("test", "breach");
  const TimeAxis& months = world.blueprint().months();
  for (std::size_t m = 0; m < months.size(); ++m) {
    co_await world.simulation().until(months.begin(m));
    const bool is_breach = world.draw().happens(kBreach, stream, static_cast<std::uint32_t>(m));
    world.changing(0).outlets[0].factor = Ramp::constant(is_breach ? 0.3 : 0.1);
  }
}

//! Share of the year in a grade, one number a replication.
std::vector<double> shares_in(const Scenario& scenario, Grade grade, bool pollutes) {
  const Blueprint blueprint(scenario);
  const LedgerLayout layout(blueprint);
  std::vector<double> shares;
  for (std::uint32_t replication = 0; replication < 8000; ++replication) {
    World world(layout, {.seed = seed(), .replication = replication}, false);
    spawn_measures(world);
    if (pollutes)
      world.simulation().spawn("pollution", 1, pollute_some_months(world));
    world.run();
    const Duration in = world.close().graded[static_cast<std::size_t>(grade)];
    shares.push_back(static_cast<double>(in.count()) / (365 * 86400));
  }
  return shares;
}

Scenario audited(double pass) {
  return works_of(Grade::C, [pass](Grading& plan) { plan.pass.A = fixed(pass); });
}

// C through the k-th interval of 20 days where the audits 0 to k all failed.
double expected_in_c() {
  double expected = 0;
  for (int k = 0; 20 * k < 365; ++k)
    expected += std::pow(0.7, k + 1) * std::min(20, 365 - 20 * k) / 365;
  return expected;
}

TEST(TimeToGrade, is_a_geometric_number_of_intervals) {
  EXPECT_TRUE(agrees("share in C", shares_in(audited(0.3), Grade::C, false), expected_in_c()));
}

TEST(TimeToGrade, by_audits_that_pass_too_often_is_caught) {
  EXPECT_TRUE(is_caught("share in C", shares_in(audited(0.4), Grade::C, false), expected_in_c()));
}

// An absorbing chain: an audit finds a plant good enough for A with probability 0.1, for B with
// 0.3. After k audits it is in C with probability 0.7^k, in A with 1 - 0.9^k, and so in B with
// 0.9^k - 0.7^k. The sums over k are those of the fundamental matrix, cut off at the end of the
// year.
TEST(TimeToGrade, over_two_steps_is_that_of_an_absorbing_chain) {
  const Scenario scenario = works_of(Grade::C, [](Grading& plan) {
    plan.pass.A = fixed(0.1);
    plan.pass.B = fixed(0.3);
  });
  double in_b = 0;
  for (int k = 0; 20 * k < 365; ++k)
    in_b += (std::pow(0.9, k + 1) - std::pow(0.7, k + 1)) * std::min(20, 365 - 20 * k) / 365;
  EXPECT_TRUE(agrees("share in B", shares_in(scenario, Grade::B, false), in_b));
}

Scenario on_probation(double length) {
  return works_of(Grade::A, [length](Grading& plan) {
    plan.pass.A = fixed(1);
    plan.breach = Grading::Breach{0.05, fixed_days(length)};
  });
}

// On each day: A unless one of the months that ended in the last 45 days was a breach.
double expected_in_a() {
  constexpr std::array kEnds = {31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  double expected = 0;
  for (int today = 0; today < 365; ++today) {
    const auto recent = std::count_if(
        kEnds.begin(), kEnds.end(), [today](int end) { return end <= today && today < end + 45; });
    expected += std::pow(1 - kBreach, static_cast<double>(recent)) / 365;
  }
  return expected;
}

TEST(TimeInGrade, is_that_since_which_no_month_was_a_breach) {
  EXPECT_TRUE(agrees("share in A", shares_in(on_probation(45), Grade::A, true), expected_in_a()));
}

TEST(TimeInGrade, after_a_probation_that_is_too_short_is_caught) {
  EXPECT_TRUE(
      is_caught("share in A", shares_in(on_probation(30), Grade::A, true), expected_in_a()));
}

} // namespace
} // namespace lantian::oracles
