#include "cli/cells.hpp"

#include "kernel/time.hpp"

#include <chrono>
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

std::string date_cell(double days) {
  if (std::isnan(days))
    return "-";
  const Time time{std::chrono::seconds(std::llround(days * 86400))};
  return format_time(time).substr(0, 10);
}

std::string quantile_cell(double days, double horizon_end) {
  return std::isfinite(days) ? date_cell(days) : "> " + date_cell(horizon_end - 1);
}

std::string percent_cell(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

} // namespace lantian
