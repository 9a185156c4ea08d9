#include "ensemble/rate.hpp"

#include "ensemble/place.hpp"
#include "ensemble/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace lantian {

namespace {

void check_keys(const Rate& plan, TableReader& reader) {
  const auto needs = [&](std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
      if (!reader.find(key))
        reader.error("", fmt::format("the key '{}' is missing", key));
    }
  };
  const auto refuses = [&](std::initializer_list<const char*> keys, const char* why) {
    for (const char* key : keys) {
      if (reader.find(key))
        reader.error(key, why);
    }
  };
  if (reader.find("measure")) {
    needs({"by", "at_least"});
    refuses({"per", "from", "to", "rise", "base", "base_rate"},
            "says nothing of the progress of a measure");
  } else {
    needs({"per", "from", "to"});
    refuses({"by"}, "is for the progress of a measure; years are given as from and to");
    if (!plan.rise)
      refuses({"base", "base_rate"}, "needs the key 'rise' beside it");
    else if (!reader.find("base") && !reader.find("base_rate"))
      reader.error("rise", "needs the key 'base' or 'base_rate' beside it");
  }
}

const FieldTable<Rate>& rate_fields() {
  static const auto fields =
      FieldTable<Rate>("rate", "Some activity is a share of other activity, or progress is made.")
          .include(target_fields())
          .references("of", &Rate::of,
                      {.doc = "Sources whose activity is counted.", .table = "sources"})
          .references("per", &Rate::per,
                      {.doc = "Sources whose activity it is a share of.", .table = "sources"})
          .integer("from", &Rate::from, {.doc = "First calendar year."})
          .integer("to", &Rate::to, {.doc = "Last calendar year; each must reach it."})
          .reference("measure", &Rate::measure,
                     {.doc = "Measure whose progress is counted instead.", .table = "measures"})
          .date("by", &Rate::by,
                {.doc = "Last day for that progress; the last of an output interval."})
          .fixed("at_least", &Rate::at_least,
                 {.doc = "Share that it must reach.", .dimension = kDimensionless, .low = 0})
          .fixed("rise", &Rate::rise,
                 {.doc = "Or by how much it must lie above a base: 0.02 is two percentage points.",
                  .dimension = kDimensionless})
          .text("base", &Rate::base_scenario,
                {.doc = "Id of the base scenario, which runs in the same batch."})
          .fixed("base_rate", &Rate::base_rate,
                 {.doc = "Base as a share instead.", .dimension = kDimensionless, .low = 0})
          .exactly_one({"of", "measure"})
          .exactly_one({"at_least", "rise"})
          .at_most_one({"base", "base_rate"})
          .check(check_keys);
  return fields;
}

//! Amounts of one dimension can be added and divided.
void check_dimensions(const Rate& plan, const Scenario& scenario, const std::string& key,
                      Diagnostics& diagnostics) {
  if (plan.of.empty() || plan.per.empty()) {
    diagnostics.error(key + (plan.of.empty() ? ".of" : ".per"), "names no source");
    return;
  }
  const Source& first = scenario.sources[plan.per.front()];
  for (const auto* sources : {&plan.of, &plan.per}) {
    for (const Index s : *sources) {
      const Source& source = scenario.sources[s];
      if (source.activity.dimension() == first.activity.dimension())
        continue;
      diagnostics.error(key + (sources == &plan.of ? ".of" : ".per"),
                        "the activities of sources." + source.id + " and sources." + first.id +
                            " are not of one dimension, so that one is no share of the other");
    }
  }
}

void check_rate(const Rate& plan, const Scenario& scenario, const std::string& key,
                Diagnostics& diagnostics) {
  if (plan.measure == kNone) {
    check_dimensions(plan, scenario, key, diagnostics);
    check_years(plan.from, plan.to, scenario, key, diagnostics);
    return;
  }
  const Time end_of_day = plan.by + std::chrono::days{1};
  const TimeAxis intervals(scenario.start, scenario.end, scenario.output.interval);
  const auto& bounds = intervals.bounds();
  if (!std::binary_search(bounds.begin() + 1, bounds.end(), end_of_day)) {
    diagnostics.error(key + ".by", "is not the last day of an output interval, when progress is "
                                   "recorded; give such a day, or a finer output.interval");
  }
}

const std::vector<std::string>& texts_of(const Coordinate& coordinate, std::string_view companion) {
  for (const Companion& each : coordinate.companions) {
    if (each.name == companion)
      return std::get<std::vector<std::string>>(each.values);
  }
  throw std::logic_error("a coordinate has no companion " + std::string(companion));
}

//! Sum of the activity of some sources in a year, in base units. Another scenario's replication has
//! a layout of its own, in which the sources are looked up by their ids; those that are not there
//! do nothing.
class YearlyActivity {
public:
  YearlyActivity(const Recorder& recorder, const std::vector<Index>& sources) {
    for (const Index s : sources)
      ids_.push_back(recorder.blueprint().scenario().sources[s].id);
    home_ = find(recorder.layout());
  }

  double in(const RecordedReplication& replication, std::int64_t year) const {
    if (&replication.layout() == home_.layout)
      return sum(home_, replication, year);
    return sum(find(replication.layout()), replication, year);
  }

private:
  struct Columns {
    const Layout* layout = nullptr;
    std::size_t variable = 0;
    std::int64_t first_year = 0;
    std::size_t years = 0;
    std::vector<std::pair<std::size_t, double>> terms; //!< source, its unit in base units
  };

  Columns find(const Layout& layout) const {
    const Coordinate& sources = *layout.coordinate("source");
    const auto& years = std::get<Years>(layout.coordinate("year")->values).years;
    const auto& there = std::get<Labels>(sources.values).ids;
    const auto& units = texts_of(sources, "activity_unit");
    Columns columns{&layout, *layout.find("activity_by_source"), years.front(), years.size(), {}};
    for (const std::string& id : ids_) {
      const auto found = std::lower_bound(there.begin(), there.end(), id);
      if (found == there.end() || *found != id)
        continue;
      const auto s = static_cast<std::size_t>(found - there.begin());
      columns.terms.push_back({s, units[s].empty() ? 1 : parse_unit(units[s]).in_base});
    }
    return columns;
  }

  static double sum(const Columns& columns, const RecordedReplication& replication,
                    std::int64_t year) {
    const auto y = static_cast<std::size_t>(year - columns.first_year);
    if (year < columns.first_year || y >= columns.years)
      return 0;
    const auto values = replication.values(columns.variable);
    double sum = 0;
    for (const auto& [source, unit] : columns.terms)
      sum += values[source * columns.years + y] * unit;
    return sum;
  }

  std::vector<std::string> ids_;
  Columns home_;
};

//! Margin, the least of all years.
class ActivityRateJudge : public Judge {
public:
  ActivityRateJudge(const Rate& plan, const Recorder& recorder)
      : plan_(plan), of_(recorder, plan.of), per_(recorder, plan.per) {}

  std::string unit() const override { return "1"; }
  std::string base() const override { return plan_.base_scenario; }

  Verdict judge(const RecordedReplication& replication,
                const RecordedReplication* base) const override {
    if (!plan_.not_assessable.empty() || (!plan_.base_scenario.empty() && !base))
      return {};
    double margin = std::numeric_limits<double>::infinity();
    for (std::int64_t year = plan_.from; year <= plan_.to; ++year) {
      const double needed = plan_.rise ? before(base, year) + *plan_.rise : *plan_.at_least;
      const double gap = rate(replication, year) - needed;
      if (std::isnan(gap))
        return {}; // in this year nothing is done that it could be a share of
      margin = std::min(margin, gap);
    }
    return Verdict::by(margin, kRounding);
  }

private:
  static constexpr double kRounding = 1e-12; //!< of a share that is just reached

  //! NaN where nothing is done that it could be a share of.
  double rate(const RecordedReplication& replication, std::int64_t year) const {
    const double per = per_.in(replication, year);
    return per > 0 ? of_.in(replication, year) / per : std::numeric_limits<double>::quiet_NaN();
  }
  double before(const RecordedReplication* base, std::int64_t year) const {
    return plan_.base_rate ? *plan_.base_rate : rate(*base, year);
  }

  const Rate& plan_;
  YearlyActivity of_;
  YearlyActivity per_;
};

class ProgressJudge : public Judge {
public:
  ProgressJudge(const Rate& plan, const Recorder& recorder)
      : plan_(plan), progress_(recorder.measure_progress()) {
    const TimeAxis& axis = recorder.blueprint().intervals();
    place_ = plan.measure * axis.size() + axis.index(plan.by);
  }

  std::string unit() const override { return "1"; }

  Verdict judge(const RecordedReplication& replication, const RecordedReplication*) const override {
    if (!plan_.not_assessable.empty())
      return {};
    const double margin = replication.values(progress_)[place_] - *plan_.at_least;
    return Verdict::by(margin);
  }

private:
  const Rate& plan_;
  std::size_t progress_;
  std::size_t place_;
};

} // namespace

std::unique_ptr<Judge> Rate::judge(const Recorder& recorder) const {
  if (measure != kNone)
    return std::make_unique<ProgressJudge>(*this, recorder);
  return std::make_unique<ActivityRateJudge>(*this, recorder);
}

std::string Rate::margin_unit(const Scenario&) const {
  return "1";
}

Kind rate_kind() {
  return make_kind<Rate>("rate", "Some activity is a share of other activity, or progress is made.",
                         rate_fields(), check_rate);
}

} // namespace lantian
