#include "ensemble/cap.hpp"

#include "ensemble/place.hpp"

#include <algorithm>

namespace lantian {

namespace {

const FieldTable<Cap>& cap_fields() {
  static const auto fields =
      FieldTable<Cap>("cap", "An emission may not exceed an amount in any year.")
          .include(target_fields())
          .reference("pollutant", &Cap::pollutant,
                     {.doc = "What is capped.", .required = true, .table = "pollutants"})
          .text("in", &Cap::place,
                {.doc = "Where: zones.ID, districts.ID, sectors.ID, plants.ID or sources.ID.",
                 .preset = "the whole inventory"})
          .integer("from", &Cap::from, {.doc = "First calendar year.", .required = true})
          .integer("to", &Cap::to, {.doc = "Last calendar year.", .required = true})
          .number("limit", &Cap::limit,
                  {.doc = "Most that may be emitted in a year.",
                   .required = true,
                   .unit = "t/year",
                   .low = 0});
  return fields;
}

void check_cap(const Cap& plan, const Scenario& scenario, const std::string& key,
               Diagnostics& diagnostics) {
  check_place(plan.place, scenario, key + ".in", diagnostics);
  check_years(plan.from, plan.to, scenario, key, diagnostics);
  if (!plan.limit.is_constant()) {
    diagnostics.error(key + ".limit", "is uncertain; a cap is a fixed amount");
  }
}

class CapJudge : public Judge {
public:
  CapJudge(const Cap& plan, const Recorder& recorder)
      : plan_(plan), unit_(recorder.blueprint().scenario().pollutants[plan.pollutant].unit),
        limit_(plan.limit.value({}) /
               recorder.blueprint().scenario().pollutants[plan.pollutant].unit_in_base),
        emission_(recorder, plan.pollutant, plan.place) {}

  std::string unit() const override { return unit_; }

  Verdict judge(const RecordedReplication& replication, const RecordedReplication*) const override {
    if (!plan_.not_assessable.empty())
      return {};
    double margin = std::numeric_limits<double>::infinity();
    for (std::int64_t year = plan_.from; year <= plan_.to; ++year) {
      margin = std::min(margin, limit_ - emission_.total(replication, year, year));
    }
    return Verdict::by(margin);
  }

private:
  const Cap& plan_;
  std::string unit_;
  double limit_; //!< [unit of the pollutant]
  YearlyEmission emission_;
};

} // namespace

std::unique_ptr<Judge> Cap::judge(const Recorder& recorder) const {
  return std::make_unique<CapJudge>(*this, recorder);
}

std::string Cap::margin_unit(const Scenario& scenario) const {
  return scenario.pollutants[pollutant].unit;
}

Kind cap_kind() {
  return make_kind<Cap>("cap", "An emission may not exceed an amount in any year.", cap_fields(),
                        check_cap);
}

} // namespace lantian
