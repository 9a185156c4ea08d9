#include "ensemble/alert_cut.hpp"

#include "ensemble/place.hpp"

#include <algorithm>
#include <array>

namespace lantian {

namespace {

const FieldTable<AlertCut>& alert_cut_fields() {
  const auto share = [](const char* level, const char* preset) {
    return FieldOptions{.doc = std::string("Share to be cut at ") + level + ", at least.",
                        .dimension = kDimensionless,
                        .low = 0,
                        .high = 1,
                        .preset = preset};
  };
  static const auto fields =
      FieldTable<AlertCut>("alert_cut",
                           "Orders must cut emissions by a share while an alert lasts.")
          .include(target_fields())
          .references(
              "pollutants", &AlertCut::pollutants,
              {.doc = "What is cut; each of them.", .required = true, .table = "pollutants"})
          .reference("zone", &AlertCut::zone,
                     {.doc = "Where.", .preset = "all zones", .table = "zones"})
          .integer("from", &AlertCut::from, {.doc = "First calendar year.", .required = true})
          .integer("to", &AlertCut::to, {.doc = "Last calendar year.", .required = true})
          .fixed("yellow", &AlertCut::yellow, share("yellow", "0.1"))
          .fixed("orange", &AlertCut::orange, share("orange", "0.2"))
          .fixed("red", &AlertCut::red, share("red", "0.3"))
          .choice(
              "orders", &AlertCut::orders,
              {{"in_force", Orders::in_force}, {"without_exemptions", Orders::without_exemptions}},
              {.doc = "Which orders are judged: as they are in force, or as they would be "
                      "without the exemptions of grade A.",
               .preset = "in_force"});
  return fields;
}

void check_alert_cut(const AlertCut& plan, const Scenario& scenario, const std::string& key,
                     Diagnostics& diagnostics) {
  check_years(plan.from, plan.to, scenario, key, diagnostics);
  if (plan.pollutants.empty())
    diagnostics.error(key + ".pollutants", "is empty: name at least one");
  const auto& asked = scenario.output.dimensions;
  if (std::find(asked.begin(), asked.end(), "alert") == asked.end())
    diagnostics.error(key, "needs \"alert\" among output.dimensions");
}

class AlertCutJudge : public Judge {
public:
  AlertCutJudge(const AlertCut& plan, const Recorder& recorder)
      : plan_(plan), years_(recorder.blueprint().years()),
        zones_(recorder.blueprint().scenario().zones.size()) {
    for (const Index pollutant : plan.pollutants)
      variables_.push_back(*recorder.emission_by_alert(pollutant));
  }

  std::string unit() const override { return "1"; }

  Verdict judge(const RecordedReplication& replication, const RecordedReplication*) const override {
    if (!plan_.not_assessable.empty())
      return {};
    const std::array required = {plan_.yellow, plan_.orange, plan_.red};
    double margin = std::numeric_limits<double>::infinity();
    for (const std::size_t variable : variables_) {
      const auto amounts = replication.values(variable);
      for (std::size_t level = 0; level < kAlertLevels; ++level) {
        const double without = total(amounts, Orders::none, level);
        if (without <= 0)
          continue; // this level did not occur
        const double with = total(amounts, plan_.orders, level);
        margin = std::min(margin, 1 - with / without - required[level]);
      }
    }
    if (margin == std::numeric_limits<double>::infinity())
      return {};
    return Verdict::by(margin, kShareTolerance);
  }

private:
  //! What is emitted at a level in the place and the years of the target.
  double total(std::span<const double> amounts, Orders orders, std::size_t level) const {
    double sum = 0;
    for (std::size_t zone = 0; zone < zones_; ++zone) {
      if (plan_.zone != kNone && plan_.zone != zone)
        continue;
      const std::size_t view = zone * kOrders + static_cast<std::size_t>(orders);
      for (std::size_t y = 0; y < years_.size(); ++y) {
        const int year = year_of(years_.begin(y));
        if (year >= plan_.from && year <= plan_.to)
          sum += amounts[(view * kAlertLevels + level) * years_.size() + y];
      }
    }
    return sum;
  }

  const AlertCut& plan_;
  const TimeAxis& years_;
  std::size_t zones_;
  std::vector<std::size_t> variables_;
};

} // namespace

std::unique_ptr<Judge> AlertCut::judge(const Recorder& recorder) const {
  return std::make_unique<AlertCutJudge>(*this, recorder);
}

std::string AlertCut::margin_unit(const Scenario&) const {
  return "1";
}

Kind alert_cut_kind() {
  return make_kind<AlertCut>("alert_cut",
                             "Orders must cut emissions by a share while an alert lasts.",
                             alert_cut_fields(), check_alert_cut);
}

} // namespace lantian
