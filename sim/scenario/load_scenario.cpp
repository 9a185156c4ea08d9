#include "scenario/load_scenario.hpp"

#include <array>
#include <cmath>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "kernel/random.hpp"
#include "scenario/cell_types.hpp"
#include "scenario/document_loader.hpp"
#include "scenario/format.hpp"
#include "scenario/ids.hpp"
#include "scenario/read_context.hpp"
#include "scenario/resolved.hpp"
#include "scenario/scenario_checks.hpp"

namespace lantian {

namespace {

//! Names of groups in a result file that no scenario may have.
constexpr std::array<std::string_view, 2> kReserved = {"inputs", "runtime"};

void check_name(const std::string& name, const Document& document, Diagnostics& diagnostics) {
  const std::string& shown = document.files.front().shown;
  if (!is_id(name)) {
    diagnostics.file_error(shown, fmt::format("the file's name is the scenario's id, and '{}' is "
                                              "none: {}",
                                              name, kIdRule));
  }
  for (const std::string_view reserved : kReserved) {
    if (name == reserved) {
      diagnostics.file_error(shown, fmt::format("a scenario may not be called '{}': result files "
                                                "keep that name for themselves",
                                                name));
    }
  }
}

//! A place is stated whole or not at all.
template <class From, class To> void take_place(const From& from, To& to) {
  if (std::isnan(to.latitude) && std::isnan(to.longitude)) {
    to.latitude = from.latitude;
    to.longitude = from.longitude;
  }
}

void take_from(const Plant& plant, Source& source) {
  source.district = source.district == kNone ? plant.district : source.district;
  source.sector = source.sector == kNone ? plant.sector : source.sector;
  take_place(plant, source);
  if (std::isnan(source.release_height)) {
    source.release_height = plant.release_height;
  }
}

void take_from(const District& district, Receptor& receptor) {
  take_place(district, receptor);
  if (receptor.airshed.empty()) {
    receptor.airshed = district.airshed;
  }
}

void fill_defaults(Scenario& scenario) {
  scenario.name = scenario.name.empty() ? scenario.id : scenario.name;
  if (scenario.output.dimensions.empty()) {
    scenario.output.dimensions = {"total", "zone", "district", "sector", "plant", "source"};
  }
  if (scenario.as_of == std::chrono::year_month_day{}) {
    scenario.as_of = std::chrono::floor<std::chrono::days>(scenario.start);
  }
  if (scenario.price_year == 0) {
    scenario.price_year = static_cast<int>(scenario.as_of.year());
  }
  for (Source& source : scenario.sources) {
    if (source.plant != kNone) {
      take_from(scenario.plants[source.plant], source);
    }
  }
  for (Receptor& receptor : scenario.receptors) {
    if (receptor.district != kNone) {
      take_from(scenario.districts[receptor.district], receptor);
    }
  }
}

//! Draws are keyed by a hash of ids: two ids with one hash would share them.
void check_streams(const Scenario& scenario, Diagnostics& diagnostics) {
  std::map<std::uint64_t, std::string> seen;
  const auto add = [&](const std::string& table, const auto& rows) {
    for (const auto& row : rows) {
      const auto [found, is_new] = seen.emplace(stream_id(row.id, ""), row.id);
      if (!is_new && found->second != row.id) {
        diagnostics.error(
            table + "." + row.id,
            fmt::format("has by chance the same hash as '{}': rename one of them", found->second));
      }
    }
  };
  add("parameters", scenario.parameters);
  add("sources", scenario.sources);
  add("controls", scenario.controls);
  add("arrivals", scenario.arrivals);
  add("plants", scenario.plants);
  add("measures", scenario.measures);
}

void check_entries(const std::string& table, const Table<Entry>& entries, const Scenario& scenario,
                   const std::set<std::string>& unsound, Diagnostics& diagnostics) {
  for (const Entry& entry : entries) {
    const std::string key = table + "." + entry.id;
    if (entry.plan != nullptr && entry.kind->check && unsound.count(key) == 0) {
      entry.kind->check(*entry.plan, scenario, key, diagnostics);
    }
  }
}

//! Reads the merged tree into a scenario; throws when there is any mistake.
Scenario read_scenario(const Document& document, const Format& format, Diagnostics& diagnostics) {
  ReadContext context(document, diagnostics);
  Scenario scenario;
  scenario.id = document.name;
  check_name(scenario.id, document, diagnostics);
  TableReader reader(context, document.root, "");
  format.root().read(scenario, reader);
  scenario.parameters = context.parameters().finish();
  fill_defaults(scenario);
  std::set<std::string> unsound = context.unsound_rows();
  const bool has_horizon = context.is_read("horizon.start") && context.is_read("horizon.end") &&
                           scenario.start < scenario.end;
  check_inventory(scenario, unsound, has_horizon, diagnostics);
  if (has_horizon) {
    for (const Mistake& mistake : diagnostics.sorted()) {
      unsound.insert(row_of(mistake.key));
    }
    check_entries("measures", scenario.measures, scenario, unsound, diagnostics);
    check_entries("targets", scenario.targets, scenario, unsound, diagnostics);
  }
  check_streams(scenario, diagnostics);
  diagnostics.throw_if_any();
  for (const SourceFile& file : document.files) {
    scenario.inputs.push_back({file.path, file.bytes});
  }
  return scenario;
}

//! Merges the files and types the cells; throws when a file cannot be read, because what is missing
//! then would make mistakes of everything that refers to it.
void load_tree(const InputFiles& files, const std::string& top, const ReadLimits& limits,
               const Format& format, Document& document, Diagnostics& diagnostics) {
  load_document(files, top, limits, document, diagnostics);
  diagnostics.throw_if_any();
  type_cells(document.root, format.root());
}

} // namespace

Scenario load_scenario(const InputFiles& files, const std::string& top, const KindRegistry& kinds,
                       const ReadLimits& limits) {
  const Format format(kinds);
  Document document;
  Diagnostics diagnostics(&document);
  load_tree(files, top, limits, format, document, diagnostics);
  Scenario scenario = read_scenario(document, format, diagnostics);
  rebase(scenario.inputs, files);
  scenario.limits = limits;
  return scenario;
}

Scenario load_scenario(const std::filesystem::path& path, const KindRegistry& kinds,
                       const ReadOptions& options) {
  return load_scenario(FolderFiles(path.parent_path(), options), path.filename().string(), kinds,
                       options.limits);
}

std::string resolved_toml(const InputFiles& files, const std::string& top,
                          const KindRegistry& kinds, Provenance provenance,
                          const ReadLimits& limits) {
  const Format format(kinds);
  Document document;
  Diagnostics diagnostics(&document);
  load_tree(files, top, limits, format, document, diagnostics);
  read_scenario(document, format, diagnostics);
  return write_toml(document, provenance == Provenance::shown);
}

std::string resolved_toml(const std::filesystem::path& path, const KindRegistry& kinds,
                          Provenance provenance, const ReadOptions& options) {
  return resolved_toml(FolderFiles(path.parent_path(), options), path.filename().string(), kinds,
                       provenance, options.limits);
}

} // namespace lantian
