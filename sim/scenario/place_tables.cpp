#include <chrono>

#include <fmt/format.h>

#include "scenario/annotations.hpp"
#include "scenario/inventory_tables.hpp"
#include "scenario/number_reader.hpp"

namespace lantian {

namespace {

//! [profiles.ID.season], which fills members of the profile.
struct SeasonTable {
  std::chrono::month_day from;
  std::chrono::month_day to;
  double inside = 1;
  double outside = 0;
};

const FieldTable<SeasonTable>& season_fields() {
  static const auto fields =
      FieldTable<SeasonTable>("season", "One weight inside a season and another outside.")
          .month_day("from", &SeasonTable::from, {.doc = "First day.", .required = true})
          .month_day("to", &SeasonTable::to,
                     {.doc = "Last day, included; may lie before `from`, over new year.",
                      .required = true})
          .fixed("inside", &SeasonTable::inside,
                 {.doc = "Weight in the season.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .preset = "1"})
          .fixed("outside", &SeasonTable::outside,
                 {.doc = "Weight in the rest of the year.",
                  .dimension = kDimensionless,
                  .low = 0,
                  .preset = "0"});
  return fields;
}

void read_season(Profile& profile, const FieldInput& input) {
  auto reader = nested_table(input);
  if (!reader) {
    return;
  }
  SeasonTable season{std::chrono::January / 1, std::chrono::December / 31};
  season_fields().read(season, *reader);
  profile.season = Calendar({Season{season.from, season.to}});
  profile.inside = season.inside;
  profile.outside = season.outside;
}

FieldInfo season_info() {
  FieldOptions options;
  options.doc = "One weight inside a season and another outside.";
  return detail::info_of("season", FieldType::table, std::move(options), &season_fields());
}

double weight_at(const std::vector<double>& weights, std::size_t index) {
  return weights.empty() ? 1 : weights[index];
}

//! False when the product of all weights is zero on every day of a leap year.
bool has_weight(const Profile& profile) {
  namespace chrono = std::chrono;
  bool any_weekday = profile.weekdays.empty();
  for (const double weight : profile.weekdays) {
    any_weekday = any_weekday || weight > 0;
  }
  const chrono::sys_days begin = chrono::year(2024) / chrono::January / 1;
  for (int day = 0; day < 366; ++day) {
    const chrono::year_month_day date(begin + chrono::days(day));
    const auto month = static_cast<unsigned>(date.month()) - 1;
    const bool inside = profile.season && profile.season->is_open(Time(begin + chrono::days(day)));
    const double season = !profile.season ? 1 : inside ? profile.inside : profile.outside;
    if (weight_at(profile.months, month) * season > 0) {
      return any_weekday;
    }
  }
  return false;
}

void check_profile(const Profile& profile, TableReader& reader) {
  const bool complete = (profile.months.empty() || profile.months.size() == 12) &&
                        (profile.weekdays.empty() || profile.weekdays.size() == 7);
  if (complete && !has_weight(profile)) {
    reader.error("", "the weights are zero all year: some must be above 0");
  }
}

void set_result_unit(Pollutant& pollutant, TableReader& reader) {
  if (pollutant.unit.empty()) {
    return; // reported as missing
  }
  try {
    const Unit unit = parse_unit(pollutant.unit);
    if (unit.dimension.time != 0 || unit.dimension == kDimensionless) {
      reader.error("unit", fmt::format("'{}' is no amount; use a unit such as t, kg, m3 or MWh",
                                       pollutant.unit));
    }
    pollutant.unit_in_base = unit.in_base;
  } catch (const UnitError& error) {
    reader.error("unit", error.what());
  }
}

void check_capacities(const Plant& plant, TableReader& reader) {
  const Number* first = nullptr;
  std::string first_key;
  const std::pair<const char*, const std::optional<Number>*> all[] = {
      {"capacity", &plant.capacity}, {"permit", &plant.permit}, {"production", &plant.production}};
  for (const auto& [key, number] : all) {
    if (!*number) {
      continue;
    }
    if ((*number)->dimension().time != -1) {
      reader.error(key, fmt::format("{} is {}; an amount per time is needed, such as in 't/year'",
                                    written(*reader.find(key)), describe((*number)->dimension())));
    } else if (first != nullptr && first->dimension() != (*number)->dimension()) {
      reader.error(key, fmt::format("is {}, but '{}' is {}: both must count the same",
                                    describe((*number)->dimension()), first_key,
                                    describe(first->dimension())));
    } else if (first == nullptr) {
      first = &**number;
      first_key = key;
    }
  }
}

} // namespace

const FieldTable<Origin>& origin_fields() {
  static const auto fields = [] {
    FieldTable<Origin> made("origin", "Where the numbers come from.");
    for (const FieldInfo& info : annotation_fields()) {
      made.custom(info, [name = info.name](Origin& origin, const FieldInput& input) {
        check_annotation(input);
        const std::string* text = input.value.as_text();
        if (text != nullptr && name == "source") {
          origin.source = *text;
        } else if (text != nullptr && name == "confidence") {
          origin.confidence = *text;
        } else if (text != nullptr && name == "note") {
          origin.note = *text;
        }
      });
    }
    return made;
  }();
  return fields;
}

const FieldTable<Pollutant>& pollutant_fields() {
  static const auto fields =
      named_table<Pollutant>("pollutant", "A substance or flow that is accounted.")
          .text("unit", &Pollutant::unit,
                {.doc = "Unit of the result variables: t, kg, m3, MWh, …", .required = true})
          .reference("within", &Pollutant::within,
                     {.doc = "The pollutant that contains this one, as PM10 contains PM25; checked "
                             "after control.",
                      .table = "pollutants"})
          .then(set_result_unit);
  return fields;
}

const FieldTable<Zone>& zone_fields() {
  static const auto fields = named_table<Zone>(
      "zone", "A part of the world by which results are told apart: key area, rest, outside.");
  return fields;
}

const FieldTable<District>& district_fields() {
  static const auto fields = [] {
    auto made = named_table<District>("district", "A district; it lies in one zone.");
    made.reference("zone", &District::zone,
                   {.doc = "The zone it lies in.", .required = true, .table = "zones"});
    add_coordinates(made);
    made.text("airshed", &District::airshed,
              {.doc = "The air that it shares with other districts: a name. No plume is "
                      "computed from one airshed to another."});
    return made;
  }();
  return fields;
}

const FieldTable<Sector>& sector_fields() {
  static const auto fields = named_table<Sector>("sector", "A sector of the economy.");
  return fields;
}

const FieldTable<Profile>& profile_fields() {
  static const auto fields =
      named_table<Profile>("profile",
                           "How activity is spread over the year: relative weights, "
                           "normalised to mean 1 in each calendar year, multiplied where "
                           "several are given.")
          .fixed_list("months", &Profile::months,
                      {.doc = "Weights of the months, January first.",
                       .dimension = kDimensionless,
                       .low = 0,
                       .preset = "flat",
                       .count = 12})
          .fixed_list("weekdays", &Profile::weekdays,
                      {.doc = "Weights of the weekdays, Monday first.",
                       .dimension = kDimensionless,
                       .low = 0,
                       .preset = "flat",
                       .count = 7})
          .custom(season_info(), read_season)
          .check(check_profile);
  return fields;
}

const FieldTable<Plant>& plant_fields() {
  static const auto fields = [] {
    auto made = named_table<Plant>(
        "plant", "A works. What it can make, may make and makes are three numbers.");
    made.reference("district", &Plant::district,
                   {.doc = "Where it is.", .required = true, .table = "districts"});
    made.reference("sector", &Plant::sector,
                   {.doc = "Its sector.", .required = true, .table = "sectors"});
    add_coordinates(made);
    made.fixed("release_height", &Plant::release_height,
               {.doc = "Effective height at which its sources emit that do not state theirs.",
                .dimension = kLength,
                .unit = "m",
                .low = 0});
    made.text("product", &Plant::product,
              {.doc = "What capacity and production count, such as crude steel."});
    made.number("capacity", &Plant::capacity,
                {.doc = "What it can make.", .unit = "t/year", .low = 0});
    made.number("permit", &Plant::permit, {.doc = "What it may make.", .unit = "t/year", .low = 0});
    made.number("production", &Plant::production,
                {.doc = "What it makes when nothing happens.", .unit = "t/year", .low = 0});
    made.boolean("idle", &Plant::idle,
                 {.doc = "It stands still until a measure starts it.", .preset = "false"});
    made.choice("grade", &Plant::grade, grade_words(),
                {.doc = "Performance grade at the start, by which it curtails under an alert.",
                 .preset = "none"});
    made.include(origin_fields(), &Plant::origin);
    made.check(check_capacities);
    return made;
  }();
  return fields;
}

} // namespace lantian
