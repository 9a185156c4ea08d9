#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "kernel/error.hpp"
#include "scenario/diagnostics.hpp"
#include "scenario/distributions.hpp"
#include "scenario/field_text.hpp"
#include "scenario/format_walk.hpp"
#include "scenario/reference.hpp"

namespace lantian {

namespace {

constexpr std::size_t kWidth = 80;

//! Words wrapped to the width, each line behind `indent`.
std::string wrapped(const std::string& text, const std::string& indent) {
  std::istringstream words(text);
  std::string out;
  std::string line;
  for (std::string word; words >> word;) {
    if (!line.empty() && indent.size() + line.size() + 1 + word.size() > kWidth) {
      out += indent + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return out + indent + line + "\n";
}

std::vector<std::string> steps_of(std::string_view key) {
  std::vector<std::string> steps(1);
  bool in_item = false;
  for (const char c : key) {
    in_item = c == '[' || (in_item && c != ']');
    if (in_item || c == ']') {
      continue;
    }
    if (c == '.') {
      steps.emplace_back();
    } else {
      steps.back() += c;
    }
  }
  return steps;
}

bool is_any(const std::string& step) {
  return !step.empty() && step.front() == '<';
}

bool holds_rows(const FieldInfo& field) {
  return field.type == FieldType::keyed_tables || field.type == FieldType::keyed_lists ||
         field.type == FieldType::kinds;
}

//! "plants.longshun" fits the place of "plants" as well: it is a row of it.
bool fits(const FieldPlace& place, const std::vector<std::string>& steps) {
  const std::size_t size = place.path.size();
  if (size != steps.size() && !(holds_rows(*place.field) && size + 1 == steps.size())) {
    return false;
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (!is_any(place.path[i]) && place.path[i] != steps[i]) {
      return false;
    }
  }
  return true;
}

//! The same, where the ids are left out: "sources.activity".
bool fits_without_ids(const FieldPlace& place, const std::vector<std::string>& steps) {
  std::vector<std::string> named;
  std::copy_if(place.path.begin(), place.path.end(), std::back_inserter(named),
               [](const std::string& step) { return !is_any(step); });
  return !is_any(place.path.back()) && named == steps;
}

std::string line(const std::string& name, const std::string& text) {
  if (text.empty()) {
    return "";
  }
  std::string out = wrapped(text, std::string(12, ' '));
  out.replace(0, 12, fmt::format("  {:<10}", name));
  return out;
}

std::string keys_of(const TableInfo& table) {
  std::string out;
  for (const FieldInfo& field : table.infos()) {
    const std::string name = field.name == "*" ? "(any other)" : field.name;
    std::string text = wrapped(field.options.doc, std::string(22, ' '));
    text.replace(0, 22, fmt::format("    {:<17} ", name));
    out += text;
  }
  return out;
}

std::string explain_field(const FieldPlace& place) {
  const FieldInfo& field = *place.field;
  const std::string kind =
      place.kind == nullptr ? "" : fmt::format(" (kind '{}')", place.kind->name);
  std::string out = path_text(place.path) + kind + "\n";
  out += wrapped(field.options.doc, "  ");
  out += line("type", type_text(field));
  out += line("unit", unit_text(field));
  if (is_quantity(field)) {
    out += line("range", range_text(field.options, field.options.dimension.value_or(Dimension{})));
  }
  out += line("given", presence_text(field));
  if (field.table != nullptr) {
    out += "  keys\n" + keys_of(*field.table);
  }
  if (field.kinds != nullptr) {
    out += "  kinds\n";
    for (const Kind& each : *field.kinds) {
      std::string text = wrapped(each.doc, std::string(28, ' '));
      out += text.replace(0, 28, fmt::format("    {:<23} ", each.name));
    }
  }
  return out;
}

std::string explain_units() {
  std::string out = "Units are joined by *, / and parentheses, as in CNY/(t/year).\n";
  for (const UnitRow& row : unit_table()) {
    std::string text = wrapped(std::string(row.doc), std::string(34, ' '));
    out += text.replace(0, 34, fmt::format("  {:<10} {:<20} ", row.name, describe(row.dimension)));
  }
  return out;
}

std::string explain_distribution(const DistributionSpec& spec) {
  std::string out = fmt::format("{}\n{}", spec.name, wrapped(std::string(spec.doc), "  "));
  for (const auto& form : spec.forms) {
    out += fmt::format("  {{ {} = {{ {} = … }} }}\n", spec.name, fmt::join(form, " = …, "));
  }
  return out;
}

std::string explain_kind(const Kind& kind) {
  return fmt::format("{}\n{}  keys\n{}", kind.name, wrapped(kind.doc, "  "), keys_of(*kind.fields));
}

//! Units, distributions and kinds, which are no keys.
std::string explain_word(std::string_view word, const KindRegistry& kinds) {
  if (word == "units" || word == "unit") {
    return explain_units();
  }
  if (word == "scenario") {
    return "The tables and keys of a scenario file:\n" + keys_of(Format(kinds).root());
  }
  if (word == "distributions") {
    std::string out;
    for (const DistributionSpec& spec : distribution_specs()) {
      out += explain_distribution(spec);
    }
    return out;
  }
  if (const DistributionSpec* spec = find_distribution(word)) {
    return explain_distribution(*spec);
  }
  for (const auto* group : {&kinds.measures, &kinds.targets}) {
    if (const Kind* kind = KindRegistry::find(*group, word)) {
      return explain_kind(*kind);
    }
  }
  return "";
}

//! Texts of the fields that fit, each once: what several kinds share is said once.
template <class Fits>
std::string explain_fitting(const std::vector<FieldPlace>& places, Fits fits_place) {
  std::string out;
  std::set<std::string> said;
  for (const FieldPlace& place : places) {
    if (!fits_place(place)) {
      continue;
    }
    FieldPlace anonymous = place;
    anonymous.kind = nullptr;
    if (said.insert(explain_field(anonymous)).second) {
      out += (out.empty() ? "" : "\n") + explain_field(place);
    }
  }
  return out;
}

//! Throws where the last step was taken for the id of a row but looks like a key of such a row.
void check_misspelt_key(const std::vector<FieldPlace>& places,
                        const std::vector<std::string>& steps) {
  for (const FieldPlace& place : places) {
    const bool is_row = holds_rows(*place.field) && place.path.size() + 1 == steps.size();
    if (!is_row || !fits(place, steps) || place.field->table == nullptr) {
      continue;
    }
    std::vector<std::string> keys;
    for (const FieldInfo& field : place.field->table->infos()) {
      keys.push_back(field.name);
    }
    const std::string hint = did_you_mean(steps.back(), keys);
    if (!hint.empty()) {
      throw Error(fmt::format("there is no key '{}'{}", fmt::join(steps, "."), hint));
    }
  }
}

} // namespace

std::string explain(std::string_view key, const KindRegistry& kinds) {
  const Format format(kinds);
  const std::vector<FieldPlace> places = all_fields(format);
  const std::vector<std::string> steps = steps_of(key);
  std::string out =
      explain_fitting(places, [&](const FieldPlace& p) { return fits_without_ids(p, steps); });
  if (out.empty()) {
    check_misspelt_key(places, steps);
    out = explain_fitting(places, [&](const FieldPlace& p) { return fits(p, steps); });
  }
  if (out.empty()) {
    out = explain_word(key, kinds);
  }
  if (out.empty()) {
    out = explain_fitting(places, [&](const FieldPlace& p) { return p.path.back() == key; });
  }
  if (out.empty()) {
    std::set<std::string> words;
    for (const FieldPlace& place : places) {
      words.insert(place.path.back());
    }
    const std::string last = steps.back();
    throw Error(fmt::format("there is no key '{}'{}", key,
                            did_you_mean(last, {words.begin(), words.end()})));
  }
  return out;
}

} // namespace lantian
