#include "scenario/toml_reader.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "scenario/utf8.hpp"

namespace lantian {

namespace {

//! Maps positions of the parsed text into the file that it is part of.
struct PositionMap {
  Position begin{0, 1, 1};
  std::uint32_t shift = 0; //!< characters put before the text on its first line

  Position operator()(const toml::source_position& at) const {
    if (at.line <= 1) {
      return {begin.file, begin.line,
              begin.column + (at.column > shift ? at.column - 1 - shift : 0)};
    }
    return {begin.file, begin.line + at.line - 1, at.column};
  }
};

Time time_of(const toml::date& date, const toml::time& time) {
  const std::chrono::sys_days day = std::chrono::year_month_day(
      std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day));
  return Time(day) + std::chrono::hours(time.hour) + std::chrono::minutes(time.minute) +
         std::chrono::seconds(time.second);
}

class Converter {
public:
  explicit Converter(PositionMap position_of) : position_of_(position_of) {}

  Value convert(const toml::node& node) {
    Value value;
    value.position = position_of_(node.source().begin);
    switch (node.type()) {
    case toml::node_type::table:
      value.data = convert_table(*node.as_table());
      break;
    case toml::node_type::array:
      value.data = convert_array(*node.as_array());
      break;
    case toml::node_type::string:
      value.data = node.as_string()->get();
      break;
    case toml::node_type::integer:
      value.data = node.as_integer()->get();
      break;
    case toml::node_type::floating_point:
      value.data = node.as_floating_point()->get();
      break;
    case toml::node_type::boolean:
      value.data = node.as_boolean()->get();
      break;
    case toml::node_type::date:
      value.data = Date{time_of(node.as_date()->get(), {}), DateForm::date};
      break;
    case toml::node_type::date_time:
      value.data = date_time(node.as_date_time()->get());
      break;
    default:
      value.data = Date{{}, DateForm::time_only};
    }
    return value;
  }

private:
  TableValue convert_table(const toml::table& table) {
    std::vector<Member> members;
    for (const auto& [key, node] : table) {
      members.push_back({std::string(key.str()), position_of_(key.source().begin), convert(node)});
    }
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) {
      return std::pair(a.key_position.line, a.key_position.column) <
             std::pair(b.key_position.line, b.key_position.column);
    });
    TableValue converted;
    converted.is_inline = table.is_inline();
    for (Member& member : members) {
      converted.set(std::move(member.key), member.key_position, std::move(member.value));
    }
    return converted;
  }

  Array convert_array(const toml::array& array) {
    Array converted;
    converted.reserve(array.size());
    for (const toml::node& node : array) {
      converted.push_back(convert(node));
    }
    return converted;
  }

  static Date date_time(const toml::date_time& value) {
    return {time_of(value.date, value.time),
            value.offset ? DateForm::with_offset : DateForm::date_time};
  }

  PositionMap position_of_;
};

std::optional<Value> parse(std::string_view text, PositionMap position_of,
                           Diagnostics& diagnostics) {
  try {
    const toml::table table = toml::parse(text);
    return Converter(position_of).convert(table);
  } catch (const toml::parse_error& error) {
    diagnostics.error(position_of(error.source().begin), "",
                      fmt::format("not valid TOML: {}", error.description()));
    return std::nullopt;
  }
}

//! Reports where the text is nested too deep, at `whole` where a cell of a table is.
bool is_too_deep(std::string_view text, Position begin, bool is_cell, const ReadLimits& limits,
                 Diagnostics& diagnostics) {
  const auto position = too_deep(text, begin.file, limits.toml_depth);
  if (position) {
    const auto levels = static_cast<double>(limits.toml_depth);
    diagnostics.error(is_cell ? begin : *position, "",
                      fmt::format("nested deeper than {} levels: make it flatter, {}",
                                  limits.toml_depth, limit_advice("toml-depth", levels + 1)));
  }
  return position.has_value();
}

} // namespace

std::optional<Value> read_toml(std::string_view text, std::uint32_t file, Diagnostics& diagnostics,
                               const ReadLimits& limits) {
  const Position begin{file, 1, 1};
  if (text.size() > limits.toml_size) {
    diagnostics.error(
        begin, "",
        fmt::format("the file has {} bytes; at most {} are read: move bulk data to CSV tables, {}",
                    text.size(), limits.toml_size,
                    limit_advice("toml-size", static_cast<double>(text.size()))));
    return std::nullopt;
  }
  if (const std::size_t at = first_no_text(text); at != text.npos) {
    diagnostics.error(position_at(text, at, file), "", no_text_reason(text, at));
    return std::nullopt;
  }
  if (is_too_deep(text, begin, false, limits, diagnostics)) {
    return std::nullopt;
  }
  return parse(text, PositionMap{begin, 0}, diagnostics);
}

std::optional<Value> read_toml_value(std::string_view text, Position position,
                                     Diagnostics& diagnostics, const ReadLimits& limits) {
  constexpr std::string_view kBefore = "v = ";
  if (is_too_deep(text, position, true, limits, diagnostics)) {
    return std::nullopt;
  }
  const std::string line = std::string(kBefore) + std::string(text);
  auto table = parse(line, PositionMap{position, kBefore.size()}, diagnostics);
  if (!table) {
    return std::nullopt;
  }
  TableValue* members = table->as_table();
  if (members->members().size() != 1) {
    diagnostics.error(position, "", "a cell holds one value, not several lines of TOML");
    return std::nullopt;
  }
  return std::move(members->members().front().value);
}

} // namespace lantian
