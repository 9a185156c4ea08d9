#include "ensemble/permit.hpp"

#include "ensemble/place.hpp"
#include "ensemble/recorder.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include <fmt/format.h>

namespace lantian {

namespace {

constexpr Duration kShortest = std::chrono::hours{1};
constexpr Duration kLongest = std::chrono::days{366};

const FieldTable<Permit>& permit_fields() {
  static const auto fields =
      FieldTable<Permit>("permit", "An emission may not exceed a limit in any window of time.")
          .include(target_fields())
          .references("of", &Permit::of,
                      {.doc = "Sources whose emission adds up.", .table = "sources"})
          .text("in", &Permit::place,
                {.doc = "Or where: plants.ID, zones.ID, districts.ID, sectors.ID or sources.ID."})
          .reference("pollutant", &Permit::pollutant,
                     {.doc = "What is limited.", .required = true, .table = "pollutants"})
          .duration("window", &Permit::window,
                    {.doc = "Length of the window, from an hour to a year; it may begin at any "
                            "time.",
                     .required = true,
                     .unit = "d"})
          .number("limit", &Permit::limit,
                  {.doc = "Most that a window may hold, or its mean rate: \"40 t\" or "
                          "\"1.4 t/d\".",
                   .required = true,
                   .unit = "t",
                   .low = 0})
          .integer("from", &Permit::from,
                   {.doc = "First calendar year in which it holds; windows that begin earlier do "
                           "not count.",
                    .preset = "the start of the horizon"})
          .integer("to", &Permit::to,
                   {.doc = "Last calendar year.", .preset = "the end of the horizon"})
          .fixed("allowed", &Permit::allowed,
                 {.doc = "Share of windows that may exceed the limit.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .high = 1,
                  .preset = "0"})
          .exactly_one({"of", "in"});
  return fields;
}

Time start_of(std::int64_t year) {
  return std::chrono::sys_days{std::chrono::year{static_cast<int>(year)} / 1 / 1};
}

//! The time in which it holds.
Time begin_of(const Permit& plan, const Scenario& scenario) {
  return plan.from ? start_of(*plan.from) : scenario.start;
}
Time end_of(const Permit& plan, const Scenario& scenario) {
  return plan.to ? start_of(*plan.to + 1) : scenario.end;
}

std::vector<Index> sources_of(const Permit& plan, const Scenario& scenario) {
  if (plan.place)
    return sources_in(*find_place(*plan.place, scenario), scenario);
  std::vector<Index> sources = plan.of;
  std::sort(sources.begin(), sources.end());
  sources.erase(std::unique(sources.begin(), sources.end()), sources.end());
  return sources;
}

//! The limit of one window [base units].
double limit_of(const Permit& plan) {
  const double limit = plan.limit.value({});
  const bool is_rate = plan.limit.dimension().time == -1;
  return is_rate ? limit * static_cast<double>(plan.window.count()) / kSecondsPerYear : limit;
}

void check_limit(const Permit& plan, const Scenario& scenario, const std::string& key,
                 Diagnostics& diagnostics) {
  const Pollutant& pollutant = scenario.pollutants[plan.pollutant];
  const Dimension amount = parse_unit(pollutant.unit).dimension;
  const Dimension found = plan.limit.dimension();
  if (found != amount && found != amount / kTime) {
    diagnostics.error(key + ".limit",
                      fmt::format("is {}; an amount in a window or a mean rate is needed, such as "
                                  "'40 {}' or '40 {}/d', because {} is counted in {}",
                                  describe(found), pollutant.unit, pollutant.unit, pollutant.id,
                                  pollutant.unit));
  }
  if (!plan.limit.is_constant())
    diagnostics.error(key + ".limit", "is uncertain; a permit is a fixed amount");
}

void check_window(const Permit& plan, const Scenario& scenario, const std::string& key,
                  Diagnostics& diagnostics) {
  const std::size_t mistakes = diagnostics.size();
  if (plan.window < kShortest || plan.window > kLongest)
    diagnostics.error(key + ".window", "must be from an hour to a year (366 days)");
  if (plan.from || plan.to) {
    const std::int64_t first = plan.from ? *plan.from : *plan.to;
    check_years(first, plan.to.value_or(first), scenario, key, diagnostics);
  }
  if (diagnostics.size() > mistakes)
    return;
  const Time from = begin_of(plan, scenario);
  const Time to = end_of(plan, scenario);
  if (plan.window > to - from) {
    diagnostics.error(key + ".window",
                      fmt::format("is longer than the time in which the limit holds, {} to {}",
                                  format_time(from).substr(0, 10), format_time(to).substr(0, 10)));
  }
}

void check_sources(const Permit& plan, const Scenario& scenario, const std::string& key,
                   Diagnostics& diagnostics) {
  const std::string field = key + (plan.place ? ".in" : ".of");
  const std::vector<Index> sources = sources_of(plan, scenario);
  const bool emits = std::any_of(sources.begin(), sources.end(), [&](Index s) {
    const auto& rows = scenario.sources[s].emits;
    return std::any_of(rows.begin(), rows.end(),
                       [&](const EmissionFactor& row) { return row.pollutant == plan.pollutant; });
  });
  if (sources.empty()) {
    diagnostics.error(field, "names no source");
  } else if (!emits) {
    diagnostics.error(field, fmt::format("none of these sources emits {}",
                                         scenario.pollutants[plan.pollutant].id));
  }
}

bool is_place(const std::string& place, const Scenario& scenario, const std::string& key,
              Diagnostics& diagnostics) {
  if (place.empty())
    diagnostics.error(key, "names no place");
  return !place.empty() && check_place_exists(place, scenario, key, diagnostics);
}

void check_permit(const Permit& plan, const Scenario& scenario, const std::string& key,
                  Diagnostics& diagnostics) {
  check_limit(plan, scenario, key, diagnostics);
  check_window(plan, scenario, key, diagnostics);
  if (!plan.place || is_place(*plan.place, scenario, key + ".in", diagnostics))
    check_sources(plan, scenario, key, diagnostics);
}

class PermitJudge : public Judge {
public:
  PermitJudge(const Permit& plan, const Recorder& recorder)
      : plan_(plan), row_(recorder.window_row(plan)), worst_(recorder.permit_worst()),
        exceeding_(recorder.permit_exceeding()),
        limit_(limit_of(plan) /
               recorder.blueprint().scenario().pollutants[plan.pollutant].unit_in_base) {}

  std::string unit() const override { return "1"; }

  Verdict judge(const RecordedReplication& replication, const RecordedReplication*) const override {
    if (!plan_.not_assessable.empty())
      return {};
    const double worst = replication.values(worst_)[row_];
    const double margin = plan_.allowed > 0 ? plan_.allowed - replication.values(exceeding_)[row_]
                                            : share_to_spare(worst);
    return Verdict::by(margin, kShareTolerance);
  }

private:
  //! Of the limit. Where that is 0 there is none: NaN, which is missed, or just met.
  double share_to_spare(double worst) const {
    if (limit_ > 0)
      return 1 - worst / limit_;
    return worst > 0 ? std::numeric_limits<double>::quiet_NaN() : 0;
  }

  const Permit& plan_;
  std::size_t row_;
  std::size_t worst_;
  std::size_t exceeding_;
  double limit_; //!< of one window [unit of the pollutant]
};

} // namespace

std::unique_ptr<Judge> Permit::judge(const Recorder& recorder) const {
  return std::make_unique<PermitJudge>(*this, recorder);
}

std::string Permit::margin_unit(const Scenario&) const {
  return "1";
}

std::optional<RollingWindow> Permit::follows(const Scenario& scenario) const {
  return RollingWindow{.sources = sources_of(*this, scenario),
                       .pollutant = pollutant,
                       .from = begin_of(*this, scenario),
                       .to = end_of(*this, scenario),
                       .length = window,
                       .limit = limit_of(*this)};
}

Kind permit_kind() {
  return make_kind<Permit>("permit", "An emission may not exceed a limit in any window of time.",
                           permit_fields(), check_permit);
}

} // namespace lantian
