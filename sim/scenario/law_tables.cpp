#include <set>
#include <utility>

#include <fmt/format.h>

#include "scenario/inventory_tables.hpp"

namespace lantian {

namespace {

const FieldTable<CarrierFactor>& carrier_factor_fields() {
  static const auto fields =
      FieldTable<CarrierFactor>("factor", "What a unit of the carrier causes from a year on.")
          .integer("from", &CarrierFactor::from,
                   {.doc = "First calendar year; holds until the next `from`.",
                    .required = true,
                    .low = 1600,
                    .high = 9999})
          .number("value", &CarrierFactor::value,
                  {.doc = "Pollutant per amount of the carrier.",
                   .required = true,
                   .unit = "kg/kWh",
                   .low = 0});
  return fields;
}

void check_years(const Carrier& carrier, TableReader& reader) {
  std::set<std::pair<Index, std::int64_t>> seen;
  for (const CarrierFactor& factor : carrier.factors) {
    if (!seen.emplace(factor.pollutant, factor.from).second) {
      reader.error("factors", fmt::format("two factors of one pollutant begin in {}", factor.from));
    }
  }
}

//! [standards.ID.PROCESS]: limits by pollutant.
void read_limits(Standard& standard, const FieldInput& input) {
  const std::string process = input.path.substr(input.path.rfind('.') + 1);
  if (const auto limits = read_keyed_numbers(input)) {
    for (const auto& [pollutant, limit] : *limits) {
      standard.limits.push_back({process, pollutant, limit});
    }
  }
}

FieldInfo limits_info() {
  FieldOptions options;
  options.doc = "Hourly limits of a process, by pollutant.";
  options.dimension = kConcentration;
  options.unit = "mg/m3";
  options.low = 0;
  options.above_low = true;
  options.table = "pollutants";
  return detail::info_of("*", FieldType::keyed_numbers, std::move(options));
}

const FieldTable<BudgetRelease>& release_fields() {
  static const auto fields =
      FieldTable<BudgetRelease>("release", "Money that becomes available on a date.")
          .date("on", &BudgetRelease::on, {.doc = "When.", .required = true})
          .number("amount", &BudgetRelease::amount,
                  {.doc = "How much.",
                   .required = true,
                   .dimension = kMoney,
                   .unit = "MCNY",
                   .low = 0});
  return fields;
}

const FieldTable<CrewAddition>& addition_fields() {
  static const auto fields =
      FieldTable<CrewAddition>("addition", "Crews that come on top on a date, for good.")
          .date("on", &CrewAddition::on, {.doc = "When.", .required = true})
          .integer("amount", &CrewAddition::amount,
                   {.doc = "How many.", .required = true, .low = 1, .high = 1e6});
  return fields;
}

//! Reports dates that do not grow from row to row of a list.
template <class Row>
void check_order(const std::vector<Row>& rows, const std::string& key, TableReader& reader) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].on <= rows[i - 1].on) {
      reader.error(key, fmt::format("the dates must grow from {} to {}",
                                    key.substr(0, key.size() - 1), key.substr(0, key.size() - 1)));
      return;
    }
  }
}

void check_resource(const ResourceRow& row, TableReader& reader) {
  const bool is_crews = row.kind == ResourceKind::counted;
  if (reader.find("kind") == nullptr) {
    return;
  }
  if (is_crews && row.capacity == 0 && reader.find("capacity") == nullptr) {
    reader.error("", "the key 'capacity' is missing");
  }
  for (const char* key : {"releases", "lapses"}) {
    if (is_crews && reader.find(key) != nullptr) {
      reader.error(key, "belongs to a budget, and this resource is of kind 'crews'");
    }
  }
  for (const char* key : {"capacity", "additions"}) {
    if (!is_crews && reader.find(key) != nullptr) {
      reader.error(key, "belongs to crews, and this resource is of kind 'budget'");
    }
  }
  if (!is_crews && reader.find("releases") == nullptr) {
    reader.error("", "the key 'releases' is missing");
  }
  check_order(row.releases, "releases", reader);
  check_order(row.additions, "additions", reader);
}

} // namespace

const FieldTable<Carrier>& carrier_fields() {
  static const auto fields =
      named_table<Carrier>("carrier", "Purchased energy, and what a unit of it causes elsewhere.")
          .reference("pollutant", &Carrier::pollutant,
                     {.doc = "The pollutant that accounts the carrier itself, such as electricity.",
                      .table = "pollutants"})
          .keyed_lists("factors", &Carrier::factors, &CarrierFactor::pollutant,
                       carrier_factor_fields(),
                       {.doc = "Factors by pollutant, dated.", .table = "pollutants"})
          .check(check_years);
  return fields;
}

const FieldTable<Standard>& standard_fields() {
  static const auto fields =
      named_table<Standard>("standard", "An emission standard: hourly limits by process and "
                                        "pollutant.")
          .include(origin_fields(), &Standard::origin)
          .custom(limits_info(), read_limits);
  return fields;
}

const FieldTable<ResourceRow>& resource_fields() {
  static const auto fields =
      named_table<ResourceRow>("resource", "Crews or a budget that projects wait for.")
          .choice("kind", &ResourceRow::kind,
                  {{"crews", ResourceKind::counted}, {"budget", ResourceKind::consumable}},
                  {.doc = "Crews are given back, money is spent.", .required = true})
          .integer("capacity", &ResourceRow::capacity,
                   {.doc = "How many crews there are at the start.", .low = 1, .high = 1e6})
          .tables("additions", &ResourceRow::additions, addition_fields(),
                  {.doc = "Crews that come on top, in order of time."})
          .tables("releases", &ResourceRow::releases, release_fields(),
                  {.doc = "When money becomes available, in order of time."})
          .boolean("lapses", &ResourceRow::lapses,
                   {.doc = "What is unspent at the next release is lost.", .preset = "false"})
          .include(origin_fields(), &ResourceRow::origin)
          .check(check_resource);
  return fields;
}

const FieldTable<CalendarRow>& calendar_fields() {
  static const auto fields =
      named_table<CalendarRow>("calendar", "When work goes on.")
          .windows("open", &CalendarRow::calendar,
                   [](std::vector<Season> open) { return Calendar(open); },
                   {.doc = "Windows of the year, both days included, possibly over new year.",
                    .preset = "all year"})
          .choices("stopped_by_alerts", &CalendarRow::stopped_by_alerts, alert_words(),
                   {.doc = "Alert levels that stop the work; crews wait on the site."});
  return fields;
}

const FieldTable<Output>& output_fields() {
  static const std::vector<std::string> kDimensions = {"total", "zone",   "district", "sector",
                                                       "plant", "source", "alert"};
  static const auto fields = [] {
    FieldTable<Output>::Words<std::string> words;
    for (const std::string& word : kDimensions) {
      words.emplace_back(word, word);
    }
    return FieldTable<Output>("output", "What is written to the result file.")
        .choice("interval", &Output::interval,
                {{"day", Interval::day}, {"month", Interval::month}, {"year", Interval::year}},
                {.doc = "Length of an output interval.", .preset = "\"month\""})
        .choices("dimensions", &Output::dimensions, words,
                 {.doc =
                      "By what emissions are told apart; total, zone, district and sector by the "
                      "interval, plant and source by calendar year; alert: by level, with and "
                      "without its orders.",
                  .preset = "all but alert"})
        .integer("log_replications", &Output::log_replications,
                 {.doc = "Replications whose event log is kept.",
                  .low = 0,
                  .high = 1e6,
                  .preset = "10"});
  }();
  return fields;
}

} // namespace lantian
