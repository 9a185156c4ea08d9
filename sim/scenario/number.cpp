#include "scenario/number.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>
#include <stdexcept>

namespace lantian {

namespace {

enum class Operation : std::uint8_t { constant, parameter, product, quotient, mix };

} // namespace

struct Number::Node {
  Operation operation = Operation::constant;
  double constant = 0;
  std::shared_ptr<const Index> parameter;
  std::shared_ptr<const Node> a; // or `from`
  std::shared_ptr<const Node> b; // or `to`
  std::shared_ptr<const Node> share;

  double value(std::span<const double> parameters) const;
  Bounds bounds(std::span<const Bounds> parameters) const;
  void collect(std::set<Index>& parameters) const;
};

namespace {

using Node = Number::Node;

std::shared_ptr<const Node> constant_node(double value) {
  auto node = std::make_shared<Node>();
  node->constant = value;
  return node;
}

//! 0 x infinity counts as 0: what is absent stays absent.
double product(double a, double b) {
  return a == 0 || b == 0 ? 0 : a * b;
}

Bounds product(Bounds a, Bounds b) {
  const auto [low, high] = std::minmax({product(a.low, b.low), product(a.low, b.high),
                                        product(a.high, b.low), product(a.high, b.high)});
  return {low, high};
}

Bounds inverse(Bounds a) {
  const double infinity = std::numeric_limits<double>::infinity();
  if (a.low < 0 && a.high > 0) {
    return {-infinity, infinity};
  }
  return {a.high == 0 ? -infinity : 1 / a.high, a.low == 0 ? infinity : 1 / a.low};
}

//! Both ends of from + (to - from) x share, for a share between 0 and 1 and beyond.
Bounds mixed(Bounds from, Bounds to, Bounds share) {
  const auto end = [](double f, double t, double s) { return product(f, 1 - s) + product(t, s); };
  Bounds bounds{end(from.low, to.low, share.low), end(from.low, to.low, share.low)};
  for (const double f : {from.low, from.high}) {
    for (const double t : {to.low, to.high}) {
      for (const double s : {share.low, share.high}) {
        bounds.low = std::min(bounds.low, end(f, t, s));
        bounds.high = std::max(bounds.high, end(f, t, s));
      }
    }
  }
  return bounds;
}

double years_in(Dimension dimension) {
  return is_duration(dimension) ? kSecondsPerYear : 1.0;
}

} // namespace

double Number::Node::value(std::span<const double> parameters) const {
  switch (operation) {
  case Operation::constant:
    return constant;
  case Operation::parameter:
    return parameters[*parameter];
  case Operation::product:
    return a->value(parameters) * b->value(parameters);
  case Operation::quotient:
    return a->value(parameters) / b->value(parameters);
  case Operation::mix:
    break;
  }
  const double from = a->value(parameters);
  return from + (b->value(parameters) - from) * share->value(parameters);
}

Bounds Number::Node::bounds(std::span<const Bounds> parameters) const {
  switch (operation) {
  case Operation::constant:
    return {constant, constant};
  case Operation::parameter:
    return parameters[*parameter];
  case Operation::product:
    return product(a->bounds(parameters), b->bounds(parameters));
  case Operation::quotient:
    return product(a->bounds(parameters), inverse(b->bounds(parameters)));
  case Operation::mix:
    break;
  }
  return mixed(a->bounds(parameters), b->bounds(parameters), share->bounds(parameters));
}

void Number::Node::collect(std::set<Index>& parameters) const {
  if (operation == Operation::parameter) {
    parameters.insert(*parameter);
  }
  for (const Node* part : {a.get(), b.get(), share.get()}) {
    if (part != nullptr) {
      part->collect(parameters);
    }
  }
}

Number Number::constant(double value, Dimension dimension) {
  Number number;
  number.constant_ = value;
  number.dimension_ = dimension;
  return number;
}

Number Number::of(std::shared_ptr<const Node> node, Dimension dimension) {
  Number number;
  number.dimension_ = dimension;
  if (node->operation == Operation::constant) {
    number.constant_ = node->constant;
  } else {
    number.uncertain_ = std::make_shared<Uncertain>(Uncertain{std::move(node), nullptr});
  }
  return number;
}

Number Number::parameter(Index parameter, Dimension dimension) {
  return Number::parameter(std::make_shared<const Index>(parameter), dimension);
}

Number Number::parameter(std::shared_ptr<const Index> slot, Dimension dimension) {
  auto node = std::make_shared<Node>();
  node->operation = Operation::parameter;
  node->parameter = std::move(slot);
  return of(std::move(node), dimension);
}

Number Number::chance(const Distribution& distribution, Dimension dimension) {
  Number number = constant(1, dimension);
  number.uncertain_ = std::make_shared<Uncertain>(
      Uncertain{nullptr, std::make_shared<const Distribution>(distribution)});
  return number;
}

Number Number::mix(const Number& from, const Number& to, const Number& share) {
  if (from.is_chance() || to.is_chance() || share.is_chance()) {
    throw std::invalid_argument("a mix of numbers may not hold chance");
  }
  if (from.dimension() != to.dimension() || share.dimension() != kDimensionless) {
    throw std::invalid_argument("a mix needs two numbers of one dimension and a plain share");
  }
  if (from.is_constant() && to.is_constant() && share.is_constant()) {
    return constant(from.constant_ + (to.constant_ - from.constant_) * share.constant_,
                    from.dimension());
  }
  auto node = std::make_shared<Node>();
  node->operation = Operation::mix;
  node->a = from.node();
  node->b = to.node();
  node->share = share.node();
  return of(std::move(node), from.dimension());
}

std::shared_ptr<const Number::Node> Number::node() const {
  return has_parameters() ? uncertain_->expression : constant_node(constant_);
}

// Pure durations are in seconds and everything else counts years, so a product that loses or gains
// the form of a duration is rescaled.
Number Number::combined(const Number& a, const Number& b, bool divide) {
  if (b.is_chance() && (divide || a.is_chance())) {
    throw std::invalid_argument("a product may hold chance once, and a divisor may not");
  }
  const Dimension dimension = divide ? a.dimension_ / b.dimension_ : a.dimension_ * b.dimension_;
  const double in = divide ? years_in(a.dimension_) / years_in(b.dimension_)
                           : years_in(a.dimension_) * years_in(b.dimension_);
  const double out = years_in(dimension);
  auto node = std::make_shared<Node>();
  node->operation = divide ? Operation::quotient : Operation::product;
  node->a = a.node();
  node->b = b.node();
  if (in != out) {
    auto rescaled = std::make_shared<Node>();
    rescaled->operation = in < out ? Operation::product : Operation::quotient;
    rescaled->a = std::move(node);
    rescaled->b = constant_node(in < out ? out / in : in / out);
    node = std::move(rescaled);
  }
  const bool is_fixed = !a.has_parameters() && !b.has_parameters();
  Number number = is_fixed ? constant(node->value({}), dimension) : of(std::move(node), dimension);
  if (const Number& chance = a.is_chance() ? a : b; chance.is_chance()) {
    number.uncertain_ = std::make_shared<Uncertain>(
        Uncertain{number.has_parameters() ? number.uncertain_->expression : nullptr,
                  chance.uncertain_->distribution});
  }
  return number;
}

Number operator*(const Number& a, const Number& b) {
  return Number::combined(a, b, false);
}
Number operator/(const Number& a, const Number& b) {
  return Number::combined(a, b, true);
}

double Number::scale(std::span<const double> parameters) const {
  const Node* const node = expression();
  return node == nullptr ? constant_ : node->value(parameters);
}

double Number::value(std::span<const double> parameters) const {
  return is_chance() ? scale(parameters) * distribution()->mean() : scale(parameters);
}

double Number::sample(std::span<const double> parameters, double u) const {
  return is_chance() ? scale(parameters) * distribution()->quantile(u) : scale(parameters);
}

Bounds Number::bounds(std::span<const Bounds> parameters) const {
  const Bounds scale =
      has_parameters() ? expression()->bounds(parameters) : Bounds{constant_, constant_};
  return is_chance() ? product(scale, {distribution()->low(), distribution()->high()}) : scale;
}

std::vector<Index> Number::parameters() const {
  std::set<Index> found;
  if (has_parameters()) {
    expression()->collect(found);
  }
  return {found.begin(), found.end()};
}

std::vector<Index> evaluation_order(const Table<Parameter>& parameters) {
  std::vector<Index> order(parameters.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(),
            [&](Index a, Index b) { return parameters[a].rank < parameters[b].rank; });
  return order;
}

} // namespace lantian
