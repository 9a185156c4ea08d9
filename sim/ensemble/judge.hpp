#pragma once

// A Judge says of one replication whether a target was met. It sees what was recorded, so that a
// verdict can be checked against the result file by hand.

#include "ensemble/block.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>

namespace lantian {

//! The recorded values of one replication.
class RecordedReplication {
public:
  RecordedReplication(const Layout& layout, const Block& block, std::int64_t row)
      : layout_(&layout), block_(&block), row_(static_cast<std::size_t>(row)) {}

  const Layout& layout() const { return *layout_; }
  //! The values of a variable, in the order of its dims.
  std::span<const double> values(std::size_t variable) const {
    const std::size_t size = layout_->variables()[variable].size;
    return std::span(block_->data[variable]).subspan(row_ * size, size);
  }

private:
  const Layout* layout_;
  const Block* block_;
  std::size_t row_;
};

//! A share that is missed by no more than this is met.
inline constexpr double kShareTolerance = 1e-9;

struct Verdict {
  enum class Outcome : std::int8_t { missed = 0, met = 1, not_assessable = 2 };

  //! Met from a margin of 0 on, and where it is missed by no more than the tolerance.
  static Verdict by(double margin, double tolerance = 0) {
    return {margin >= -tolerance ? Outcome::met : Outcome::missed, margin};
  }

  Outcome outcome = Outcome::not_assessable;
  //! By how much it was met (positive) or missed, in the judge's unit; NaN where there is none.
  double margin = std::numeric_limits<double>::quiet_NaN();
};

class Judge {
public:
  virtual ~Judge() = default;
  //! Unit of the margin.
  virtual std::string unit() const = 0;
  //! Id of the scenario whose same replication it compares with; empty where it needs none.
  virtual std::string base() const { return {}; }
  //! `base` is the same replication of that scenario; null where it is not in the run.
  virtual Verdict judge(const RecordedReplication& replication,
                        const RecordedReplication* base) const = 0;
};

} // namespace lantian
