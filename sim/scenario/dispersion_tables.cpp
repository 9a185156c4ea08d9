#include <cmath>

#include <fmt/format.h>

#include "scenario/inventory_tables.hpp"
#include "scenario/number_reader.hpp"

namespace lantian {

namespace {

constexpr Dimension kSpeed = kLength / kTime;
constexpr Dimension kTransfer = kConcentration / kMassRate;
constexpr double kSlowest = 0.5 * kSecondsPerYear; // [m/year]
constexpr double kFrequencyRounding = 0.01;        // of frequencies that should come to 1

std::vector<std::pair<std::string, std::size_t>> direction_words() {
  std::vector<std::pair<std::string, std::size_t>> words;
  for (std::size_t sector = 0; sector < kSectors; ++sector) {
    words.emplace_back(kSectorNames[sector], sector);
  }
  words.emplace_back("calm", kCalm);
  return words;
}

void check_speed(const WindClass& wind, TableReader& reader) {
  const Value* stated = reader.find("speed");
  if (stated != nullptr && reader.is_read() && wind.speed < kSlowest) {
    reader.error("speed", fmt::format("{} is a calm: give at least 0.5 m/s, with which calms are "
                                      "computed, and direction = \"calm\"",
                                      written(*stated)));
  }
}

const FieldTable<WindClass>& wind_fields() {
  static const auto fields =
      FieldTable<WindClass>("wind", "How often the wind blows so.")
          .choice("direction", &WindClass::direction, direction_words(),
                  {.doc = "Sector of 22.5 degrees that it blows from. A calm blows from where the "
                          "slowest winds of its stability do.",
                   .required = true})
          .choice("stability", &WindClass::stability,
                  {{"A", Stability::A},
                   {"B", Stability::B},
                   {"C", Stability::C},
                   {"D", Stability::D},
                   {"E", Stability::E},
                   {"F", Stability::F}},
                  {.doc = "Pasquill's class, A very unstable to F stable.", .required = true})
          .fixed("speed", &WindClass::speed,
                 {.doc = "Speed with which the class is computed, also of a calm.",
                  .required = true,
                  .dimension = kSpeed,
                  .unit = "m/s",
                  .low = 0})
          .fixed("frequency", &WindClass::frequency,
                 {.doc = "Share of the time; all rows come to 100 %, within 1 % for rounding.",
                  .required = true,
                  .dimension = kDimensionless,
                  .unit = "%",
                  .low = 0,
                  .high = 1})
          .check(check_speed);
  return fields;
}

void check_heights(const Transfer& transfer, TableReader& reader) {
  if (transfer.below <= transfer.above && reader.is_read()) {
    reader.error("below",
                 fmt::format("must be more than 'above' ({})", written(*reader.find("above"))));
  }
}

const FieldTable<Transfer>& transfer_fields() {
  static const auto fields =
      FieldTable<Transfer>("transfer",
                           "What an emission does at a receptor. Of several rows that fit a source "
                           "the one of the source counts, else of its plant, its district, its "
                           "zone.")
          .reference("source", &Transfer::source, {.doc = "Emitted by it.", .table = "sources"})
          .reference("plant", &Transfer::plant, {.doc = "Emitted by it.", .table = "plants"})
          .reference("district", &Transfer::district,
                     {.doc = "Emitted in it.", .table = "districts"})
          .reference("zone", &Transfer::zone, {.doc = "Emitted in it.", .table = "zones"})
          .reference("receptor", &Transfer::receptor,
                     {.doc = "Where it is breathed.", .required = true, .table = "receptors"})
          .reference("pollutant", &Transfer::pollutant,
                     {.doc = "What is emitted.", .preset = "all", .table = "pollutants"})
          .fixed("above", &Transfer::above,
                 {.doc = "Only what is released at this height or above.",
                  .dimension = kLength,
                  .unit = "m",
                  .low = 0,
                  .preset = "any height"})
          .fixed("below", &Transfer::below,
                 {.doc = "Only what is released below this height.",
                  .dimension = kLength,
                  .unit = "m",
                  .low = 0,
                  .preset = "any height"})
          .fixed("value", &Transfer::value,
                 {.doc = "Annual mean concentration per emission in a year.",
                  .required = true,
                  .dimension = kTransfer,
                  .unit = "ug*year/(m3*t)",
                  .low = 0})
          .exactly_one({"source", "plant", "district", "zone"})
          .check(check_heights);
  return fields;
}

void check_wind_rose(const Dispersion& dispersion, TableReader& reader) {
  double sum = 0;
  for (const WindClass& wind : dispersion.wind_rose) {
    sum += wind.frequency;
  }
  if (std::abs(sum - 1) > kFrequencyRounding) {
    reader.error("wind_rose", fmt::format("the frequencies come to {:.4g} %; they must come to "
                                          "100 %, within 1 % for rounding",
                                          100 * sum));
  }
}

void check_method(const Dispersion& dispersion, TableReader& reader) {
  if (reader.find("method") == nullptr || !reader.is_read("method")) {
    return; // reported
  }
  const auto need = [&](const char* key, const std::string& what) {
    if (reader.find(key) == nullptr) {
      reader.error("", fmt::format("the key '{}' is missing: {}", key, what));
    }
  };
  if (dispersion.screens()) {
    need("wind_rose", "a screening plume is carried by it");
    need("surroundings", "a screening plume spreads over 'rural' or 'urban' ground");
  }
  if (dispersion.has_matrix()) {
    need("matrix", "the method takes the effect of each source from it");
  }
  if (reader.find("wind_rose") != nullptr && reader.is_read("wind_rose")) {
    check_wind_rose(dispersion, reader);
  }
}

} // namespace

const FieldTable<Receptor>& receptor_fields() {
  static const auto fields = [] {
    auto made = named_table<Receptor>("receptor", "A place where people breathe.");
    made.reference(
        "district", &Receptor::district,
        {.doc = "Gives place and airshed where they are not given.", .table = "districts"});
    add_coordinates(made, "the district's");
    made.fixed("population", &Receptor::population,
               {.doc = "People who breathe there.",
                .required = true,
                .dimension = kCount,
                .unit = "person",
                .low = 0});
    made.boolean("in_exposure", &Receptor::in_exposure,
                 {.doc = "Its people count in the exposure, which is missing where one that counts "
                         "is not known.",
                  .preset = "true"});
    made.text("airshed", &Receptor::airshed,
              {.doc = "The airshed that it lies in, a name that districts have too.",
               .preset = "the district's"});
    made.include(origin_fields(), &Receptor::origin);
    return made;
  }();
  return fields;
}

const FieldTable<Dispersion>& dispersion_fields() {
  static const auto fields =
      FieldTable<Dispersion>("dispersion", "How what is emitted reaches the receptors.")
          .choice("method", &Dispersion::method,
                  {{"screening", DispersionMethod::screening},
                   {"matrix", DispersionMethod::matrix},
                   {"matrix-else-screening", DispersionMethod::matrix_else_screening}},
                  {.doc = "By a plume from the wind rose, by a matrix from a model of the air, or "
                          "by the matrix and, where it has no row, the plume.",
                   .required = true})
          .references(
              "pollutants", &Dispersion::pollutants,
              {.doc = "Primary pollutants, as emitted; nothing forms or is lost on the way.",
               .required = true,
               .table = "pollutants"})
          .choice("surroundings", &Dispersion::surroundings,
                  {{"rural", Surroundings::rural}, {"urban", Surroundings::urban}},
                  {.doc = "The ground over which plumes spread, where a source does not say."})
          .fixed("fugitive_height", &Dispersion::fugitive_height,
                 {.doc = "Height at which what is not captured leaves.",
                  .dimension = kLength,
                  .unit = "m",
                  .low = 0,
                  .preset = "10 m"})
          .fixed("anemometer_height", &Dispersion::anemometer_height,
                 {.doc = "Height at which the speeds of the wind rose were measured.",
                  .dimension = kLength,
                  .unit = "m",
                  .low = 1,
                  .preset = "10 m"})
          .fixed("mixing_height", &Dispersion::mixing_height,
                 {.doc = "Height of the lid under which plumes of the classes A to D mix.",
                  .dimension = kLength,
                  .unit = "m",
                  .low = 0,
                  .above_low = true,
                  .preset = "no lid"})
          .keyed_tables("wind_rose", &Dispersion::wind_rose, &WindClass::id, wind_fields(),
                        {.doc = "How often the wind blows how; usually a CSV file."})
          .keyed_tables("matrix", &Dispersion::matrix, &Transfer::id, transfer_fields(),
                        {.doc = "What an emission does at each receptor; usually a CSV or "
                                "netCDF-4 file."})
          .check(check_method);
  return fields;
}

} // namespace lantian
