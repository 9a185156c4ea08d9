#include "scenario/format_walk.hpp"

#include <fmt/format.h>

namespace lantian {

namespace {

class Walk {
public:
  void table(const TableInfo& info, const std::vector<std::string>& path, const Kind* kind) {
    for (const FieldInfo& field : info.infos()) {
      std::vector<std::string> inner = path;
      inner.push_back(field.name == "*" ? "<process>" : field.name);
      places.push_back({inner, &field, kind});
      below(field, inner, kind);
    }
  }

  std::vector<FieldPlace> places;

private:
  void below(const FieldInfo& field, std::vector<std::string> path, const Kind* kind) {
    switch (field.type) {
    case FieldType::table:
    case FieldType::tables:
      table(*field.table, path, kind);
      break;
    case FieldType::keyed_tables:
    case FieldType::keyed_lists:
      path.push_back(any_key(field));
      table(*field.table, path, kind);
      break;
    case FieldType::kinds:
      path.emplace_back("<id>");
      table(entry_fields(), path, nullptr);
      for (const Kind& each : *field.kinds) {
        table(*each.fields, path, &each);
      }
      break;
    default:
      break;
    }
  }

  static std::string any_key(const FieldInfo& field) {
    const std::string& rows = field.options.table;
    return rows.empty() ? "<id>" : fmt::format("<{}>", rows.substr(0, rows.size() - 1));
  }
};

} // namespace

std::vector<FieldPlace> all_fields(const Format& format) {
  Walk walk;
  walk.table(format.root(), {}, nullptr);
  return std::move(walk.places);
}

std::string path_text(const std::vector<std::string>& path) {
  return fmt::format("{}", fmt::join(path, "."));
}

} // namespace lantian
