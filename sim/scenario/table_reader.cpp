#include "scenario/table_reader.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "scenario/annotations.hpp"
#include "scenario/ids.hpp"
#include "scenario/read_context.hpp"

namespace lantian {

namespace {

std::string join_path(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : key.empty() ? path : fmt::format("{}.{}", path, key);
}

bool is_declared(const TableInfo& info, std::string_view key) {
  return std::any_of(info.infos().begin(), info.infos().end(),
                     [&](const FieldInfo& field) { return field.name == key; });
}

std::vector<std::string> names_of(const TableInfo& info, const TableInfo* also) {
  std::vector<std::string> names;
  for (const TableInfo* table : {&info, also}) {
    for (std::size_t i = 0; table != nullptr && i < table->infos().size(); ++i) {
      names.push_back(table->infos()[i].name);
    }
  }
  for (const FieldInfo& annotation : annotation_fields()) {
    names.push_back(annotation.name);
  }
  return names;
}

std::vector<const Member*> sorted_members(const TableValue& table) {
  std::vector<const Member*> members;
  for (const Member& member : table.members()) {
    members.push_back(&member);
  }
  std::sort(members.begin(), members.end(),
            [](const Member* a, const Member* b) { return a->key < b->key; });
  return members;
}

//! "stages[permit]", or "stages[2]" where the item has no id.
std::string item_path(const std::string& path, const Value& item, std::size_t number) {
  const TableValue* table = item.as_table();
  const Value* id = table == nullptr ? nullptr : table->find("id");
  if (id != nullptr && id->as_text() != nullptr && is_id(*id->as_text())) {
    return fmt::format("{}[{}]", path, *id->as_text());
  }
  return fmt::format("{}[{}]", path, number);
}

std::string where_listed(const std::string& path) {
  return fmt::format("; `lantian explain {}` lists those that are",
                     path.empty() ? "scenario" : path);
}

std::string quoted(const std::vector<std::string>& keys) {
  std::string text;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    text += (i == 0 ? "'" : i + 1 == keys.size() ? " and '" : ", '") + keys[i] + "'";
  }
  return text;
}

} // namespace

const Value* TableReader::find(std::string_view key) const {
  return table_.as_table()->find(key);
}

FieldInput TableReader::input(const FieldInfo& info, const Value& value) const {
  return {context_, info, value, join_path(path_, info.name)};
}

FieldInput TableReader::input(const FieldInfo& info, const Member& member) const {
  return {context_, info, member.value, join_path(path_, member.key)};
}

void TableReader::error(std::string_view key, std::string message) const {
  const Value* value = key.empty() ? nullptr : find(key);
  const Position position = value == nullptr ? table_.position : value->position;
  context_.diagnostics().error(position, join_path(path_, key), std::move(message));
}

bool TableReader::is_read(std::string_view key) const {
  return context_.is_read(join_path(path_, key));
}

std::vector<const Member*> TableReader::others(const TableInfo& info) const {
  std::vector<const Member*> members;
  for (const Member* member : sorted_members(*table_.as_table())) {
    const bool is_known = is_declared(info, member->key) ||
                          (also_ != nullptr && is_declared(*also_, member->key)) ||
                          find_annotation(member->key) != nullptr;
    if (!is_known) {
      members.push_back(member);
    }
  }
  return members;
}

void TableReader::check_keys(const TableInfo& info) const {
  for (const Member& member : table_.as_table()->members()) {
    const bool is_known = info.find(member.key) != nullptr ||
                          (also_ != nullptr && also_->find(member.key) != nullptr);
    if (is_known) {
      continue;
    }
    if (const FieldInfo* annotation = find_annotation(member.key)) {
      check_annotation(input(*annotation, member.value));
    } else if (member.key == "enabled" && member.value.as_boolean() == nullptr) {
      error("enabled", "must be true or false, without quotes");
    } else {
      const std::string hint = did_you_mean(member.key, names_of(info, also_));
      context_.diagnostics().error(member.key_position, join_path(path_, member.key),
                                   "unknown key" + (hint.empty() ? where_listed(path_) : hint));
    }
  }
  for (const FieldInfo& field : info.infos()) {
    if (field.options.required && field.name != "*" && find(field.name) == nullptr) {
      error("", fmt::format("the key '{}' is missing", field.name));
    }
  }
  check_rules(info);
}

void TableReader::check_rules(const TableInfo& info) const {
  const auto given = [&](const std::vector<std::string>& keys) {
    std::vector<std::string> found;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(found),
                 [&](const std::string& key) { return find(key) != nullptr; });
    return found;
  };
  for (const auto& group : info.exactly_one_groups()) {
    const auto found = given(group);
    if (found.empty()) {
      error("", fmt::format("one of the keys {} is missing", one_of(group)));
    } else if (found.size() > 1) {
      error(found[1], fmt::format("{} exclude each other: give one of them", quoted(found)));
    }
  }
  for (const auto& group : info.at_most_one_groups()) {
    const auto found = given(group);
    if (found.size() > 1) {
      error(found[1],
            fmt::format("{} exclude each other: give at most one of them", quoted(found)));
    }
  }
  for (const auto& [key, other] : info.needs()) {
    if (find(key) != nullptr && find(other) == nullptr) {
      error(key, fmt::format("needs the key '{}' beside it", other));
    }
  }
}

std::vector<TableReader> list_items(const FieldInput& input) {
  std::vector<TableReader> items;
  const Array* array = input.value.as_array();
  if (array == nullptr) {
    input.error(fmt::format("must be an array of tables, not {}", input.value.type_name()));
    return items;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    const Value& item = (*array)[i];
    const std::string path = item_path(input.path, item, i + 1);
    if (item.as_table() == nullptr) {
      input.item(item, path).error(fmt::format("must be a table, not {}", item.type_name()));
    } else {
      items.emplace_back(input.context, item, path);
    }
  }
  return items;
}

std::vector<std::pair<std::string, FieldInput>> keyed_values(const FieldInput& input) {
  std::vector<std::pair<std::string, FieldInput>> items;
  const TableValue* table = input.value.as_table();
  if (table == nullptr) {
    input.error(fmt::format("must be a table, not {}", input.value.type_name()));
    return items;
  }
  const auto& rows = input.context.ids(input.info.options.table);
  for (const Member* member : sorted_members(*table)) {
    const bool is_row = std::binary_search(rows.begin(), rows.end(), member->key);
    const FieldInfo* annotation = find_annotation(member->key);
    if (annotation != nullptr && !is_row && member->value.as_text() != nullptr) {
      check_annotation(
          {input.context, *annotation, member->value, join_path(input.path, member->key)});
      continue;
    }
    FieldInput item = input.item(member->value, join_path(input.path, member->key));
    if (is_id(member->key)) {
      items.emplace_back(member->key, std::move(item));
    } else {
      input.context.diagnostics().error(member->key_position, input.path,
                                        fmt::format("'{}' is no id: {}", member->key, kIdRule));
    }
  }
  return items;
}

std::vector<std::pair<std::string, TableReader>> keyed_items(const FieldInput& input) {
  std::vector<std::pair<std::string, TableReader>> items;
  for (const auto& [key, item] : keyed_values(input)) {
    if (auto reader = nested_table(item)) {
      items.emplace_back(key, std::move(*reader));
    }
  }
  return items;
}

std::optional<TableReader> nested_table(const FieldInput& input) {
  if (input.value.as_table() == nullptr) {
    input.error(fmt::format("must be a table, not {}", input.value.type_name()));
    return std::nullopt;
  }
  return TableReader(input.context, input.value, input.path);
}

} // namespace lantian
