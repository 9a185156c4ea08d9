#include "ensemble/attribution.hpp"

#include "ensemble/require.hpp"
#include "kernel/random.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

namespace lantian {

namespace {

Coalition only(std::size_t group) {
  return Coalition{1} << group;
}

Coalition all_of(std::size_t groups) {
  return only(groups) - 1;
}

//! s! (n - s - 1)! / n!, the share of orders in which just a given s of n groups come before a
//! given one, by size s.
std::vector<double> weights_by_size(std::size_t groups) {
  std::vector<double> weights;
  auto orders = static_cast<double>(groups); // n (n-1 choose s)
  for (std::size_t s = 0; s < groups; ++s) {
    weights.push_back(1 / orders);
    orders = orders * static_cast<double>(groups - 1 - s) / static_cast<double>(s + 1);
  }
  return weights;
}

//! Fisher and Yates, with the k-th number of the stream for the k-th exchange.
std::vector<std::size_t> random_order(std::size_t groups, const RandomSource& luck) {
  static const std::uint64_t stream = stream_id("attribution", "permutation");
  std::vector<std::size_t> order(groups);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t last = groups - 1; last > 0; --last) {
    const double u = luck.uniform(stream, static_cast<std::uint32_t>(last));
    std::swap(order[last], order[static_cast<std::size_t>(u * static_cast<double>(last + 1))]);
  }
  return order;
}

} // namespace

AttributionDesign::AttributionDesign(std::size_t groups) : groups_(groups) {
  require(groups >= 1 && groups <= kMostGroups, "there must be 1 to 63 groups");
}

AttributionDesign AttributionDesign::shapley(std::size_t groups) {
  AttributionDesign design(groups);
  require(groups <= kMostExactGroups, "too many groups for all their coalitions");
  const std::vector<double> weights = weights_by_size(groups);
  for (std::size_t group = 0; group < groups; ++group) {
    for (Coalition without = 0; without <= all_of(groups); ++without) {
      if ((without & only(group)) == 0)
        design.want(group, without, weights[static_cast<std::size_t>(std::popcount(without))]);
    }
  }
  design.settle();
  return design;
}

AttributionDesign AttributionDesign::sampled_shapley(std::size_t groups, std::size_t permutations,
                                                     std::uint64_t seed) {
  AttributionDesign design(groups);
  require(permutations >= 4 && permutations % 2 == 0,
          "permutations must be even and at least 4: they come in pairs");
  design.pairs_ = permutations / 2;
  for (std::size_t pair = 0; pair < design.pairs_; ++pair) {
    std::vector<std::size_t> order =
        random_order(groups, RandomSource(seed, static_cast<std::uint32_t>(pair)));
    design.want_order(order, 1 / static_cast<double>(permutations));
    std::reverse(order.begin(), order.end());
    design.want_order(order, 1 / static_cast<double>(permutations));
  }
  design.settle();
  return design;
}

AttributionDesign AttributionDesign::first_in(std::size_t groups) {
  AttributionDesign design(groups);
  for (std::size_t group = 0; group < groups; ++group)
    design.want(group, 0, 1);
  design.settle();
  return design;
}

AttributionDesign AttributionDesign::last_in(std::size_t groups) {
  AttributionDesign design(groups);
  for (std::size_t group = 0; group < groups; ++group)
    design.want(group, all_of(groups) & ~only(group), 1);
  design.settle();
  return design;
}

AttributionDesign AttributionDesign::sequential(std::span<const std::size_t> order) {
  AttributionDesign design(order.size());
  std::vector<std::size_t> sorted(order.begin(), order.end());
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t place = 0; place < sorted.size(); ++place)
    require(sorted[place] == place, "an order must have each group once");
  design.want_order(order, 1);
  design.settle();
  return design;
}

void AttributionDesign::want(std::size_t group, Coalition without, double weight) {
  wanted_.push_back({group, without, weight});
}

void AttributionDesign::want_order(std::span<const std::size_t> order, double weight) {
  Coalition before = 0;
  for (const std::size_t group : order) {
    want(group, before, weight);
    before |= only(group);
  }
}

void AttributionDesign::settle() {
  coalitions_ = {0, all_of(groups_)};
  for (const Wanted& wanted : wanted_)
    coalitions_.insert(coalitions_.end(), {wanted.without, wanted.without | only(wanted.group)});
  std::sort(coalitions_.begin(), coalitions_.end());
  coalitions_.erase(std::unique(coalitions_.begin(), coalitions_.end()), coalitions_.end());
  const auto place_of = [this](Coalition coalition) {
    const auto found = std::lower_bound(coalitions_.begin(), coalitions_.end(), coalition);
    return static_cast<std::size_t>(found - coalitions_.begin());
  };
  for (const Wanted& wanted : wanted_) {
    marginals_.push_back({wanted.group, place_of(wanted.without),
                          place_of(wanted.without | only(wanted.group)), wanted.weight});
  }
  wanted_ = {};
}

void AttributionDesign::check(std::span<const GameValues> values) const {
  require(values.size() == coalitions_.size(), "each coalition must have its values");
  require(std::all_of(values.begin(), values.end(),
                      [&](const GameValues& some) { return some.size() == values[0].size(); }),
          "coalitions must have equally many values");
}

std::vector<GameValues> AttributionDesign::shares(std::span<const GameValues> values) const {
  check(values);
  std::vector<GameValues> shares(groups_, GameValues(values.front().size(), 0.0));
  for (const Marginal& marginal : marginals_) {
    GameValues& share = shares[marginal.group];
    const GameValues& with = values[marginal.with];
    const GameValues& without = values[marginal.without];
    for (std::size_t i = 0; i < share.size(); ++i)
      share[i] += marginal.weight * (with[i] - without[i]);
  }
  return shares;
}

// What one pair says is the sum of its own weighted marginals times the number of pairs; the share
// is the mean of what they say.
std::vector<GameValues>
AttributionDesign::sampling_errors(std::span<const GameValues> values) const {
  const std::vector<GameValues> means = shares(values);
  const std::size_t places = values.front().size();
  std::vector<GameValues> errors(groups_, GameValues(places, 0.0));
  if (pairs_ == 0)
    return errors;
  const auto count = static_cast<double>(pairs_);
  const std::size_t size = marginals_.size() / pairs_;
  for (std::size_t pair = 0; pair < pairs_; ++pair) {
    std::vector<GameValues> said(groups_, GameValues(places, 0.0));
    for (const Marginal& marginal : std::span(marginals_).subspan(pair * size, size)) {
      for (std::size_t i = 0; i < places; ++i) {
        said[marginal.group][i] +=
            marginal.weight * count * (values[marginal.with][i] - values[marginal.without][i]);
      }
    }
    for (std::size_t group = 0; group < groups_; ++group) {
      for (std::size_t i = 0; i < places; ++i)
        errors[group][i] += std::pow(said[group][i] - means[group][i], 2);
    }
  }
  for (GameValues& error : errors) {
    for (double& value : error)
      value = std::sqrt(value / (count - 1) / count);
  }
  return errors;
}

} // namespace lantian
