#include "scenario/format.hpp"

#include <fmt/format.h>

#include "scenario/dates.hpp"
#include "scenario/inventory_tables.hpp"
#include "scenario/parameter_book.hpp"
#include "scenario/read_context.hpp"

namespace lantian {

namespace {

using RootTable = FieldTable<Scenario>;
using Read = std::function<void(Scenario&, const FieldInput&)>;

constexpr std::chrono::years kLongestHorizon{200};

FieldInfo field(std::string name, FieldType type, std::string doc,
                const TableInfo* table = nullptr) {
  FieldOptions options;
  options.doc = std::move(doc);
  return detail::info_of(std::move(name), type, std::move(options), table);
}

//! A keyed table of rows T, sorted by id.
template <class T>
void add_rows(RootTable& root, std::string name, Table<T> Scenario::* member,
              const FieldTable<T>& fields) {
  root.custom(field(std::move(name), FieldType::keyed_tables, fields.doc(), &fields),
              [member, &fields](Scenario& scenario, const FieldInput& input) {
                auto items = keyed_items(input);
                std::vector<T> rows;
                rows.reserve(items.size());
                for (auto& [id, reader] : items) {
                  T& row = rows.emplace_back();
                  row.id = id;
                  fields.read(row, reader);
                  if constexpr (requires { row.name; }) {
                    row.name = row.name.empty() ? id : row.name;
                  }
                }
                scenario.*member = Table<T>(std::move(rows));
              });
}

//! Reads one measure or target by the kind that it names.
void read_entry(Entry& entry, TableReader& reader, const std::vector<Kind>& kinds) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) {
    names.push_back(kind.name);
  }
  const Value* name = reader.find("kind");
  const std::string* text = name == nullptr ? nullptr : name->as_text();
  if (text == nullptr) {
    if (name == nullptr) {
      reader.error("", "the key 'kind' is missing; it must be " + one_of(names));
    } else {
      reader.error("kind", "must be " + one_of(names));
    }
    return;
  }
  entry.kind = KindRegistry::find(kinds, *text);
  if (entry.kind == nullptr) {
    reader.error("kind", fmt::format("there is no kind '{}': must be {}{}", *text, one_of(names),
                                     did_you_mean(*text, names)));
    return;
  }
  TableReader common = reader;
  common.allow_also(*entry.kind->fields);
  entry_fields().read(entry, common);
  reader.allow_also(entry_fields());
  entry.plan = entry.kind->read(reader);
}

void add_entries(RootTable& root, std::string name, Table<Entry> Scenario::* member,
                 const std::vector<Kind>& kinds, std::string doc) {
  FieldInfo info = field(std::move(name), FieldType::kinds, std::move(doc));
  info.kinds = &kinds;
  root.custom(std::move(info), [member, &kinds](Scenario& scenario, const FieldInput& input) {
    std::vector<Entry> entries;
    for (auto& [id, reader] : keyed_items(input)) {
      Entry& entry = entries.emplace_back();
      entry.id = id;
      entry.name = id;
      read_entry(entry, reader, kinds);
    }
    scenario.*member = Table<Entry>(std::move(entries));
  });
}

const FieldTable<Scenario>& horizon_fields() {
  static const auto fields =
      FieldTable<Scenario>("horizon", "The time that is simulated.")
          .date("start", &Scenario::start, {.doc = "First instant.", .required = true})
          .date("end", &Scenario::end, {.doc = "End, itself not included.", .required = true})
          .check([](const Scenario& scenario, TableReader& reader) {
            const bool has_both = reader.find("start") != nullptr && reader.find("end") != nullptr;
            if (!has_both || !reader.is_read("start") || !reader.is_read("end")) {
              return; // reported
            }
            if (scenario.end <= scenario.start) {
              reader.error("end",
                           fmt::format("{} does not lie after the start ({})",
                                       format_date(scenario.end), format_date(scenario.start)));
            } else if (scenario.end - scenario.start > kLongestHorizon) {
              reader.error("end", fmt::format("lies more than {} years after the start",
                                              kLongestHorizon.count()));
            }
          });
  return fields;
}

const FieldTable<Scenario>& money_fields() {
  static const auto fields = FieldTable<Scenario>("money", "What a yuan means.")
                                 .integer("price_year", &Scenario::price_year,
                                          {.doc = "Year whose prices all money is in.",
                                           .low = 1900,
                                           .high = 9999,
                                           .preset = "the year of `as_of`, else of the start"})
                                 .fixed("discount_rate", &Scenario::discount_rate,
                                        {.doc = "Rate per year at which later money counts less.",
                                         .dimension = kDimensionless,
                                         .low = 0,
                                         .high = 1,
                                         .preset = "0"});
  return fields;
}

//! A table whose fields fill the scenario itself.
Read section(const FieldTable<Scenario>& fields) {
  return [&fields](Scenario& scenario, const FieldInput& input) {
    if (auto reader = nested_table(input)) {
      fields.read(scenario, *reader);
    }
  };
}

void read_version(Scenario&, const FieldInput& input) {
  const auto version = read_integer(input);
  if (version && *version != kFormatVersion) {
    input.error(fmt::format("is {}; this program reads version {} of the format", *version,
                            kFormatVersion));
  }
}

void read_as_of(Scenario& scenario, const FieldInput& input) {
  if (const auto date = read_date(input)) {
    scenario.as_of = std::chrono::floor<std::chrono::days>(*date);
  }
}

void ignore(Scenario&, const FieldInput&) {}

void add_head(RootTable& root) {
  FieldInfo version = field("lantian", FieldType::integer, "Version of the format: 1.");
  version.options.required = true;
  root.custom(std::move(version), read_version);
  root.text("name", &Scenario::name, {.doc = "Title in English.", .preset = "the file's stem"});
  root.text("name_zh", &Scenario::name_zh, {.doc = "Title in Chinese."});
  root.custom(field("as_of", FieldType::date, "The day whose knowledge the scenario states."),
              read_as_of);
  root.custom(
      field("extends", FieldType::files,
            "File or files that this one changes, relative to this one: plain tables merge, "
            "arrays and distributions replace whole, `enabled = false` removes."),
      ignore);
  root.custom(field("tables", FieldType::file_tables,
                    "CSV or netCDF-4 files by the table whose rows they hold, relative to this "
                    "file; rows are "
                    "keyed by the column `id`, a column `a.b` is a nested key. The table may be a "
                    "nested one: \"measures.ID.items\"."),
              ignore);
}

void add_sections(RootTable& root) {
  FieldInfo horizon = field("horizon", FieldType::table, horizon_fields().doc(), &horizon_fields());
  horizon.options.required = true;
  root.custom(std::move(horizon), section(horizon_fields()));
  root.table("output", &Scenario::output, output_fields(), {.doc = output_fields().doc()});
  root.table("dispersion", &Scenario::dispersion, dispersion_fields(),
             {.doc = dispersion_fields().doc()});
  root.custom(field("money", FieldType::table, money_fields().doc(), &money_fields()),
              section(money_fields()));
}

void add_tables(RootTable& root) {
  root.custom(
      field("parameters", FieldType::keyed_tables, parameter_fields().doc(), &parameter_fields()),
      [](Scenario&, const FieldInput& input) {
        keyed_items(input); // reports what is no table or id
        input.context.parameters().read_all();
      });
  add_rows(root, "pollutants", &Scenario::pollutants, pollutant_fields());
  add_rows(root, "carriers", &Scenario::carriers, carrier_fields());
  add_rows(root, "zones", &Scenario::zones, zone_fields());
  add_rows(root, "districts", &Scenario::districts, district_fields());
  add_rows(root, "sectors", &Scenario::sectors, sector_fields());
  add_rows(root, "profiles", &Scenario::profiles, profile_fields());
  add_rows(root, "plants", &Scenario::plants, plant_fields());
  add_rows(root, "sources", &Scenario::sources, source_fields());
  add_rows(root, "controls", &Scenario::controls, control_fields());
  add_rows(root, "arrivals", &Scenario::arrivals, arrivals_fields());
  add_rows(root, "receptors", &Scenario::receptors, receptor_fields());
  add_rows(root, "standards", &Scenario::standards, standard_fields());
  add_rows(root, "resources", &Scenario::resources, resource_fields());
  add_rows(root, "calendars", &Scenario::calendars, calendar_fields());
  add_rows(root, "published", &Scenario::published, published_fields());
  add_rows(root, "caveats", &Scenario::caveats, caveat_fields());
}

} // namespace

const FieldTable<Entry>& entry_fields() {
  static const auto fields = [] {
    auto made = named_table<Entry>("entry", "What every measure and target has.");
    FieldInfo kind = field("kind", FieldType::text, "Which kind it is.");
    kind.options.required = true;
    made.custom(std::move(kind), [](Entry&, const FieldInput&) {});
    return made;
  }();
  return fields;
}

Format::Format(const KindRegistry& kinds) : root_("scenario", "A scenario file.") {
  add_head(root_);
  add_sections(root_);
  add_tables(root_);
  add_entries(root_, "measures", &Scenario::measures, kinds.measures,
              "What changes the world, each of a kind.");
  add_entries(root_, "targets", &Scenario::targets, kinds.targets,
              "What is to be reached, each of a kind; judged in every replication.");
}

} // namespace lantian
