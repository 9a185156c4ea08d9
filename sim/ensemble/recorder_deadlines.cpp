#include "ensemble/critical_path.hpp"
#include "ensemble/deadline.hpp"
#include "ensemble/recorder.hpp"

#include <algorithm>

namespace lantian {

//! Only where there are deadlines that can be judged.
void Recorder::add_deadlines() {
  const Table<Entry>& targets = blueprint_->scenario().targets;
  for (Index t = 0; t < targets.size(); ++t) {
    const auto* deadline = dynamic_cast<const Deadline*>(targets[t].plan.get());
    if (deadline && deadline->not_assessable.empty())
      deadlines_.emplace_back(t, deadline);
  }
  if (deadlines_.empty())
    return;
  layout_.add({"path_cause", "what the critical path of a deadline is spent on",
               Labels{{kPathCauseNames.begin(), kPathCauseNames.end()}}});
  target_date_ = layout_.add(
      Variable{.name = "target_date",
               .dims = {"target"},
               .unit = std::string(kDateUnit),
               .long_name = "when the last measure of a deadline reached its milestone, missing "
                            "where never"});
  target_last_measure_ = layout_.add(
      Variable{.name = "target_last_measure",
               .dims = {"target"},
               .unit = "1",
               .long_name = "position on the axis measure of the last measure of a deadline"});
  target_path_time_ =
      layout_.add(Variable{.name = "target_path_time",
                           .dims = {"target", "path_cause"},
                           .unit = "d",
                           .long_name = "time by cause along the critical path of a deadline"});
  target_lateness_ = layout_.add(
      Variable{.name = "target_lateness",
               .dims = {"target"},
               .unit = "d",
               .long_name = "by how much a deadline is missed, zero where it is met; up to the end "
                            "of the horizon where it is not reached before"});
  target_lateness_by_cause_ =
      layout_.add(Variable{.name = "target_lateness_by_cause",
                           .dims = {"target", "path_cause"},
                           .unit = "d",
                           .long_name = "lateness of a deadline, shared out in proportion to the "
                                        "time by cause along its critical path"});
}

void Recorder::record_deadlines(const Books& books, Block& block, std::size_t row) const {
  if (deadlines_.empty())
    return;
  for (const std::size_t variable : {target_date_, target_last_measure_, target_path_time_,
                                     target_lateness_, target_lateness_by_cause_}) {
    std::ranges::fill(row_of(block, variable, row), kMissing);
  }
  for (const auto& [target, deadline] : deadlines_) {
    const PathEnd end{deadline->measures, deadline->milestone, deadline->due(),
                      blueprint_->scenario().end};
    const CriticalPath path = critical_path(books.measures, end);
    const double lateness = days_of(path.lateness(end));
    row_of(block, target_date_, row)[target] = days_since_epoch(path.reached);
    row_of(block, target_last_measure_, row)[target] = path.last;
    row_of(block, target_lateness_, row)[target] = lateness;
    const auto times = row_of(block, target_path_time_, row);
    const auto causes = row_of(block, target_lateness_by_cause_, row);
    const double length = days_of(path.length());
    for (std::size_t c = 0; c < kPathCauses; ++c) {
      const double time = days_of(path.spent[c]);
      times[target * kPathCauses + c] = time;
      causes[target * kPathCauses + c] = lateness > 0 ? lateness * (time / length) : 0;
    }
  }
}

} // namespace lantian
