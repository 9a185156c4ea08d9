// Controls that fail and are repaired, against the theory of alternating renewal; and what it means
// that a control meets the same failures in every scenario.

#include "measures/dry_quenching.hpp"
#include "measures/stories.hpp"
#include "oracles/oracle.hpp"
#include "oracles/telegraph.hpp"
#include "world/small_world.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace lantian::oracles {
namespace {

constexpr double kTenYears = 3653; // 2000 to 2009 [d]

//! A kiln of 1 kg of PM a day behind one filter after another place's kiln behind its own; what is
//! emitted are the days out of service.
Scenario kilns(const std::vector<std::string>& filters) {
  Inventory town;
  town.horizon(date(2000, 1, 1), date(2010, 1, 1)).interval(Interval::year);
  for (const std::string& filter : filters) {
    town.control(filter).removes("PM", 1).fails(exponential_days(kFilter.up),
                                                exponential_days(kFilter.down), OnFailure::bypass);
    town.source("kiln-" + filter).makes(365.3).raw("PM", 1).control(filter);
  }
  return town.scenario();
}

//! Days out of service in ten years, added up over the filters, by replication.
std::vector<double> days_out_of_service(const std::vector<std::string>& filters,
                                        std::uint32_t replications) {
  std::vector<double> days;
  for (std::uint32_t r = 0; r < replications; ++r) {
    Replay replay(kilns(filters), {.seed = seed(), .replication = r});
    days.push_back(replay.total("PM"));
  }
  return days;
}

TEST(AControl, is_out_of_service_as_an_alternating_renewal_process) {
  const std::vector<double> days = days_out_of_service({"filter"}, 1000);
  EXPECT_TRUE(agrees("days out of service", days, kFilter.mean(kTenYears)));
  EXPECT_TRUE(agrees("their variance", squared_distances(days, kFilter.mean(kTenYears)),
                     kFilter.variance(kTenYears)));
}

TEST(AControl, that_would_fail_every_ten_days_of_the_calendar_is_caught) {
  const std::vector<double> days = days_out_of_service({"filter"}, 200);
  EXPECT_TRUE(is_caught("days out of service", days, kTenYears * kFilter.down / kFilter.up));
}

// Of two plans that share one filter and have one more each, the difference has the variance of two
// filters. With luck of their own in each plan it would have that of four, and with one luck for
// all filters none.
TEST(CommonRandomNumbers, leave_the_variance_of_what_plans_do_not_share) {
  std::vector<double> differences = days_out_of_service({"a-shared", "b-old"}, 500);
  const std::vector<double> others = days_out_of_service({"a-shared", "c-new"}, 500);
  for (std::size_t r = 0; r < differences.size(); ++r)
    differences[r] -= others[r];
  EXPECT_TRUE(agrees("difference", differences, 0));
  EXPECT_TRUE(
      agrees("its variance", squared_distances(differences, 0), 2 * kFilter.variance(kTenYears)));
}

//! Days in 30 years until works are done that take a time of this law.
std::vector<double> days_of_works(const Distribution& days) {
  std::vector<double> done;
  for (std::uint32_t r = 0; r < 2000; ++r) {
    Inventory town = kiln_town();
    town.horizon(day(0), day(30 * 365)).interval(Interval::year);
    Stage works = stage("works", 0);
    works.duration = Number::chance(days.scaled(86400), kTime);
    add_retrofit(town, "filter", 0, {works});
    Replay replay(town.scenario(), {.seed = seed(), .replication = r}, spawn_measures);
    done.push_back(replay.reached("filter"));
  }
  return done;
}

// Two plans believe in different laws of the same works. By inversion they are long and short
// together, which makes the variance of the difference as small as it can be: with X = -100 ln(1 -
// U) and Y = 200 U it is 100^2 + 200^2/12 - 2 x 100 x 200/4, the last by E[-U ln(1 - U)] = 3/4.
// Independent draws would give 13,333, and one law that falls where the other grows 23,333.
TEST(CommonRandomNumbers, let_two_laws_of_the_same_works_grow_together) {
  std::vector<double> differences = days_of_works(Distribution::exponential(100));
  const std::vector<double> others = days_of_works(Distribution::uniform(0, 200));
  for (std::size_t r = 0; r < differences.size(); ++r)
    differences[r] -= others[r];
  EXPECT_TRUE(agrees("difference", differences, 0));
  EXPECT_TRUE(agrees("its variance", squared_distances(differences, 0),
                     100.0 * 100 + 200.0 * 200 / 12 - 2 * 100.0 * 200 / 4));
}

//! Days of the three common years 2025 to 2027 in which coke is quenched wet.
std::vector<double> wet_days(double breakdown_days) {
  std::vector<double> wet;
  for (std::uint32_t r = 0; r < 1000; ++r) {
    Inventory town;
    town.horizon(day(0), day(1095)).interval(Interval::year);
    town.source("wet").raw("PM", 1);
    town.source("dry").idle().raw("SO2", 1);
    town.measure<DryQuenching>("cdq", [=](DryQuenching& plan, const Scenario& all) {
      plan.wet = source_of(all, "wet");
      plan.dry = source_of(all, "dry");
      plan.breakdowns =
          DryQuenching::Breakdowns{exponential_days(100), exponential_days(breakdown_days)};
      plan.yearly_repair = DryQuenching::YearlyRepair{std::chrono::June / 1, fixed_days(40)};
    });
    Replay replay(town.scenario(), {.seed = seed(), .replication = r}, spawn_measures);
    wet.push_back(replay.total("PM"));
  }
  return wet;
}

// While it is under its yearly repair of 40 days the dry quencher neither fails nor is mended: its
// breakdowns are an alternating renewal process on a clock that stands still 3 times, for 120 days.
TEST(PlannedRepairs, stop_the_clock_of_breakdowns) {
  constexpr Telegraph kQuencher{.up = 100, .down = 10};
  EXPECT_TRUE(agrees("wet days", wet_days(10), 120 + kQuencher.mean(1095 - 120)));
}

TEST(PlannedRepairs, beside_repairs_that_are_a_fifth_too_short_are_caught) {
  constexpr Telegraph kQuencher{.up = 100, .down = 10};
  EXPECT_TRUE(is_caught("wet days", wet_days(8), 120 + kQuencher.mean(1095 - 120)));
}

} // namespace
} // namespace lantian::oracles
