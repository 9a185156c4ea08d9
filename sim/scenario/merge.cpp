#include "scenario/merge.hpp"

#include <utility>

#include "scenario/distributions.hpp"

namespace lantian {

namespace {

// Tables of the format (depth 1) and their rows (depth 2) are plain whatever their names.
constexpr int kRowDepth = 2;

void merge_at(Value& base, Value over, int depth) {
  TableValue* below = base.as_table();
  TableValue* above = over.as_table();
  const bool merges =
      below != nullptr && above != nullptr &&
      (depth <= kRowDepth || (!is_number_table(*below) && !is_number_table(*above)));
  if (!merges) {
    base = std::move(over);
    return;
  }
  for (Member& member : above->members()) {
    if (Value* old = below->find(member.key)) {
      merge_at(*old, std::move(member.value), depth + 1);
    } else {
      below->set(std::move(member.key), member.key_position, std::move(member.value));
    }
  }
}

bool is_disabled(const Value& value) {
  const TableValue* table = value.as_table();
  const Value* enabled = table == nullptr ? nullptr : table->find("enabled");
  if (enabled == nullptr) {
    return false;
  }
  if (enabled->is_cell) {
    return *enabled->as_text() == "false" || *enabled->as_text() == "FALSE";
  }
  const bool* flag = enabled->as_boolean();
  return flag != nullptr && !*flag;
}

bool is_enabled_flag(const Value& value) {
  if (!value.is_cell) {
    return value.as_boolean() != nullptr;
  }
  return *value.as_text() == "true" || *value.as_text() == "TRUE";
}

void remove_below(TableValue& table, const std::string& path, int depth, Document& document) {
  std::vector<std::string> gone;
  for (Member& member : table.members()) {
    TableValue* inner = member.value.as_table();
    if (inner == nullptr) {
      continue;
    }
    const std::string inner_path = path.empty() ? member.key : path + "." + member.key;
    if (depth >= 1 && is_disabled(member.value)) {
      Value mark;
      mark.position = inner->find("enabled")->position;
      document.removed.push_back({inner_path, member.key_position, std::move(mark)});
      gone.push_back(member.key);
      continue;
    }
    if (const Value* flag = inner->find("enabled"); flag != nullptr && is_enabled_flag(*flag)) {
      inner->erase("enabled");
    }
    remove_below(*inner, inner_path, depth + 1, document);
  }
  for (const std::string& key : gone) {
    table.erase(key);
  }
}

} // namespace

void merge_into(Value& base, Value over, int depth) {
  merge_at(base, std::move(over), depth);
}

bool is_number_table(const TableValue& table) {
  if (table.empty()) {
    return false;
  }
  for (const Member& member : table.members()) {
    if (member.key != "mix" && member.key != "times" && find_distribution(member.key) == nullptr) {
      return false;
    }
  }
  return true;
}

void remove_disabled(Document& document) {
  if (TableValue* root = document.root.as_table()) {
    remove_below(*root, "", 0, document);
  }
}

} // namespace lantian
