// Pieces of emission that add up to one curve.

#include "world/emission_curve.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace lantian {
namespace {

double rate_at(const EmissionCurve& curve, double t) {
  std::size_t i = 0;
  while (curve.end(i) <= t)
    ++i;
  return curve.rate(i, t, t).at(0);
}

TEST(EmissionCurve, adds_up_the_pieces_that_are_open) {
  // 1 from 2 to 6, 3 from 4 to 8: rates 0, 1, 4, 3, 0
  EmissionPieces pieces;
  pieces.add(0, 2, 6, 1);
  pieces.add(1, 4, 8, 3);
  const EmissionCurve curve(pieces, 10);
  ASSERT_EQ(curve.stretches(), 5);
  EXPECT_EQ(rate_at(curve, 1), 0);
  EXPECT_EQ(rate_at(curve, 3), 1);
  EXPECT_EQ(rate_at(curve, 5), 4);
  EXPECT_EQ(rate_at(curve, 7), 3);
  EXPECT_EQ(rate_at(curve, 9), 0);
  EXPECT_EQ(curve.emitted(2, 5), 2 + 4);
  EXPECT_EQ(curve.total(), 4 + 12);
}

TEST(EmissionCurve, has_no_corner_where_a_piece_goes_on_as_before) {
  EmissionPieces pieces;
  pieces.add(0, 0, 4, 2);
  pieces.add(0, 4, 10, 2);
  EXPECT_EQ(EmissionCurve(pieces, 10).stretches(), 1);
}

TEST(EmissionCurve, adds_rates_that_move_to_those_that_do_not) {
  // 5 all the time; u from 0 to 1 over [2, 6], of which half lies behind a corner at 4
  EmissionPieces pieces;
  pieces.add(0, 0, 10, 5);
  pieces.add(1, 2, 6, Polynomial::through(1, [](double u) { return u; }));
  pieces.add(2, 4, 5, 1);
  const EmissionCurve curve(pieces, 10);
  EXPECT_DOUBLE_EQ(rate_at(curve, 3), 5.25);
  EXPECT_DOUBLE_EQ(rate_at(curve, 4.5), 6 + 0.625);
  EXPECT_EQ(rate_at(curve, 6), 5);
  EXPECT_DOUBLE_EQ(curve.total(), 50 + 2 + 1);
}

//! Pieces of seeded random rates, of a source each. Their times are whole, so that many tie.
std::vector<EmissionPieces::Piece> random_pieces() {
  std::mt19937 random(7); // NOLINT: the same in every run
  std::uniform_real_distribution<double> time(0, 100);
  std::uniform_real_distribution<double> rate(0, 1);
  std::vector<EmissionPieces::Piece> rows;
  for (std::uint32_t k = 0; k < 300; ++k) {
    const double a = std::floor(time(random));
    const double b = std::floor(time(random));
    rows.push_back({std::min(a, b), std::max(a, b), rate(random), k});
  }
  return rows;
}

EmissionPieces made_of(const std::vector<EmissionPieces::Piece>& rows) {
  EmissionPieces pieces;
  for (const auto& row : rows)
    pieces.add(row.source, row.begin, row.end, row.rate);
  return pieces;
}

TEST(EmissionCurve, is_the_sum_of_its_pieces_at_every_corner_and_leaves_no_residue) {
  const auto rows = random_pieces();
  const EmissionCurve curve(made_of(rows), 200);
  for (std::size_t i = 0; i < curve.stretches(); ++i) {
    const double t = curve.end(i);
    double sum = 0;
    for (const auto& row : rows)
      sum += row.rate * std::max(0.0, std::min(t, row.end) - row.begin);
    ASSERT_NEAR(curve.emitted(i, t), sum, 1e-12 * sum) << i;
  }
  EXPECT_EQ(rate_at(curve, 150), 0); // to the bit
}

TEST(EmissionCurve, has_the_same_bits_in_whatever_order_the_sources_come) {
  auto rows = random_pieces();
  const EmissionCurve forwards(made_of(rows), 200);
  std::reverse(rows.begin(), rows.end());
  const EmissionCurve backwards(made_of(rows), 200);
  ASSERT_EQ(forwards.stretches(), backwards.stretches());
  for (std::size_t i = 0; i < forwards.stretches(); ++i)
    ASSERT_EQ(forwards.emitted(i, forwards.end(i)), backwards.emitted(i, backwards.end(i)));
}

} // namespace
} // namespace lantian
