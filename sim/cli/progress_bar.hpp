#pragma once

#include <cstdint>

namespace lantian {

//! A line on stderr that is written over as the work goes on; only on a terminal, and only if it is
//! not to be quiet.
class ProgressBar {
public:
  explicit ProgressBar(bool quiet);
  ~ProgressBar() { clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(std::int64_t done, std::int64_t all);
  void clear();

private:
  bool is_on_;
  bool is_shown_ = false;
};

} // namespace lantian
