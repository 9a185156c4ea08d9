#include "scenario/cell_types.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "scenario/dates.hpp"
#include "scenario/format.hpp"
#include "scenario/kind.hpp"

namespace lantian {

namespace {

void type_value(Value& value, const FieldInfo& field);

std::optional<std::int64_t> as_integer(const std::string& text) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

std::optional<double> as_decimal(const std::string& text) {
  if (text.empty() || number_prefix_length(text) != text.size()) {
    return std::nullopt;
  }
  try {
    return scale_decimal(text, "");
  } catch (const UnitError&) {
    return std::nullopt; // reported when it is read
  }
}

//! Items of a list in one cell, separated by semicolons.
Array split(const Value& cell) {
  Array items;
  const std::string& text = *cell.as_text();
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    std::string item = text.substr(begin, end - begin);
    item.erase(0, item.find_first_not_of(' '));
    item.erase(item.find_last_not_of(' ') + 1);
    Value value;
    value.data = std::move(item);
    value.position = cell.position;
    value.is_cell = true;
    items.push_back(std::move(value));
    begin = end + 1;
  }
  return items;
}

FieldType item_type(FieldType list) {
  switch (list) {
  case FieldType::fixed_list:
    return FieldType::fixed;
  case FieldType::choices:
    return FieldType::choice;
  case FieldType::references:
    return FieldType::reference;
  default:
    return FieldType::text;
  }
}

void type_list(Value& value, const FieldInfo& field) {
  if (value.is_cell) {
    value.data = split(value);
  }
  if (Array* items = value.as_array()) {
    FieldInfo item_field = field;
    item_field.type = item_type(field.type);
    for (Value& item : *items) {
      type_value(item, item_field);
    }
  }
}

void type_scalar(Value& value, FieldType type) {
  if (!value.is_cell) {
    return;
  }
  const std::string text = *value.as_text();
  switch (type) {
  case FieldType::integer:
    if (const auto number = as_integer(text)) {
      value.data = *number;
    }
    break;
  case FieldType::boolean:
    if (text == "true" || text == "TRUE" || text == "false" || text == "FALSE") {
      value.data = text == "true" || text == "TRUE";
    }
    break;
  case FieldType::date:
    if (const auto date = parse_date(text)) {
      value.data = Date{*date, DateForm::date};
    }
    break;
  case FieldType::fixed:
  case FieldType::number:
  case FieldType::keyed_numbers:
    if (const auto integer = as_integer(text)) {
      value.data = *integer;
    } else if (const auto number = as_decimal(text)) {
      value.data = *number;
    }
    break;
  default:
    break;
  }
}

const TableInfo* fields_of_entry(const TableValue& entry, const std::vector<Kind>& kinds) {
  const Value* name = entry.find("kind");
  const std::string* text = name == nullptr ? nullptr : name->as_text();
  const Kind* kind = text == nullptr ? nullptr : KindRegistry::find(kinds, *text);
  return kind == nullptr ? nullptr : kind->fields;
}

template <class Visit> void for_each_member(Value& value, Visit visit) {
  if (TableValue* table = value.as_table()) {
    for (Member& member : table->members()) {
      visit(member);
    }
  }
}

template <class Visit> void for_each_item(Value& value, Visit visit) {
  if (Array* array = value.as_array()) {
    for (Value& item : *array) {
      visit(item);
    }
  }
}

void type_entries(Value& value, const FieldInfo& field) {
  for_each_member(value, [&](Member& member) {
    const TableValue* entry = member.value.as_table();
    const TableInfo* fields = entry == nullptr ? nullptr : fields_of_entry(*entry, *field.kinds);
    type_cells(member.value,
               fields == nullptr ? static_cast<const TableInfo&>(entry_fields()) : *fields);
  });
}

void type_value(Value& value, const FieldInfo& field) {
  switch (field.type) {
  case FieldType::table:
    type_cells(value, *field.table);
    break;
  case FieldType::tables:
    for_each_item(value, [&](Value& item) { type_cells(item, *field.table); });
    break;
  case FieldType::keyed_tables:
    type_scalar(value, field.options.or_count ? FieldType::integer : FieldType::text);
    for_each_member(value, [&](Member& member) { type_cells(member.value, *field.table); });
    break;
  case FieldType::keyed_lists:
    for_each_member(value, [&](Member& member) {
      for_each_item(member.value, [&](Value& item) { type_cells(item, *field.table); });
    });
    break;
  case FieldType::keyed_numbers:
    for_each_member(value, [](Member& member) { type_scalar(member.value, FieldType::number); });
    break;
  case FieldType::kinds:
    type_entries(value, field);
    break;
  case FieldType::texts:
  case FieldType::references:
  case FieldType::choices:
  case FieldType::fixed_list:
  case FieldType::windows:
    type_list(value, field);
    break;
  default:
    type_scalar(value, field.type);
  }
  value.is_cell = false;
}

} // namespace

void type_cells(Value& value, const TableInfo& fields) {
  for_each_member(value, [&](Member& member) {
    if (const FieldInfo* field = fields.find(member.key)) {
      type_value(member.value, *field);
    } else {
      member.value.is_cell = false;
    }
  });
  value.is_cell = false;
}

} // namespace lantian
