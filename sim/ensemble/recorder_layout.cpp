#include "ensemble/recorder.hpp"

#include "ensemble/deadline.hpp"
#include "ensemble/target.hpp"
#include "measures/capital_recovery.hpp"
#include "measures/measure.hpp"
#include "scenario/units.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

template <class Row>
Coordinate labels_of(std::string name, std::string long_name, const Table<Row>& rows) {
  Labels ids;
  std::vector<std::string> names;
  std::vector<std::string> names_zh;
  for (const Row& row : rows) {
    ids.ids.push_back(row.id);
    names.push_back(row.name);
    names_zh.push_back(row.name_zh);
  }
  return {std::move(name),
          std::move(long_name),
          std::move(ids),
          {{"name", "name in English", "", std::move(names)},
           {"name_zh", "name in Chinese", "", std::move(names_zh)}}};
}

template <class Row> void add_places(Coordinate& coordinate, const Table<Row>& rows) {
  std::vector<double> latitudes;
  std::vector<double> longitudes;
  for (const Row& row : rows) {
    latitudes.push_back(row.latitude);
    longitudes.push_back(row.longitude);
  }
  coordinate.companions.push_back({"latitude", "latitude", "degrees_north", latitudes});
  coordinate.companions.push_back({"longitude", "longitude", "degrees_east", longitudes});
}

template <std::size_t N> Labels labels_of(const std::array<std::string_view, N>& names) {
  return {{names.begin(), names.end()}};
}

template <class Row, class Member>
Companion texts_of(std::string name, std::string long_name, const Table<Row>& rows,
                   Member Row::* member) {
  std::vector<std::string> texts;
  for (const Row& row : rows)
    texts.push_back(row.*member);
  return {std::move(name), std::move(long_name), "", std::move(texts)};
}

//! Measures, and what recovers their capital.
Coordinate measures_of(const Scenario& scenario) {
  std::vector<double> lifetimes;
  std::vector<double> factors;
  for (const Entry& entry : scenario.measures) {
    const auto& plan = static_cast<const MeasurePlan&>(*entry.plan);
    lifetimes.push_back(plan.lifetime / kSecondsPerYear);
    factors.push_back(capital_recovery_factor(plan, scenario));
  }
  Coordinate measures = labels_of("measure", "measure", scenario.measures);
  measures.companions.push_back(
      {"lifetime", "economic life of what is built", "year", std::move(lifetimes)});
  measures.companions.push_back({kCapitalRecovery,
                                 "share of the capital to pay a year to recover it with interest",
                                 "1/year", std::move(factors)});
  return measures;
}

//! By when deadlines fall due; missing for other targets. Only where there are deadlines.
void add_due_dates(Coordinate& coordinate, const Table<Entry>& targets) {
  std::vector<double> due;
  for (const Entry& target : targets) {
    const auto* deadline = dynamic_cast<const Deadline*>(target.plan.get());
    due.push_back(days_since_epoch(deadline ? deadline->due() : kNever));
  }
  if (!std::ranges::all_of(due, [](double date) { return std::isnan(date); })) {
    coordinate.companions.push_back(
        {"due", "end of the last day of a deadline", kDateUnit, std::move(due)});
  }
}

//! Which of its inputs is the scenario's own.
std::string file_of(const Scenario& scenario) {
  return scenario.inputs.empty() ? scenario.id + ".toml" : scenario.inputs.front().path;
}

} // namespace

Recorder::Recorder(const LedgerLayout& layout)
    : ledger_layout_(&layout), blueprint_(&layout.blueprint()), layout_(blueprint_->scenario().id),
      receptors_(layout) {
  const Scenario& scenario = blueprint_->scenario();
  layout_.attributes.push_back({"title", scenario.name});
  layout_.attributes.push_back({"title_zh", scenario.name_zh});
  layout_.attributes.push_back(
      {"as_of", format_time(Time{std::chrono::sys_days{scenario.as_of}}).substr(0, 10)});
  layout_.attributes.push_back({"scenario_file", file_of(scenario)});
  layout_.attributes.push_back({"price_year", scenario.price_year});
  layout_.attributes.push_back({"discount_rate", scenario.discount_rate});
  add_coordinates();
  add_emissions();
  add_response();
  add_money_and_measures();
  add_checks();
  add_arrivals();
  add_carbon();
  add_permits();
  add_receptors();
  add_deadlines();
}

void Recorder::add_coordinates() {
  const Scenario& scenario = blueprint_->scenario();
  layout_.add({"time", "output interval", Intervals{blueprint_->intervals().bounds()}});
  layout_.add({"month", "calendar month", Intervals{blueprint_->months().bounds()}});
  Years years;
  for (std::size_t y = 0; y < blueprint_->years().size(); ++y) {
    years.years.push_back(year_of(blueprint_->years().begin(y)));
  }
  layout_.add({"year", "calendar year", std::move(years)});
  layout_.add({"account", "where an emission is booked", labels_of(kAccountNames)});
  layout_.add(labels_of("zone", "zone", scenario.zones));
  Coordinate districts = labels_of("district", "district", scenario.districts);
  add_places(districts, scenario.districts);
  layout_.add(std::move(districts));
  layout_.add(labels_of("sector", "sector", scenario.sectors));
  Coordinate plants = labels_of("plant", "plant", scenario.plants);
  add_places(plants, scenario.plants);
  layout_.add(std::move(plants));
  Coordinate sources = labels_of("source", "source", scenario.sources);
  sources.companions.push_back(texts_of("process", "process", scenario.sources, &Source::process));
  sources.companions.push_back(
      texts_of("activity_unit", "unit of the activity", scenario.sources, &Source::activity_unit));
  layout_.add(std::move(sources));
  layout_.add(labels_of("arrivals", "random occurrences", scenario.arrivals));
  layout_.add(measures_of(scenario));
  layout_.add({"alert_level", "level of the alert", labels_of(kAlertLevelNames)});
  layout_.add({"orders", "which orders of an alert count", labels_of(kOrdersNames)});
  layout_.add({"grade", "performance grade", labels_of(kGradeNames)});
  layout_.add({"milestone", "what done may mean", labels_of(kMilestoneNames)});
  layout_.add({"cause", "what a measure's time is spent on", labels_of(kCauseNames)});

  Labels outlets;
  for (const LedgerLayout::OutletRow& row : ledger_layout_->outlets()) {
    outlets.ids.push_back(scenario.sources[row.source].id + "." +
                          scenario.pollutants[row.pollutant].id);
  }
  layout_.add({"outlet", "source and pollutant with an hourly limit", std::move(outlets)});
  Coordinate parameters{"parameter", "uncertain or shared quantity", Labels{}};
  for (const Parameter& parameter : scenario.parameters) {
    std::get<Labels>(parameters.values).ids.push_back(parameter.id);
  }
  parameters.companions.push_back(
      texts_of("unit", "unit of the value", scenario.parameters, &Parameter::unit));
  parameters.companions.push_back(
      texts_of("source", "where it comes from", scenario.parameters, &Parameter::source));
  parameters.companions.push_back(
      texts_of("confidence", "how well it is known", scenario.parameters, &Parameter::confidence));
  layout_.add(std::move(parameters));

  Coordinate targets = labels_of("target", "target", scenario.targets);
  std::vector<std::string> units;
  for (const Entry& target : scenario.targets) {
    units.push_back(static_cast<const TargetPlan&>(*target.plan).margin_unit(scenario));
  }
  targets.companions.push_back({"margin_unit", "unit of the margin", "", std::move(units)});
  add_due_dates(targets, scenario.targets);
  layout_.add(std::move(targets));
}

void Recorder::add_receptor_axis() {
  const Table<Receptor>& receptors = blueprint_->scenario().receptors;
  Coordinate axis = labels_of("receptor", "place where people breathe", receptors);
  add_places(axis, receptors);
  std::vector<double> people;
  std::vector<double> counts;
  for (const Receptor& receptor : receptors) {
    people.push_back(receptor.population);
    counts.push_back(receptor.in_exposure ? 1 : 0);
  }
  axis.companions.push_back({"population", "people who breathe there", "1", std::move(people)});
  axis.companions.push_back(
      {"in_exposure", "1 where its people count in the exposure", "1", std::move(counts)});
  axis.companions.push_back(
      texts_of("airshed", "airshed that it lies in", receptors, &Receptor::airshed));
  layout_.add(std::move(axis));
}

void Recorder::add_emissions() {
  const Scenario& scenario = blueprint_->scenario();
  struct Shape {
    std::string suffix;
    std::vector<std::string> dims;
    std::string what;
  };
  const std::array<Shape, kBreakdownNames.size()> shapes = {{
      {"", {"account", "time"}, "by account"},
      {"_by_zone", {"zone", "account", "time"}, "by zone and account"},
      {"_by_district", {"district", "time"}, "direct, by district"},
      {"_by_sector", {"sector", "time"}, "direct, by sector"},
      {"_by_plant", {"plant", "year"}, "direct, by plant"},
      {"_by_source", {"source", "year"}, "direct, by source"},
  }};
  for (const Pollutant& pollutant : scenario.pollutants) {
    auto& mine = emissions_.emplace_back();
    for (std::size_t b = 0; b < shapes.size(); ++b) {
      const auto& asked = scenario.output.dimensions;
      if (std::find(asked.begin(), asked.end(), kBreakdownNames[b]) == asked.end())
        continue;
      const bool is_yearly = shapes[b].dims.back() == "year";
      mine[b] = layout_.add(Variable{.name = pollutant.id + shapes[b].suffix,
                                     .dims = shapes[b].dims,
                                     .unit = pollutant.unit,
                                     .long_name = pollutant.name + ", " + shapes[b].what,
                                     .cell_methods = is_yearly ? "year: sum" : "time: sum",
                                     .with_statistics = true});
    }
  }
}

void Recorder::add_response() {
  const Scenario& scenario = blueprint_->scenario();
  grade_time_ = layout_.add(Variable{.name = "grade_time",
                                     .dims = {"plant", "grade"},
                                     .unit = "d",
                                     .long_name = "time in each performance grade, by plant",
                                     .with_statistics = true});
  by_alert_.resize(scenario.pollutants.size());
  if (!blueprint_->follows_alerts())
    return;
  alert_time_ = layout_.add(Variable{.name = "alert_time",
                                     .dims = {"alert_level", "year"},
                                     .unit = "d",
                                     .long_name = "time under alert, by level",
                                     .cell_methods = "year: sum",
                                     .with_statistics = true});
  for (std::size_t p = 0; p < scenario.pollutants.size(); ++p) {
    const Pollutant& pollutant = scenario.pollutants[p];
    by_alert_[p] = layout_.add(
        Variable{.name = pollutant.id + "_by_alert",
                 .dims = {"zone", "orders", "alert_level", "year"},
                 .unit = pollutant.unit,
                 .long_name = pollutant.name + ", direct, while an alert lasts: with the orders in "
                                               "force, without exemptions, and without orders",
                 .cell_methods = "year: sum",
                 .with_statistics = true});
  }
}

void Recorder::add_money_and_measures() {
  production_ = layout_.add(Variable{.name = "production_by_plant",
                                     .dims = {"plant", "year"},
                                     .unit = "t",
                                     .long_name = "production by plant",
                                     .cell_methods = "year: sum",
                                     .with_statistics = true});
  for (const Source& source : blueprint_->scenario().sources) {
    const std::string& unit = source.activity_unit;
    activity_scale_.push_back(unit.empty() ? 1.0 : 1 / parse_unit(unit).in_base);
  }
  activity_ = layout_.add(Variable{.name = "activity_by_source",
                                   .dims = {"source", "year"},
                                   .unit = "1",
                                   .long_name = "activity by source, in source_activity_unit",
                                   .cell_methods = "year: sum",
                                   .with_statistics = true});
  capital_ = layout_.add(Variable{.name = "capital_by_measure",
                                  .dims = {"measure", "time"},
                                  .unit = "CNY",
                                  .long_name = "capital when spent, by measure",
                                  .cell_methods = "time: sum",
                                  .with_statistics = true});
  operating_ = layout_.add(Variable{.name = "operating_by_measure",
                                    .dims = {"measure", "time"},
                                    .unit = "CNY",
                                    .long_name = "operating cost by measure",
                                    .cell_methods = "time: sum",
                                    .with_statistics = true});
  Variable state{.name = "measure_state",
                 .dims = {"measure"},
                 .unit = "1",
                 .long_name = "state of the measure at the end of the horizon",
                 .type = ValueType::int8};
  for (std::size_t i = 0; i < kMeasureStateNames.size(); ++i) {
    state.flags.push_back({static_cast<std::int8_t>(i), std::string(kMeasureStateNames[i])});
  }
  measure_state_ = layout_.add(std::move(state));
  measure_date_ = layout_.add(Variable{.name = "measure_date",
                                       .dims = {"measure", "milestone"},
                                       .unit = std::string(kDateUnit),
                                       .long_name = "date of the milestone, missing where never"});
  measure_time_ = layout_.add(Variable{.name = "measure_time",
                                       .dims = {"measure", "cause"},
                                       .unit = "d",
                                       .long_name = "time of the measure by cause, along its "
                                                    "critical path"});
  measure_delisted_ = layout_.add(Variable{.name = "delisted_by_measure",
                                           .dims = {"measure"},
                                           .unit = "d",
                                           .long_name = "time for which the measure was taken off "
                                                        "the list after it had been published",
                                           .with_statistics = true});
  measure_progress_ = layout_.add(Variable{.name = "measure_progress",
                                           .dims = {"measure", "time"},
                                           .unit = "1",
                                           .long_name = "share of the measure's work that is done "
                                                        "at the end of the interval",
                                           .cell_methods = "time: point",
                                           .with_statistics = true});
}

void Recorder::add_checks() {
  exceedance_ = layout_.add(Variable{.name = "exceedance",
                                     .dims = {"outlet", "month"},
                                     .unit = "1",
                                     .long_name = "share of valid hours above the limit, missing "
                                                  "where there were none",
                                     .cell_methods = "month: mean"});
  parameter_ = layout_.add(Variable{.name = "parameter_value",
                                    .dims = {"parameter"},
                                    .unit = "1",
                                    .long_name = "value drawn for each parameter, in its unit"});
  target_met_ = layout_.add(Variable{.name = "target_met",
                                     .dims = {"target"},
                                     .unit = "1",
                                     .long_name = "whether the target was met",
                                     .type = ValueType::int8,
                                     .flags = {{0, "missed"}, {1, "met"}, {2, "not_assessable"}}});
  target_margin_ =
      layout_.add(Variable{.name = "target_margin",
                           .dims = {"target"},
                           .unit = "1",
                           .long_name = "by how much the target was met (positive) or missed, in "
                                        "target_margin_unit"});
}

} // namespace lantian
