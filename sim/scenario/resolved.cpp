#include "scenario/resolved.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/dates.hpp"
#include "scenario/ids.hpp"
#include "scenario/merge.hpp"

namespace lantian {

namespace {

std::string toml_string(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string key_text(const std::string& key) {
  return is_id(key) ? key : toml_string(key);
}

std::string float_text(double number) {
  const std::string text = fmt::format("{}", number);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

std::string date_text(const Date& date) {
  const std::string text = format_date(date.time);
  return date.form == DateForm::date_time && text.size() == 10 ? text + "T00:00:00" : text;
}

std::string array_text(const Array& array) {
  std::string text;
  for (const Value& item : array) {
    text += (text.empty() ? "" : ", ") + toml_text(item);
  }
  return "[" + text + "]";
}

std::string table_text(const TableValue& table) {
  std::string text;
  for (const Member& member : table.members()) {
    text += (text.empty() ? " " : ", ") + key_text(member.key) + " = " + toml_text(member.value);
  }
  return text.empty() ? "{}" : "{" + text + " }";
}

//! True for what is written under a header of its own.
bool is_section(const Value& value) {
  const TableValue* table = value.as_table();
  return table != nullptr && !is_number_table(*table);
}

bool is_list_of_tables(const Value& value) {
  const Array* array = value.as_array();
  return array != nullptr && !array->empty() &&
         std::all_of(array->begin(), array->end(),
                     [](const Value& item) { return item.as_table() != nullptr; });
}

class TomlWriter {
public:
  TomlWriter(const Document& document, bool with_provenance)
      : document_(document), with_provenance_(with_provenance) {}

  std::string write() {
    members(*document_.root.as_table(), "");
    return std::move(out_);
  }

private:
  void members(const TableValue& table, const std::string& path) {
    for (const Member& member : table.members()) {
      if (!is_section(member.value) && !is_list_of_tables(member.value)) {
        line(member);
      }
    }
    for (const Member& member : table.members()) {
      const std::string inner =
          path.empty() ? key_text(member.key) : path + "." + key_text(member.key);
      if (is_section(member.value)) {
        section(*member.value.as_table(), inner);
      } else if (is_list_of_tables(member.value)) {
        list(*member.value.as_array(), inner);
      }
    }
  }

  void section(const TableValue& table, const std::string& path) {
    const bool has_lines =
        table.empty() ||
        std::any_of(table.members().begin(), table.members().end(), [](const Member& member) {
          return !is_section(member.value) && !is_list_of_tables(member.value);
        });
    if (has_lines) {
      out_ += fmt::format("\n[{}]\n", path);
    }
    members(table, path);
  }

  void list(const Array& items, const std::string& path) {
    for (const Value& item : items) {
      out_ += fmt::format("\n[[{}]]\n", path);
      for (const Member& member : item.as_table()->members()) {
        line(member);
      }
    }
  }

  void line(const Member& member) {
    out_ += key_text(member.key) + " = " + toml_text(member.value);
    if (with_provenance_) {
      const Position& at = member.value.position;
      out_ += fmt::format(" # {}:{}", document_.files[at.file].shown, at.line);
    }
    out_ += "\n";
  }

  const Document& document_;
  bool with_provenance_;
  std::string out_;
};

} // namespace

std::string toml_text(const Value& value) {
  struct Visitor {
    std::string operator()(const std::string& text) const { return toml_string(text); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return float_text(number); }
    std::string operator()(const Date& date) const { return date_text(date); }
    std::string operator()(const Array& array) const { return array_text(array); }
    std::string operator()(const TableValue& table) const { return table_text(table); }
  };
  return std::visit(Visitor{}, value.data);
}

std::string write_toml(const Document& document, bool with_provenance) {
  return TomlWriter(document, with_provenance).write();
}

} // namespace lantian
