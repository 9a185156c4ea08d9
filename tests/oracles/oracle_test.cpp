#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <array>

namespace lantian::oracles {
namespace {

// Eleven values with mean 0 and deviation sqrt(11): the mean's standard error is 1, so t = 10 with
// 10 degrees of freedom has p = 1.6e-6, and t = 12 has 2.9e-7. Of 20 trials at 1/2 none succeeds
// with probability 2^-20, so p is 2^-19 = 1.9e-6; of 22 it is 4.8e-7.
TEST(AComparison, that_is_below_the_level_is_caught) {
  const std::array samples{-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0};
  EXPECT_EQ(level(), 1e-6) << "the numbers are worked out for the level of CI";
  EXPECT_TRUE(agrees("t = 10", samples, 10));
  EXPECT_FALSE(agrees("t = 12", samples, 12));
  EXPECT_TRUE(is_caught("t = 12", samples, 12));
  EXPECT_TRUE(agrees("none of 20", Count{0, 20}, 0.5));
  EXPECT_FALSE(agrees("none of 22", Count{0, 22}, 0.5));
}

} // namespace
} // namespace lantian::oracles
