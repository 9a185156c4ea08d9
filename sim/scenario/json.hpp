#pragma once

// Just enough JSON to write a schema: values that print themselves with stable order and
// indentation.

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace lantian {

class Json {
public:
  using Array = std::vector<Json>;
  using Members = std::vector<std::pair<std::string, Json>>;

  static Json object() { return Json(Members{}); }
  static Json array() { return Json(Array{}); }
  explicit Json(std::string text) : data_(std::move(text)) {}
  explicit Json(const char* text) : data_(std::string(text)) {}
  explicit Json(bool flag) : data_(flag) {}
  //! What is not finite prints as null, which JSON has no number for.
  explicit Json(double number) : data_(number) {}

  //! Adds a member to an object; returns this.
  Json& set(std::string key, Json value);
  Json& set(std::string key, const char* text) { return set(std::move(key), Json(text)); }
  Json& set(std::string key, std::string text) {
    return set(std::move(key), Json(std::move(text)));
  }
  //! Adds an item to an array; returns this.
  Json& add(Json value);
  //! The text, indented by two blanks a level.
  std::string text(int level = 0) const;

private:
  explicit Json(Members members) : data_(std::move(members)) {}
  explicit Json(Array items) : data_(std::move(items)) {}

  std::variant<std::string, bool, double, Array, Members> data_;
};

} // namespace lantian
