#include "cli/progress_bar.hpp"

#include <cstdio>
#include <string>
#include <unistd.h>

#include <fmt/format.h>

namespace lantian {

ProgressBar::ProgressBar(bool quiet) : is_on_(!quiet && isatty(STDERR_FILENO) == 1) {}

void ProgressBar::show(std::int64_t done, std::int64_t all) {
  if (!is_on_)
    return;
  constexpr std::int64_t kWidth = 40;
  const auto filled = static_cast<std::size_t>(kWidth * done / all);
  std::string bar(static_cast<std::size_t>(kWidth), ' ');
  bar.replace(0, filled, filled, '=');
  fmt::print(stderr, "\r[{}] {:3d} %  {} of {}", bar, 100 * done / all, done, all);
  std::fflush(stderr);
  is_shown_ = true;
}

void ProgressBar::clear() {
  if (!is_shown_)
    return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  is_shown_ = false;
}

} // namespace lantian
