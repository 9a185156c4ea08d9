#pragma once
//! How much of a total each of some groups is responsible for: values of a cooperative game. A
//! coalition is a set of groups; its value v(S) is what comes out when just these are there, a
//! vector (replication by year, say) rather than a number. A method says which coalitions it wants
//! to know and shares v(all) - v(none) out among the groups:
//!
//!     share(g) = sum over marginals of g:  weight * (v(S with g) - v(S))
//!
//! Shares are sums of differences, so a group that never changes anything gets exactly 0. Those of
//! Shapley and of an order sum to the total in every place of the vector, up to rounding.
//!
//! Cost: `shapley` wants 2^n coalitions; sampled permutations at most (n - 1) each beyond the two
//! ends, fewer where permutations share them.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lantian {

//! Bit g is set where group g is in it.
using Coalition = std::uint64_t;

inline constexpr std::size_t kMostGroups = 63;
inline constexpr std::size_t kMostExactGroups = 12;

//! One value, or one share, a place.
using GameValues = std::vector<double>;

class AttributionDesign {
public:
  //! Shapley's value: the mean of the marginal over all orders in which the groups may come.
  //! Throws std::invalid_argument beyond kMostExactGroups, as all do without groups or beyond
  //! kMostGroups.
  static AttributionDesign shapley(std::size_t groups);

  //! Its estimate from random orders, each taken forwards and backwards (an antithetic pair, so
  //! that what comes early in one comes late in the other). Throws std::invalid_argument unless
  //! `permutations` is even and at least 4: the standard error needs two pairs.
  static AttributionDesign sampled_shapley(std::size_t groups, std::size_t permutations,
                                           std::uint64_t seed);

  //! v(g alone) - v(none). Shares do not sum to the total where effects overlap.
  static AttributionDesign first_in(std::size_t groups);

  //! v(all) - v(all but g). Likewise.
  static AttributionDesign last_in(std::size_t groups);

  //! The marginals of one order; `order` has each of 0 ... n - 1 once, or std::invalid_argument is
  //! thrown.
  static AttributionDesign sequential(std::span<const std::size_t> order);

  std::size_t groups() const { return groups_; }
  //! Those whose value is wanted, each once, increasing: the empty one first, the full one last.
  std::span<const Coalition> coalitions() const { return coalitions_; }
  //! Antithetic pairs of orders; 0 where nothing is sampled.
  std::size_t pairs() const { return pairs_; }

  //! Shares by group. `values` go with coalitions() and are equally long.
  std::vector<GameValues> shares(std::span<const GameValues> values) const;

  //! Standard error of each share from having sampled orders: the standard deviation (of n - 1)
  //! over pairs of what a pair says, over the root of their number. Zeros where nothing is sampled.
  std::vector<GameValues> sampling_errors(std::span<const GameValues> values) const;

private:
  struct Marginal {
    std::size_t group;
    std::size_t without; //!< places in coalitions_
    std::size_t with;
    double weight;
  };

  explicit AttributionDesign(std::size_t groups);
  void want(std::size_t group, Coalition without, double weight);
  void want_order(std::span<const std::size_t> order, double weight);
  void settle();
  void check(std::span<const GameValues> values) const;

  struct Wanted {
    std::size_t group;
    Coalition without;
    double weight;
  };

  std::size_t groups_;
  std::size_t pairs_ = 0;
  std::vector<Wanted> wanted_; //!< until they are settled
  std::vector<Coalition> coalitions_;
  std::vector<Marginal> marginals_; //!< those of a pair are neighbours
};

} // namespace lantian
