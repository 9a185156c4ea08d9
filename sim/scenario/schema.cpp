#include "scenario/schema.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenario/annotations.hpp"
#include "scenario/distributions.hpp"
#include "scenario/field_text.hpp"
#include "scenario/format.hpp"
#include "scenario/json.hpp"

namespace lantian {

namespace {

constexpr const char* kIdPattern = "^[A-Za-z0-9_-]{1,100}$";
constexpr const char* kIdPathPattern = "^[A-Za-z0-9_-]{1,100}([.][A-Za-z0-9_-]{1,100})*$";

//! Whether a required key must really be there: in an item of a list, which is never merged.
enum class Place { list_item, elsewhere };

Json typed(const char* type) {
  return Json::object().set("type", type);
}

Json reference_to(const std::string& definition) {
  return Json::object().set("$ref", "#/definitions/" + definition);
}

Json any_of(std::vector<Json> schemas) {
  Json list = Json::array();
  for (Json& schema : schemas) {
    list.add(std::move(schema));
  }
  return Json::object().set("anyOf", std::move(list));
}

Json list_of(Json item) {
  return typed("array").set("items", std::move(item));
}

Json words(const std::vector<std::string>& choices) {
  Json list = Json::array();
  for (const std::string& choice : choices) {
    list.add(Json(choice));
  }
  return Json::object().set("enum", std::move(list));
}

std::string description(const FieldInfo& field) {
  const std::string& doc = field.options.doc;
  std::string text = doc;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) {
      text += fmt::format("{}{}", text.empty() ? "" : " ", part);
    }
  };
  if (!field.options.table.empty()) {
    add(fmt::format("({})", type_text(field)));
  }
  const std::string unit = unit_text(field);
  add(unit.empty() ? "" : fmt::format("[{}]", unit));
  add(field.options.preset.empty() ? "" : fmt::format("Default: {}.", field.options.preset));
  return text;
}

class SchemaWriter {
public:
  std::string write(const Format& format) {
    Json schema = Json::object();
    schema.set("$schema", "http://json-schema.org/draft-07/schema#");
    schema.set("title", "Lantian scenario");
    const Json root = table(format.root(), Place::elsewhere, false);
    define_numbers();
    schema.set("definitions", definitions());
    schema.set("allOf", Json::array().add(reference_to("scenario")));
    return schema.text() + "\n";
  }

private:
  Json table(const TableInfo& info, Place place, bool is_row) {
    return reference_to(define(info, {}, place, is_row, ""));
  }

  //! Defines a table once, with the fields of `also`; returns its name.
  std::string define(const TableInfo& info, const std::vector<const TableInfo*>& also, Place place,
                     bool is_row, const std::string& kind) {
    const auto known = names_.find(&info);
    if (known != names_.end()) {
      return known->second;
    }
    std::string stem = kind.empty() ? info.name() : kind;
    std::replace(stem.begin(), stem.end(), ' ', '_');
    std::string name = stem;
    for (int i = 2; !taken_.insert(name).second; ++i) {
      name = fmt::format("{}_{}", stem, i);
    }
    names_.emplace(&info, name);
    Json properties = Json::object();
    Json required = Json::array();
    bool any_required = false;
    Json others(false);
    std::vector<const TableInfo*> tables = also;
    tables.push_back(&info);
    std::set<std::string> seen;
    for (const TableInfo* part : tables) {
      for (const FieldInfo& field : part->infos()) {
        if (field.name == "*") {
          others = described(field);
        } else if (seen.insert(field.name).second) {
          const bool names_kind = !kind.empty() && field.name == "kind";
          properties.set(field.name, names_kind ? Json::object().set("const", kind_word(kind))
                                                : described(field));
          if (field.options.required && place == Place::list_item) {
            required.add(Json(field.name));
            any_required = true;
          }
        }
      }
    }
    add_common(properties, seen, is_row);
    Json schema = typed("object");
    schema.set("description", info.doc());
    schema.set("properties", std::move(properties));
    if (any_required) {
      schema.set("required", std::move(required));
    }
    schema.set("additionalProperties", std::move(others));
    definitions_.emplace(name, std::move(schema));
    return name;
  }

  static std::string kind_word(const std::string& kind) { return kind.substr(kind.find('.') + 1); }

  void add_common(Json& properties, const std::set<std::string>& seen, bool is_row) {
    for (const FieldInfo& annotation : annotation_fields()) {
      if (seen.count(annotation.name) == 0) {
        properties.set(annotation.name, described(annotation));
      }
    }
    if (is_row) {
      Json enabled = typed("boolean");
      enabled.set("description", "false takes the table out.");
      properties.set("enabled", std::move(enabled));
    }
  }

  Json described(const FieldInfo& field) {
    Json schema = of(field);
    const std::string text = description(field);
    return text.empty() ? schema
                        : Json::object()
                              .set("description", text)
                              .set("allOf", Json::array().add(std::move(schema)));
  }

  Json of(const FieldInfo& field) {
    switch (field.type) {
    case FieldType::text:
    case FieldType::month_day:
      return typed("string");
    case FieldType::id:
    case FieldType::reference:
      return typed("string").set("pattern", kIdPattern);
    case FieldType::integer:
      return bounded(typed("integer"), field.options);
    case FieldType::boolean:
      return typed("boolean");
    case FieldType::date:
      return typed("string").set("format", "date");
    case FieldType::windows:
    case FieldType::texts:
      return list_of(typed("string"));
    case FieldType::duration:
    case FieldType::fixed:
      return reference_to("quantity");
    case FieldType::number:
      return reference_to("number");
    case FieldType::choice:
      return words(field.choices);
    case FieldType::choices:
      return list_of(words(field.choices));
    case FieldType::references:
      return list_of(typed("string").set("pattern", kIdPattern));
    case FieldType::fixed_list:
      return list_of(reference_to("quantity"));
    case FieldType::keyed_numbers:
      return by_key(reference_to("number"));
    case FieldType::table:
      return table(*field.table, Place::elsewhere, true);
    case FieldType::tables:
      return list_of(table(*field.table, Place::list_item, false));
    case FieldType::keyed_tables: {
      Json tables = by_key(table(*field.table, Place::elsewhere, true));
      return field.options.or_count ? any_of({typed("integer"), std::move(tables)}) : tables;
    }
    case FieldType::keyed_lists:
      return by_key(list_of(table(*field.table, Place::list_item, false)));
    case FieldType::files:
      return any_of({typed("string"), list_of(typed("string"))});
    case FieldType::file_tables:
      return by_key(any_of({typed("string"), list_of(typed("string"))}), kIdPathPattern);
    case FieldType::kinds:
      return by_key(kinds(field));
    }
    return Json::object();
  }

  static Json by_key(Json schema, const char* pattern = kIdPattern) {
    Json keys = Json::object();
    keys.set("pattern", pattern);
    return typed("object")
        .set("propertyNames", std::move(keys))
        .set("additionalProperties", std::move(schema));
  }

  Json kinds(const FieldInfo& field) {
    std::vector<Json> all;
    for (const Kind& kind : *field.kinds) {
      all.push_back(reference_to(define(*kind.fields, {&entry_fields()}, Place::elsewhere, true,
                                        field.name + "." + kind.name)));
    }
    return all.empty() ? typed("object") : any_of(std::move(all));
  }

  static Json bounded(Json schema, const FieldOptions& options) {
    if (std::isfinite(options.low)) {
      schema.set("minimum", Json(options.low));
    }
    if (std::isfinite(options.high)) {
      schema.set("maximum", Json(options.high));
    }
    return schema;
  }

  void define_numbers() {
    definitions_.emplace("quantity", any_of({typed("number"), typed("string")}));
    std::vector<Json> forms = {typed("number"), typed("string")};
    for (const DistributionSpec& spec : distribution_specs()) {
      forms.push_back(form(spec.name.data(), distribution(spec)));
    }
    Json mix = Json::object();
    for (const char* key : {"from", "to", "share"}) {
      mix.set(key, reference_to("number"));
    }
    forms.push_back(form("mix", closed(std::move(mix), {"from", "to", "share"})));
    definitions_.emplace("number", any_of(std::move(forms)));
  }

  static Json form(const char* name, Json schema) {
    Json properties = Json::object();
    properties.set(name, std::move(schema)).set("times", reference_to("number"));
    return closed(std::move(properties), {name});
  }

  static Json closed(Json properties, const std::vector<std::string>& required) {
    Json keys = Json::array();
    for (const std::string& key : required) {
      keys.add(Json(key));
    }
    return typed("object")
        .set("properties", std::move(properties))
        .set("required", std::move(keys))
        .set("additionalProperties", Json(false));
  }

  static Json distribution(const DistributionSpec& spec) {
    Json properties = Json::object();
    for (const DistributionArgument& argument : spec.arguments) {
      const Json quantity = reference_to("quantity");
      properties.set(std::string(argument.name), argument.is_list ? list_of(quantity) : quantity);
    }
    if (spec.name == "empirical") {
      for (const char* key : {"file", "column", "unit"}) {
        properties.set(key, typed("string"));
      }
    }
    return typed("object")
        .set("description", std::string(spec.doc))
        .set("properties", std::move(properties))
        .set("additionalProperties", Json(false));
  }

  Json definitions() const {
    Json all = Json::object();
    for (const auto& [name, schema] : definitions_) {
      all.set(name, schema);
    }
    return all;
  }

  std::map<const TableInfo*, std::string> names_;
  std::set<std::string> taken_ = {"number", "quantity"};
  std::map<std::string, Json> definitions_;
};

} // namespace

std::string json_schema(const KindRegistry& kinds) {
  return SchemaWriter().write(Format(kinds));
}

} // namespace lantian
