#pragma once

// A Scenario is everything that a run needs, read and checked once, then shared read-only by all
// replications on all threads. Whatever is uncertain is a Number; `parameters` says how each
// parameter is drawn. Nothing here changes after loading.

#include "kernel/calendar.hpp"
#include "kernel/resource.hpp"
#include "kernel/time.hpp"
#include "scenario/dispersion.hpp"
#include "scenario/input_files.hpp"
#include "scenario/inventory.hpp"
#include "scenario/kind.hpp"
#include "scenario/number.hpp"
#include "scenario/published.hpp"
#include "scenario/read_options.hpp"
#include "scenario/table.hpp"

#include <memory>
#include <string>
#include <vector>

namespace lantian {

enum class Interval : std::uint8_t { day, month, year };

//! What is written to the result file.
struct Output {
  Interval interval = Interval::month;
  std::vector<std::string> dimensions; //!< of total, zone, district, sector, plant, source, alert
  std::int64_t log_replications = 10;  //!< replications whose event log is kept
};

//! Money of a budget that becomes available on a date.
struct BudgetRelease {
  Time on{};
  Number amount = Number::constant(0); //!< [CNY]
};

//! Crews that come on top on a date, for good.
struct CrewAddition {
  Time on{};
  std::int64_t amount = 0;
};

//! Crews (counted) or a budget (consumable).
struct ResourceRow {
  std::string id;
  std::string name;
  std::string name_zh;
  ResourceKind kind = ResourceKind::counted;
  std::int64_t capacity = 0;           //!< crews only, at the start
  std::vector<CrewAddition> additions; //!< crews only
  std::vector<BudgetRelease> releases; //!< budget only
  bool lapses = false;                 //!< what is unspent at the next release is lost
  Origin origin;

  //! Crews when all additions have come.
  std::int64_t final_capacity() const {
    std::int64_t sum = capacity;
    for (const CrewAddition& addition : additions)
      sum += addition.amount;
    return sum;
  }
};

struct CalendarRow {
  std::string id;
  std::string name;
  std::string name_zh;
  Calendar calendar;                         //!< open windows of the year
  std::vector<AlertLevel> stopped_by_alerts; //!< alert levels that stop the work
};

//! One `[measures.ID]` or `[targets.ID]`: its kind, and what the kind read.
struct Entry {
  std::string id;
  std::string name;
  std::string name_zh;
  const Kind* kind = nullptr;
  std::shared_ptr<const Plan> plan;
};

struct Scenario {
  std::string id; //!< the file's stem
  std::string name;
  std::string name_zh;
  std::chrono::year_month_day as_of{};
  Time start{};
  Time end{};
  Output output;
  std::int64_t price_year = 0;
  double discount_rate = 0; //!< [share per year]

  Table<Parameter> parameters; //!< named ones, then the anonymous ones by key path
  Table<Pollutant> pollutants;
  Table<Carrier> carriers;
  Table<Zone> zones;
  Table<District> districts;
  Table<Sector> sectors;
  Table<Profile> profiles;
  Table<Plant> plants;
  Table<Source> sources;
  Table<Control> controls;
  Table<ArrivalsRow> arrivals;
  Table<Receptor> receptors;
  std::optional<Dispersion> dispersion;
  Table<Standard> standards;
  Table<ResourceRow> resources;
  Table<CalendarRow> calendars;
  Table<Entry> measures;
  Table<Entry> targets;
  Table<Published> published;
  Table<Caveat> caveats;

  std::vector<InputFile> inputs; //!< the scenario's own file first
  ReadLimits limits;             //!< within which they were read
};

//! What each parameter can come to, for Number::bounds.
inline std::vector<Bounds> parameter_bounds(const Scenario& scenario) {
  std::vector<Bounds> bounds;
  for (const Parameter& parameter : scenario.parameters)
    bounds.push_back(parameter.bounds);
  return bounds;
}

} // namespace lantian
