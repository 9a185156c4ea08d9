#include "cli/cells.hpp"

#include <cmath>

#include <fmt/format.h>

namespace lantian {

std::string number_cell(double value) {
  if (std::isnan(value))
    return "-";
  const double size = std::abs(value);
  if (size >= 1e4 && size < 1e8)
    return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

std::string percent_cell(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

} // namespace lantian
