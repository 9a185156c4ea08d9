// TOML: what is read stands in the file, and has the same values when it is written again; what is
// refused is refused at a place in the file.

#include "fuzz/places.hpp"
#include "scenario/resolved.hpp"
#include "scenario/toml_reader.hpp"

namespace lantian::fuzz {
namespace {

//! Dates without a day or with a time zone are refused by every field, and are never written.
bool can_be_written(const Value& value) {
  if (const Date* date = value.as_date()) {
    return date->form == DateForm::date || date->form == DateForm::date_time;
  }
  if (const Array* array = value.as_array()) {
    return std::all_of(array->begin(), array->end(), can_be_written);
  }
  if (const TableValue* table = value.as_table()) {
    return std::all_of(table->members().begin(), table->members().end(),
                       [](const Member& member) { return can_be_written(member.value); });
  }
  return true;
}

void require_places_of(const Value& value, std::string_view text) {
  require_within(text, value.position.line, value.position.column, value.type_name());
  if (const Array* array = value.as_array()) {
    for (const Value& item : *array) {
      require_places_of(item, text);
    }
  }
  if (const TableValue* table = value.as_table()) {
    for (const Member& member : table->members()) {
      require_within(text, member.key_position.line, member.key_position.column, member.key);
      require_places_of(member.value, text);
    }
  }
}

std::string written(Value root) {
  Document document;
  document.root = std::move(root);
  return write_toml(document, false);
}

void check(std::string_view text) {
  Diagnostics diagnostics;
  auto value = read_toml(text, 0, diagnostics);
  if (!value) {
    require_places(diagnostics, text);
    return;
  }
  require(diagnostics.empty(), "what is read has no mistake");
  require_places_of(*value, text);
  if (can_be_written(*value)) {
    const std::string once = written(std::move(*value));
    auto again = read_toml(once, 0, diagnostics);
    require(again.has_value(), "what is written can be read", once);
    require(written(std::move(*again)) == once, "what is written reads the same", once);
  }
}

} // namespace
} // namespace lantian::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  lantian::fuzz::check(lantian::fuzz::text_of(data, size));
  return 0;
}
