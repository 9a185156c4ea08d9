#include "scenario/json.hpp"

#include <cmath>

#include <fmt/format.h>

namespace lantian {

namespace {

std::string json_string(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string enclosed(char open, char close, const std::vector<std::string>& parts, int level) {
  if (parts.empty()) {
    return {open, close};
  }
  const std::string inner(static_cast<std::size_t>(2 * (level + 1)), ' ');
  const std::string outer(static_cast<std::size_t>(2 * level), ' ');
  return fmt::format("{}\n{}{}\n{}{}", open, inner, fmt::join(parts, ",\n" + inner), outer, close);
}

} // namespace

Json& Json::set(std::string key, Json value) {
  std::get<Members>(data_).emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::add(Json value) {
  std::get<Array>(data_).push_back(std::move(value));
  return *this;
}

std::string Json::text(int level) const {
  if (const auto* text = std::get_if<std::string>(&data_)) {
    return json_string(*text);
  }
  if (const auto* flag = std::get_if<bool>(&data_)) {
    return *flag ? "true" : "false";
  }
  if (const auto* number = std::get_if<double>(&data_)) {
    return std::isfinite(*number) ? fmt::format("{}", *number) : "null";
  }
  std::vector<std::string> parts;
  if (const auto* items = std::get_if<Array>(&data_)) {
    for (const Json& item : *items) {
      parts.push_back(item.text(level + 1));
    }
    return enclosed('[', ']', parts, level);
  }
  for (const auto& [key, value] : std::get<Members>(data_)) {
    parts.push_back(json_string(key) + ": " + value.text(level + 1));
  }
  return enclosed('{', '}', parts, level);
}

} // namespace lantian
