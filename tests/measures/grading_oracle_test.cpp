// Grades against theory: the wait for an audit that is passed is geometric, and a plant that breaks
// its limits in some months at random is in grade A while none of the last months was such a one.

#include "kernel/z_test.hpp"
#include "measures/stories.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace lantian {
namespace {

using testing::kAccepted;
using testing::kCaught;
using testing::z_score;

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
  for (std::uint32_t replication = 0; replication < 1000; ++replication) {
    World world(layout, {.seed = 20251123, .replication = replication}, false);
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

TEST(TimeToGrade, is_a_geometric_number_of_intervals) {
  // C through the k-th interval of 20 days where the audits 0 to k all failed
  double expected = 0;
  for (int k = 0; 20 * k < 365; ++k)
    expected += std::pow(0.7, k + 1) * std::min(20, 365 - 20 * k) / 365;
  EXPECT_LT(std::abs(z_score(shares_in(audited(0.3), Grade::C, false), expected)), kAccepted);
  EXPECT_GT(std::abs(z_score(shares_in(audited(0.4), Grade::C, false), expected)), kCaught);
}

Scenario on_probation(double length) {
  return works_of(Grade::A, [length](Grading& plan) {
    plan.pass.A = fixed(1);
    plan.breach = Grading::Breach{0.05, fixed_days(length)};
  });
}

TEST(TimeInGrade, is_that_since_which_no_month_was_a_breach) {
  // on each day: A unless one of the months that ended in the last 45 days was a breach
  constexpr std::array kEnds = {31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  double expected = 0;
  for (int today = 0; today < 365; ++today) {
    const auto recent = std::count_if(
        kEnds.begin(), kEnds.end(), [today](int end) { return end <= today && today < end + 45; });
    expected += std::pow(1 - kBreach, static_cast<double>(recent)) / 365;
  }
  EXPECT_LT(std::abs(z_score(shares_in(on_probation(45), Grade::A, true), expected)), kAccepted);
  EXPECT_GT(std::abs(z_score(shares_in(on_probation(30), Grade::A, true), expected)), kCaught);
}

} // namespace
} // namespace lantian
