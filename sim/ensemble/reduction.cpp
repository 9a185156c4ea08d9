#include "ensemble/reduction.hpp"

#include "ensemble/place.hpp"

namespace lantian {

namespace {

const FieldTable<Reduction>& reduction_fields() {
  static const auto fields =
      FieldTable<Reduction>("reduction", "An emission must lie a share below a base.")
          .include(target_fields())
          .reference("pollutant", &Reduction::pollutant,
                     {.doc = "What is reduced.", .required = true, .table = "pollutants"})
          .text("in", &Reduction::place,
                {.doc = "Where: zones.ID, districts.ID, sectors.ID, plants.ID or sources.ID.",
                 .preset = "the whole inventory"})
          .integer("from", &Reduction::from, {.doc = "First calendar year.", .required = true})
          .integer("to", &Reduction::to, {.doc = "Last calendar year.", .required = true})
          .fixed("by", &Reduction::by,
                 {.doc = "Share by which it must lie below the base.",
                  .required = true,
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 1})
          .text("base", &Reduction::base_scenario,
                {.doc = "Id of the base scenario, which runs in the same batch."})
          .number("base_amount", &Reduction::base_amount,
                  {.doc = "Base as an amount a year instead.",
                   .unit = "t/year",
                   .low = 0,
                   .above_low = true})
          .exactly_one({"base", "base_amount"});
  return fields;
}

void check_reduction(const Reduction& plan, const Scenario& scenario, const std::string& key,
                     Diagnostics& diagnostics) {
  check_place(plan.place, scenario, key + ".in", diagnostics);
  check_years(plan.from, plan.to, scenario, key, diagnostics);
  if (plan.base_amount && !plan.base_amount->is_constant()) {
    diagnostics.error(key + ".base_amount", "is uncertain; a base is a fixed amount");
  }
}

class ReductionJudge : public Judge {
public:
  ReductionJudge(const Reduction& plan, const Recorder& recorder)
      : plan_(plan), emission_(recorder, plan.pollutant, plan.place) {
    if (!plan.base_amount)
      return;
    const Pollutant& pollutant = recorder.blueprint().scenario().pollutants[plan.pollutant];
    const auto years = static_cast<double>(plan.to - plan.from + 1);
    base_total_ = plan.base_amount->value({}) / pollutant.unit_in_base * years;
  }

  std::string unit() const override { return "1"; }
  std::string base() const override { return plan_.base_scenario; }

  Verdict judge(const RecordedReplication& replication,
                const RecordedReplication* base) const override {
    if (!plan_.not_assessable.empty() || (!plan_.base_amount && !base))
      return {};
    const double before =
        plan_.base_amount ? base_total_ : emission_.total(*base, plan_.from, plan_.to);
    if (before <= 0)
      return {};
    const double now = emission_.total(replication, plan_.from, plan_.to);
    const double margin = 1 - now / before - plan_.by;
    return Verdict::by(margin);
  }

private:
  const Reduction& plan_;
  YearlyEmission emission_;
  double base_total_ = 0; //!< over the years [unit of the pollutant]
};

} // namespace

std::unique_ptr<Judge> Reduction::judge(const Recorder& recorder) const {
  return std::make_unique<ReductionJudge>(*this, recorder);
}

std::string Reduction::margin_unit(const Scenario&) const {
  return "1";
}

Kind reduction_kind() {
  return make_kind<Reduction>("reduction", "An emission must lie a share below a base.",
                              reduction_fields(), check_reduction);
}

} // namespace lantian
