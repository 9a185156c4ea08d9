#pragma once

// Gauss-Legendre quadrature: n nodes integrate polynomials up to degree 2n - 1 exactly.

#include <span>

namespace lantian {

struct QuadratureNode {
  double position = 0; //!< in (0, 1)
  double weight = 0;   //!< weights sum to 1
};

inline constexpr int kMaxQuadratureDegree = 31;

//! The nodes that integrate every polynomial up to `degree` exactly.
//! Throws std::out_of_range above kMaxQuadratureDegree.
std::span<const QuadratureNode> quadrature_nodes(int degree);

} // namespace lantian
