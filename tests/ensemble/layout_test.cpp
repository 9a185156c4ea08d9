#include "ensemble/layout.hpp"

#include <cmath>
#include <functional>
#include <stdexcept>

#include <gtest/gtest.h>

namespace lantian {
namespace {

using namespace std::chrono_literals;

Time day(int year, unsigned month, unsigned d) {
  return std::chrono::sys_days{std::chrono::year{year} / static_cast<int>(month) /
                               static_cast<int>(d)};
}

Layout two_zones_and_two_months() {
  Layout layout("as-planned");
  layout.add(Coordinate{.name = "zone", .values = Labels{{"key-area", "outside"}}});
  layout.add(Coordinate{.name = "time",
                        .values = Intervals{{day(2024, 1, 1), day(2024, 2, 1), day(2024, 3, 1)}}});
  return layout;
}

std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no error";
}

TEST(Layout, gives_a_variable_the_shape_of_its_axes) {
  Layout layout = two_zones_and_two_months();
  EXPECT_EQ(layout.add(Variable{.name = "NOx", .dims = {"time"}, .unit = "t"}), 0u);
  EXPECT_EQ(layout.add(Variable{.name = "NOx_by_zone", .dims = {"zone", "time"}}), 1u);
  EXPECT_EQ(layout.variables()[1].shape, (std::vector<std::size_t>{2, 2}));
  EXPECT_EQ(layout.variables()[1].size, 4u);
  EXPECT_EQ(layout.values_per_replication(), 6u);
  EXPECT_EQ(layout.find("NOx_by_zone"), 1u);
  EXPECT_EQ(layout.find("SO2"), std::nullopt);
}

TEST(Layout, lets_an_axis_be_empty) {
  Layout layout = two_zones_and_two_months();
  layout.add(Coordinate{.name = "measure", .values = Labels{}});
  layout.add(Variable{.name = "measure_date", .dims = {"measure"}, .unit = kDateUnit});
  EXPECT_EQ(layout.variables()[0].size, 0u);
}

TEST(Layout, refuses_a_name_that_is_taken) {
  Layout layout = two_zones_and_two_months();
  layout.add(Variable{.name = "NOx", .dims = {"time"}, .with_statistics = true});
  for (const char* name : {"NOx", "NOx_mean", "zone", "time_bnds", "replication", "log"}) {
    EXPECT_EQ(message_of([&] { layout.add(Variable{.name = name}); }),
              std::string("the name ") + name + " is taken");
  }
}

TEST(Layout, refuses_what_does_not_fit) {
  Layout layout = two_zones_and_two_months();
  EXPECT_EQ(message_of([&] { layout.add(Variable{.name = "a b"}); }),
            "'a b' is not a valid name: letters, digits, _ and -");
  EXPECT_EQ(message_of([&] { layout.add(Variable{.name = "x", .dims = {"plant"}}); }),
            "variable x: no axis plant");
  EXPECT_EQ(message_of([&] { layout.add(Variable{.name = "x", .flags = {{0, "no"}}}); }),
            "variable x: only an int8 variable has flags");
  EXPECT_EQ(message_of([&] {
              layout.add(
                  Variable{.name = "x", .type = ValueType::int8, .flags = {{0, "no"}, {0, "yes"}}});
            }),
            "variable x: flag 0 stands twice");
  EXPECT_EQ(message_of([&] {
              layout.add(Coordinate{.name = "plant", .values = Labels{{"a", "b", "a"}}});
            }),
            "axis plant: labels repeat");
  EXPECT_EQ(message_of([&] {
              layout.add(
                  Coordinate{.name = "t", .values = Intervals{{day(2024, 2, 1), day(2024, 1, 1)}}});
            }),
            "axis t: bounds must increase");
  EXPECT_EQ(message_of([&] {
              layout.add(Coordinate{
                  .name = "plant",
                  .values = Labels{{"a", "b"}},
                  .companions = {{.name = "latitude", .values = std::vector<double>{40.6}}}});
            }),
            "axis plant: 1 values of latitude for 2 labels");
}

TEST(Layout, refuses_a_scenario_that_is_no_id) {
  EXPECT_EQ(message_of([] { Layout("../x"); }), "scenario '../x': not a valid id");
}

TEST(DaysSinceEpoch, counts_whole_days_and_knows_never) {
  EXPECT_EQ(days_since_epoch(day(1970, 1, 2)), 1);
  EXPECT_EQ(days_since_epoch(day(2024, 1, 1)), 19723); // 54 years of 365 days and 13 leap days
  EXPECT_EQ(days_since_epoch(day(1970, 1, 1) + 12h), 0.5);
  EXPECT_TRUE(std::isnan(days_since_epoch(kNever)));
}

} // namespace
} // namespace lantian
