// Shapley's value of an airport game, which has a closed form, exactly and from sampled orders.

#include "ensemble/attribution.hpp"
#include "oracles/oracle.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace lantian::oracles {
namespace {

//! What a runway costs is what its longest aeroplane needs.
constexpr std::array kNeeds{1.0, 3.0, 4.0, 8.0, 12.0};
constexpr std::size_t kGroups = kNeeds.size();

std::vector<GameValues> airport(const AttributionDesign& design) {
  std::vector<GameValues> values;
  for (const Coalition coalition : design.coalitions()) {
    double longest = 0;
    for (std::size_t g = 0; g < kGroups; ++g)
      longest = (coalition >> g & 1) != 0 ? std::max(longest, kNeeds[g]) : longest;
    values.push_back({longest});
  }
  return values;
}

//! Each further stretch is shared by those who need it (S. C. Littlechild and G. Owen, "A simple
//! expression for the Shapley value in a special case", Management Science 20 (1973), 370-372).
double littlechild_owen(std::size_t group) {
  double share = 0;
  for (std::size_t i = 0; i <= group; ++i)
    share += (kNeeds[i] - (i > 0 ? kNeeds[i - 1] : 0)) / static_cast<double>(kGroups - i);
  return share;
}

TEST(ShapleysValue, of_an_airport_is_that_of_littlechild_and_owen) {
  const auto design = AttributionDesign::shapley(kGroups);
  const std::vector<GameValues> shares = design.shares(airport(design));
  for (std::size_t g = 0; g < kGroups; ++g)
    EXPECT_NEAR(shares[g][0], littlechild_owen(g), 1e-12);
}

// Sampled orders give it on average, and the square of the error that they state is on average the
// square of the one that they make.
TEST(ShapleysValue, from_sampled_orders_is_right_on_average_and_knows_its_error) {
  std::array<std::vector<double>, kGroups> shares;
  std::array<std::vector<double>, kGroups> squares;
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    const auto design = AttributionDesign::sampled_shapley(kGroups, 8, 100'000 * seed() + i);
    const std::vector<GameValues> values = airport(design);
    const std::vector<GameValues> estimates = design.shares(values);
    const std::vector<GameValues> errors = design.sampling_errors(values);
    for (std::size_t g = 0; g < kGroups; ++g) {
      const double distance = estimates[g][0] - littlechild_owen(g);
      shares[g].push_back(estimates[g][0]);
      squares[g].push_back(distance * distance - errors[g][0] * errors[g][0]);
    }
  }
  for (std::size_t g = 1; g < kGroups; ++g) {
    const std::string name = "group " + std::to_string(g);
    EXPECT_TRUE(agrees(name, shares[g], littlechild_owen(g)));
    EXPECT_TRUE(agrees(name + " squared error beyond the stated", squares[g], 0));
  }
}

} // namespace
} // namespace lantian::oracles
