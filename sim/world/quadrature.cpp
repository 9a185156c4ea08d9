#include "world/quadrature.hpp"

#include <boost/math/special_functions/legendre.hpp>

#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace lantian {

namespace {

using Nodes = std::vector<QuadratureNode>;
constexpr std::size_t kMaxNodes = (kMaxQuadratureDegree + 1) / 2;

Nodes nodes_of(int count) {
  Nodes nodes;
  const auto add = [&](double x) {
    const double slope = boost::math::legendre_p_prime<double>(count, x);
    nodes.push_back({(1 + x) / 2, 1 / ((1 - x * x) * slope * slope)});
  };
  for (const double zero : boost::math::legendre_p_zeros<double>(count)) {
    if (zero > 0)
      add(-zero);
    add(zero);
  }
  return nodes;
}

} // namespace

std::span<const QuadratureNode> quadrature_nodes(int degree) {
  if (degree > kMaxQuadratureDegree) {
    throw std::out_of_range("more than 31 ramps act on one source at the same time");
  }
  static const std::array<Nodes, kMaxNodes> kNodes = [] {
    std::array<Nodes, kMaxNodes> all;
    for (std::size_t n = 1; n <= kMaxNodes; ++n)
      all[n - 1] = nodes_of(static_cast<int>(n));
    return all;
  }();
  return kNodes[static_cast<std::size_t>(degree / 2)];
}

} // namespace lantian
