#include "ensemble/compliance_target.hpp"

#include "ensemble/recorder.hpp"

#include <cmath>

namespace lantian {

namespace {

const FieldTable<ComplianceTarget>& compliance_fields() {
  static const auto fields =
      FieldTable<ComplianceTarget>("compliance", "A plant must keep its hourly limits.")
          .include(target_fields())
          .reference("plant", &ComplianceTarget::plant,
                     {.doc = "Whose outlets are judged.", .required = true, .table = "plants"})
          .date("from", &ComplianceTarget::from,
                {.doc = "First month, by a date in it.", .required = true})
          .date("to", &ComplianceTarget::to,
                {.doc = "The months before this date are judged.", .required = true})
          .fixed("hours", &ComplianceTarget::hours,
                 {.doc = "Share of a month's valid hours that keep the limit, at least.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 1,
                  .preset = "0.95"})
          .fixed("months", &ComplianceTarget::months,
                 {.doc = "Share of the months of all outlets in which that must hold.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 1,
                  .preset = "1"});
  return fields;
}

void check_compliance(const ComplianceTarget& plan, const Scenario& scenario,
                      const std::string& key, Diagnostics& diagnostics) {
  if (plan.from < scenario.start || plan.from >= scenario.end) {
    diagnostics.error(key + ".from", "lies outside the horizon");
  }
  if (plan.to <= plan.from || plan.to > scenario.end) {
    diagnostics.error(key + ".to", "must lie after from and within the horizon");
  }
}

class ComplianceJudge : public Judge {
public:
  ComplianceJudge(const ComplianceTarget& plan, const Recorder& recorder)
      : plan_(plan), exceedance_(recorder.exceedance()),
        months_(recorder.blueprint().months().size()),
        first_(recorder.blueprint().months().index(plan.from)),
        end_(recorder.blueprint().months().index(plan.to - Duration{1}) + 1) {
    const auto& outlets = recorder.ledger_layout().outlets();
    const Scenario& scenario = recorder.blueprint().scenario();
    for (std::size_t row = 0; row < outlets.size(); ++row) {
      if (scenario.sources[outlets[row].source].plant == plan.plant)
        outlets_.push_back(row);
    }
  }

  std::string unit() const override { return "1"; }

  Verdict judge(const RecordedReplication& replication, const RecordedReplication*) const override {
    if (!plan_.not_assessable.empty())
      return {};
    const auto shares = replication.values(exceedance_);
    double judged = 0;
    double kept = 0;
    for (const std::size_t row : outlets_) {
      for (std::size_t month = first_; month < end_; ++month) {
        const double share = shares[row * months_ + month];
        if (std::isnan(share))
          continue;
        judged += 1;
        kept += share <= 1 - plan_.hours ? 1 : 0;
      }
    }
    if (judged == 0)
      return {};
    const double margin = kept / judged - plan_.months;
    return Verdict::by(margin);
  }

private:
  const ComplianceTarget& plan_;
  std::size_t exceedance_;
  std::size_t months_;
  std::size_t first_;
  std::size_t end_;
  std::vector<std::size_t> outlets_;
};

} // namespace

std::unique_ptr<Judge> ComplianceTarget::judge(const Recorder& recorder) const {
  return std::make_unique<ComplianceJudge>(*this, recorder);
}

std::string ComplianceTarget::margin_unit(const Scenario&) const {
  return "1";
}

Kind compliance_kind() {
  return make_kind<ComplianceTarget>("compliance", "A plant must keep its hourly limits.",
                                     compliance_fields(), check_compliance);
}

} // namespace lantian
