#include "ensemble/deadline.hpp"

#include "ensemble/recorder.hpp"

#include <algorithm>
#include <cmath>

namespace lantian {

namespace {

const FieldTable<Deadline>& deadline_fields() {
  static const auto fields =
      FieldTable<Deadline>("deadline", "Measures must have reached a milestone by a date.")
          .include(target_fields())
          .references(
              "measures", &Deadline::measures,
              {.doc = "Measures that must all be there.", .required = true, .table = "measures"})
          .choice("milestone", &Deadline::milestone,
                  {{"begun", Milestone::begun},
                   {"works", Milestone::works},
                   {"assessed", Milestone::assessed},
                   {"published", Milestone::published}},
                  {.doc = "What done means.", .preset = "works"})
          .date("date", &Deadline::date,
                {.doc = "Last day on which it may be reached.", .required = true});
  return fields;
}

class DeadlineJudge : public Judge {
public:
  DeadlineJudge(const Deadline& plan, const Recorder& recorder)
      : plan_(plan), dates_(recorder.measure_date()), due_(days_since_epoch(plan.due())) {}

  std::string unit() const override { return "d"; }

  Verdict judge(const RecordedReplication& replication, const RecordedReplication*) const override {
    if (!plan_.not_assessable.empty())
      return {};
    const auto dates = replication.values(dates_);
    double latest = -std::numeric_limits<double>::infinity();
    for (const Index measure : plan_.measures) {
      const double date = dates[measure * kMilestones + static_cast<std::size_t>(plan_.milestone)];
      if (std::isnan(date))
        return {Verdict::Outcome::missed};
      latest = std::max(latest, date);
    }
    const double margin = due_ - latest;
    return {margin > 0 ? Verdict::Outcome::met : Verdict::Outcome::missed, margin};
  }

private:
  const Deadline& plan_;
  std::size_t dates_;
  double due_; //!< [days since 1970-01-01]
};

} // namespace

std::unique_ptr<Judge> Deadline::judge(const Recorder& recorder) const {
  return std::make_unique<DeadlineJudge>(*this, recorder);
}

std::string Deadline::margin_unit(const Scenario&) const {
  return "d";
}

Kind deadline_kind() {
  return make_kind<Deadline>("deadline", "Measures must have reached a milestone by a date.",
                             deadline_fields());
}

} // namespace lantian
