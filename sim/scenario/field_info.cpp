#include "scenario/field_info.hpp"

#include "scenario/annotations.hpp"
#include "scenario/field_table.hpp"

namespace lantian {

const FieldInfo* TableInfo::find(std::string_view name) const {
  const FieldInfo* every_other = nullptr;
  for (const FieldInfo& info : infos_) {
    if (info.name == name) {
      return &info;
    }
    if (info.name == "*") {
      every_other = &info;
    }
  }
  return find_annotation(name) == nullptr ? every_other : nullptr;
}

void TableInfo::include_rules(const TableInfo& other) {
  exactly_one_.insert(exactly_one_.end(), other.exactly_one_.begin(), other.exactly_one_.end());
  at_most_one_.insert(at_most_one_.end(), other.at_most_one_.begin(), other.at_most_one_.end());
  needs_.insert(needs_.end(), other.needs_.begin(), other.needs_.end());
}

namespace detail {

FieldInfo info_of(std::string name, FieldType type, FieldOptions options, const TableInfo* table) {
  FieldInfo info;
  info.name = std::move(name);
  info.type = type;
  info.options = std::move(options);
  info.table = table;
  return info;
}

} // namespace detail

const std::vector<FieldInfo>& annotation_fields() {
  static const std::vector<FieldInfo> fields = [] {
    const auto text = [](std::string name, std::string doc) {
      FieldOptions options;
      options.doc = std::move(doc);
      return detail::info_of(std::move(name), FieldType::text, std::move(options));
    };
    std::vector<FieldInfo> made = {
        text("source", "Document, dataset row or page that the numbers come from."),
        text("confidence", "How far the numbers can be trusted."),
        text("basis", "Per what and at which conditions the numbers hold."),
        text("note", "Anything a reader should know."),
    };
    made[1].type = FieldType::choice;
    made[1].choices = {"sourced", "textbook", "derived", "assumption"};
    return made;
  }();
  return fields;
}

const FieldInfo* find_annotation(std::string_view key) {
  for (const FieldInfo& field : annotation_fields()) {
    if (field.name == key) {
      return &field;
    }
  }
  return nullptr;
}

void check_annotation(const FieldInput& input) {
  if (input.info.type == FieldType::choice) {
    read_choice(input);
  } else {
    read_text(input);
  }
}

} // namespace lantian
