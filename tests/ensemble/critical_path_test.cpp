// The critical path of a deadline, walked back day by day. The horizon is 2025 (365 days); stages
// last whole days, so that every path can be followed on paper.

#include "ensemble/critical_path.hpp"

#include "ensemble/ensemble.hpp"
#include "ensemble/kinds.hpp"
#include "measures/measure.hpp"
#include "measures/stories.hpp"
#include "scenario/load_scenario.hpp"
#include "source_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace lantian {
namespace {

Stage permit(double length) {
  Stage permit = stage("permit", length);
  permit.is_permit = true;
  return permit;
}

//! A retrofit that changes nothing, after others.
void add_after(Inventory& town, const std::string& id, double start, std::vector<Stage> stages,
               std::vector<std::string> after, IfAbsent if_absent = IfAbsent::error) {
  add_retrofit(town, id, start, std::move(stages), [=](Retrofit& plan, const Scenario&) {
    plan.after = after;
    plan.if_absent = if_absent;
    plan.changes.clear();
  });
}

//! The path to a deadline that falls due so many days after the start.
class Path {
public:
  Path(const Inventory& town, double due, const std::vector<std::string>& measures,
       Milestone milestone = Milestone::works)
      : replay_(town.scenario(), {}, spawn_measures) {
    for (const std::string& id : measures)
      measures_.push_back(*replay_.scenario().measures.find(id));
    end_ = {measures_, milestone, day(due), replay_.scenario().end};
    path_ = critical_path(replay_.books().measures, end_);
  }

  std::string last() const { return replay_.scenario().measures[path_.last].id; }
  double reached() const { return days_of(path_.reached - day(0)); }
  bool is_reached() const { return path_.reached != kNever; }
  double on(PathCause cause) const { return days_of(path_.spent[static_cast<std::size_t>(cause)]); }
  double length() const { return days_of(path_.length()); }
  double lateness() const { return days_of(path_.lateness(end_)); }

private:
  Replay replay_;
  std::vector<Index> measures_;
  PathEnd end_;
  CriticalPath path_;
};

TEST(CriticalPath, goes_back_through_the_predecessor_and_the_crew_that_was_shared) {
  // One crew. b works on days 0 to 50. a: permit 10 to 30, waits for the crew to 50, works to 90.
  // d asks on day 60 and works 90 to 115. c waits for a from 5 to 90, for the crew to 115, works to
  // 145: the path starts on day 10, when a was to start, and is 135 days long.
  Inventory town = kiln_town();
  town.crews("crew", 1);
  add_after(town, "a", 10, {permit(20), crewed(40)}, {});
  add_after(town, "b", 0, {crewed(50)}, {});
  add_after(town, "c", 5, {crewed(30)}, {"a"});
  add_after(town, "d", 60, {crewed(25)}, {});
  const Path path(town, 100, {"a", "b", "c"});
  EXPECT_EQ(path.last(), "c");
  EXPECT_EQ(path.reached(), 145);
  EXPECT_EQ(path.on(PathCause::permits), 20);
  EXPECT_EQ(path.on(PathCause::crews), 20 + 25);
  EXPECT_EQ(path.on(PathCause::work), 40 + 30);
  EXPECT_EQ(path.length(), 145 - 10);
  EXPECT_EQ(path.lateness(), 45);
}

TEST(CriticalPath, goes_back_through_the_predecessor_that_released_it_last) {
  // long is done on day 60, short on day 20: whichever is named first, the path is that of long.
  for (const std::vector<std::string>& after :
       {std::vector<std::string>{"long", "short"}, std::vector<std::string>{"short", "long"}}) {
    Inventory town = kiln_town();
    add_after(town, "long", 0, {stage("works", 60)}, {});
    add_after(town, "short", 0, {permit(20)}, {});
    add_after(town, "then", 0, {stage("works", 10)}, after);
    const Path path(town, 30, {"then"});
    EXPECT_EQ(path.on(PathCause::permits), 0);
    EXPECT_EQ(path.on(PathCause::work), 70);
  }
}

TEST(CriticalPath, leaves_out_what_a_predecessor_does_after_what_was_waited_for) {
  // first is begun on day 15 after its delay, and goes on to day 215; then works from 15 to 25
  Inventory town = kiln_town();
  add_retrofit(town, "first", 5, {stage("works", 200)}, [](Retrofit& plan, const Scenario&) {
    plan.delay = fixed_days(10);
    plan.changes.clear();
  });
  add_retrofit(town, "then", 0, {stage("works", 10)}, [](Retrofit& plan, const Scenario&) {
    plan.after = {"first"};
    plan.after_milestone = Milestone::begun;
  });
  const Path path(town, 20, {"then"});
  EXPECT_EQ(path.reached(), 25);
  EXPECT_EQ(path.on(PathCause::permits), 10);
  EXPECT_EQ(path.on(PathCause::work), 10);
  EXPECT_EQ(path.lateness(), 5);
}

TEST(CriticalPath, ends_with_the_measure_that_is_last_and_with_the_first_id_of_a_tie) {
  Inventory town = kiln_town();
  add_after(town, "c-slow", 0, {stage("works", 80)}, {});
  add_after(town, "b-slow", 0, {permit(80)}, {});
  add_after(town, "a-fast", 0, {stage("works", 60)}, {});
  const Path path(town, 70, {"c-slow", "b-slow", "a-fast"});
  EXPECT_EQ(path.last(), "b-slow");
  EXPECT_EQ(path.on(PathCause::permits), 80);
  EXPECT_EQ(path.lateness(), 10);
  EXPECT_EQ(Path(town, 70, {"a-fast"}).lateness(), 0);
}

TEST(CriticalPath, starts_with_the_horizon_where_the_work_is_in_progress) {
  // 15 of the 30 days of works remain, then 10 of tests
  Inventory town = kiln_town();
  add_retrofit(town, "filter", -200, {permit(99), stage("works", 30), stage("tests", 10)},
               [](Retrofit& plan, const Scenario&) {
                 plan.in_progress = InProgress{"works", fixed_days(15)};
               });
  const Path path(town, 20, {"filter"});
  EXPECT_EQ(path.on(PathCause::permits), 0);
  EXPECT_EQ(path.on(PathCause::work), 25);
  EXPECT_EQ(path.lateness(), 5);
}

//! first gets its permit on days 10 to 30 and is given up then.
Inventory town_that_gives_up(IfAbsent if_absent) {
  Inventory town = kiln_town();
  add_retrofit(town, "first", 10, {permit(20), stage("works", 10)},
               [](Retrofit& plan, const Scenario&) {
                 plan.cancel_probability = fixed(1);
                 plan.cancelled_before = "works";
               });
  add_after(town, "then", 0, {stage("works", 15)}, {"first"}, if_absent);
  return town;
}

TEST(CriticalPath, goes_back_through_a_predecessor_that_was_given_up) {
  const Path path(town_that_gives_up(IfAbsent::ignore), 40, {"then"});
  EXPECT_EQ(path.reached(), 45);
  EXPECT_EQ(path.on(PathCause::permits), 20);
  EXPECT_EQ(path.on(PathCause::work), 15);
  EXPECT_EQ(path.on(PathCause::cancelled), 0);
}

TEST(CriticalPath, owes_what_follows_a_cancellation_to_it_up_to_the_end) {
  // day 30 to 365; slow is not done by then either, but then will never be
  Inventory town = town_that_gives_up(IfAbsent::never);
  add_after(town, "slow", 300, {stage("works", 90)}, {});
  const Path path(town, 265, {"slow", "then"});
  EXPECT_FALSE(path.is_reached());
  EXPECT_EQ(path.last(), "then");
  EXPECT_EQ(path.on(PathCause::permits), 20);
  EXPECT_EQ(path.on(PathCause::cancelled), 335);
  EXPECT_EQ(path.length(), 365 - 10);
  EXPECT_EQ(path.lateness(), 100);
}

TEST(CriticalPath, leaves_out_what_a_measure_does_after_it_was_given_up) {
  // the permit takes days 10 to 30; then the old works winds down for 20 days all the same
  Inventory town;
  town.plant("old", 365);
  town.plant("new", 365).idle = true;
  town.source("kiln").of("old").raw("PM", 1);
  town.measure<Relocation>("move", [](Relocation& plan, const Scenario& all) {
    plan.start = day(10);
    plan.old_plant = plant_of(all, "old");
    plan.new_plant = plant_of(all, "new");
    plan.lost_output = output_is(LostOutput::Fate::lost);
    plan.stages = {permit(20), stage("works", 10)};
    plan.cancel_probability = fixed(1);
    plan.cancelled_before = "works";
    plan.closes_if_cancelled = true;
    plan.wind_down = fixed_days(20);
  });
  const Path path(town, 100, {"move"});
  EXPECT_EQ(path.on(PathCause::permits), 20);
  EXPECT_EQ(path.on(PathCause::work), 0);
  EXPECT_EQ(path.length(), 365 - 10);
}

TEST(CriticalPath, ends_with_the_horizon_where_the_milestone_is_never_reached) {
  // first waits for ever for money; then waits for it. near is at work since day 300, which is
  // further on than waiting to begin.
  Inventory town = kiln_town();
  town.budget("fund", {{day(0), 60}});
  Stage works = stage("works", 30);
  works.cost = fixed(100);
  works.fund = 0;
  add_after(town, "first", 20, {permit(30), works}, {});
  add_after(town, "then", 0, {stage("works", 15)}, {"first"});
  add_after(town, "near", 300, {stage("works", 90)}, {});
  const Path path(town, 360, {"near", "then"});
  EXPECT_EQ(path.last(), "then");
  EXPECT_EQ(path.on(PathCause::permits), 30);
  EXPECT_EQ(path.on(PathCause::money), 315);
  EXPECT_EQ(path.length(), 365 - 20);
  EXPECT_EQ(path.lateness(), 5);
}

TEST(CriticalPath, owes_a_start_after_the_deadline_to_the_plan) {
  // due on day 60, planned to start on day 100, done on day 110
  Inventory town = kiln_town();
  add_after(town, "late", 100, {stage("works", 10)}, {});
  const Path path(town, 60, {"late"});
  EXPECT_EQ(path.on(PathCause::start), 40);
  EXPECT_EQ(path.on(PathCause::work), 10);
  EXPECT_EQ(path.lateness(), 50);
}

TEST(CriticalPath, follows_the_longest_limb_and_then_the_papers_to_publication) {
  // design to day 10, the roof to 50 (the works only to 40), the trial to 80, publication to 140
  Inventory town;
  town.limit("ule", "sinter", "PM", 10);
  town.source("strand").process("sinter").stack("PM", 20, 1);
  town.source("yard").raw("PM", 1, 0, 0.5);
  town.measure<UltraLowEmission>("ule", [](UltraLowEmission& plan, const Scenario& all) {
    plan.start = day(0);
    plan.stages = {permit(10)};
    plan.organised = UltraLowEmission::Organised{
        {source_of(all, "strand")}, 0, fixed(0.5), {stage("works", 30)}};
    plan.fugitive = UltraLowEmission::Fugitive{
        {source_of(all, "yard")}, fixed(0.9), {stage("roof", 40, Effect::ramp)}};
    plan.publication = fixed_days(60);
  });
  const Path built(town, 30, {"ule"});
  EXPECT_EQ(built.on(PathCause::permits), 10);
  EXPECT_EQ(built.on(PathCause::work), 40);
  EXPECT_EQ(built.lateness(), 20);
  const Path published(town, 30, {"ule"}, Milestone::published);
  EXPECT_EQ(published.on(PathCause::permits), 10 + 30 + 60);
  EXPECT_EQ(published.on(PathCause::work), 40);
  EXPECT_EQ(published.lateness(), 110);
}

//! Days of a measure that are booked up to a milestone, or as far as it came.
double booked(const CauseTimes& times) {
  Duration sum{0};
  for (const Duration time : times)
    sum += time;
  return days_of(sum);
}

TEST(CriticalPath, has_no_gap_in_any_kind_of_measure_that_is_shipped) {
  // From its start (or the horizon's, where it is in progress) to each milestone, to its
  // cancellation, or to the horizon's end, every second of a measure is booked once.
  const KindRegistry kinds = all_kinds();
  std::set<std::string> seen;
  for (const char* folder : {"scenarios/examples", "scenarios/baotou"}) {
    for (const auto& file : std::filesystem::directory_iterator(source_folder() / folder)) {
      if (file.path().extension() != ".toml")
        continue;
      const Scenario scenario = load_scenario(file.path().string(), kinds);
      const Model model(scenario);
      const Books books = run_replication(model, {.replications = 1, .seed = 5}, 0);
      for (Index m = 0; m < scenario.measures.size(); ++m) {
        const auto& plan = static_cast<const MeasurePlan&>(*scenario.measures[m].plan);
        seen.insert(scenario.measures[m].kind->name);
        const MeasureRecord& record = books.measures[m];
        const Time start = std::max(plan.start, scenario.start);
        const std::string name = file.path().filename().string() + " " + scenario.measures[m].id;
        for (const Milestone milestone :
             {Milestone::begun, Milestone::works, Milestone::assessed, Milestone::published}) {
          if (record.date(milestone) == kNever || record.date(milestone) < start)
            continue;
          EXPECT_EQ(booked(record.spent_until[static_cast<std::size_t>(milestone)]),
                    days_of(record.date(milestone) - start))
              << name << " " << static_cast<int>(milestone);
        }
        if (record.is_done())
          continue;
        const Time over = std::min(record.cancelled, scenario.end);
        EXPECT_EQ(booked(record.spent()), days_of(over - start)) << name;
      }
    }
  }
  EXPECT_EQ(seen.size(), 12u) << testing::PrintToString(seen);
}

} // namespace
} // namespace lantian
