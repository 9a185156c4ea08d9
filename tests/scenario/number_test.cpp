#include "scenario/number.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace lantian {
namespace {

TEST(Number, is_zero_by_default) {
  EXPECT_EQ(Number().value({}), 0);
  EXPECT_TRUE(Number().is_constant());
}

TEST(Number, multiplies_fixed_amounts_and_parameters) {
  const std::vector<double> parameters = {0.5, 3};
  const Number ratio = Number::parameter(0, {});
  const Number volume = Number::parameter(1, kVolume / kMass);
  const Number number = Number::constant(4, kConcentration) * ratio * volume;
  EXPECT_EQ(number.value(parameters), 6);
  EXPECT_EQ(number.dimension(), kDimensionless);
  EXPECT_EQ(number.parameters(), (std::vector<Index>{0, 1}));
  EXPECT_EQ((number / ratio).value(parameters), 12);
  EXPECT_FALSE(number.is_constant());
}

// 1.2e9 kg/year x 2 years (in seconds) = 2.4e9 kg: durations are in seconds, rates per year.
TEST(Number, reconciles_seconds_with_years) {
  const Number rate = Number::constant(1.2e9, kMassRate);
  const Number duration = Number::constant(2 * kSecondsPerYear, kTime);
  EXPECT_DOUBLE_EQ((rate * duration).value({}), 2.4e9);
  const Number back = Number::constant(2.4e9, kMass) / rate;
  EXPECT_EQ(back.dimension(), kTime);
  EXPECT_DOUBLE_EQ(back.value({}), 2 * kSecondsPerYear);
  EXPECT_DOUBLE_EQ((Number::constant(1) / duration).value({}), 0.5); // per year
  EXPECT_EQ((duration * Number::constant(3)).value({}), 6 * kSecondsPerYear);
}

TEST(Number, mixes_two_by_a_share) {
  const Number share = Number::parameter(0, {});
  const Number mix = Number::mix(Number::constant(300, kConcentration),
                                 Number::constant(50, kConcentration), share);
  EXPECT_EQ(mix.value(std::vector{0.0}), 300);
  EXPECT_EQ(mix.value(std::vector{1.0}), 50);
  EXPECT_EQ(mix.value(std::vector{0.2}), 250);
}

// Uniform on 2 … 4: quantile 0.25 is 2.5, mean 3; times a parameter of 10.
TEST(Number, samples_chance_times_its_parameter_part) {
  const std::vector<double> parameters = {10};
  const Number number =
      Number::parameter(0, {}) * Number::chance(Distribution::uniform(2, 4), kTime);
  EXPECT_TRUE(number.is_chance());
  EXPECT_EQ(number.sample(parameters, 0.25), 25);
  EXPECT_EQ(number.value(parameters), 30);
  EXPECT_EQ(number.scale(parameters), 10);
}

TEST(Number, refuses_to_hold_chance_twice) {
  const Number chance = Number::chance(Distribution::uniform(2, 4), {});
  EXPECT_THROW(chance * chance, std::invalid_argument);
  EXPECT_THROW(Number::constant(1) / chance, std::invalid_argument);
  EXPECT_THROW(Number::mix(chance, chance, chance), std::invalid_argument);
}

TEST(Number, knows_what_it_can_come_to) {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<Bounds> bounds = {{2, 3}, {0, infinity}};
  const Number a = Number::parameter(0, {});
  const Number b = Number::parameter(1, {});
  EXPECT_EQ((Number::constant(-2) * a).bounds(bounds).low, -6);
  EXPECT_EQ((Number::constant(-2) * a).bounds(bounds).high, -4);
  EXPECT_EQ((a * b).bounds(bounds).low, 0);
  EXPECT_EQ((a * b).bounds(bounds).high, infinity);
  EXPECT_EQ((a / b).bounds(bounds).low, 0);
  EXPECT_EQ((a / b).bounds(bounds).high, infinity);
  const Bounds mix = Number::mix(a, Number::constant(10), Number::constant(0.5)).bounds(bounds);
  EXPECT_EQ(mix.low, 6);
  EXPECT_EQ(mix.high, 6.5);
}

// b = 2 a, and a is uniform on 0 … 1: whichever comes first by id, a is drawn first.
TEST(Parameters, are_drawn_in_the_order_of_what_they_refer_to) {
  Parameter late;
  late.id = "a-product";
  late.value = Number::constant(2) * Number::parameter(1, {});
  late.rank = 1;
  Parameter early;
  early.id = "b-uniform";
  early.value = Number::chance(Distribution::uniform(0, 1), {});
  const Table<Parameter> parameters{late, early};
  std::vector<std::string> asked;
  const auto values = draw_parameters(parameters, [&](const std::string& id) {
    asked.push_back(id);
    return 0.25;
  });
  EXPECT_EQ(values, (std::vector<double>{0.5, 0.25}));
  EXPECT_EQ(asked, std::vector<std::string>{"b-uniform"});
}

} // namespace
} // namespace lantian
