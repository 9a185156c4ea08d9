#pragma once

// The words of the response to heavy pollution: three alert levels (blue was dropped in 2020), and
// the performance grade by which a plant has to curtail under them.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lantian {

enum class AlertLevel : std::uint8_t { none, yellow, orange, red };
//! Levels at which there is an alert, in rising order, and their names.
inline constexpr std::size_t kAlertLevels = 3;
inline constexpr std::array<std::string_view, kAlertLevels> kAlertLevelNames = {"yellow", "orange",
                                                                                "red"};

//! Place of a level that is an alert among kAlertLevelNames.
constexpr std::size_t rank(AlertLevel level) {
  return static_cast<std::size_t>(level) - 1;
}

//! A is the best. `none` is what has no grade.
enum class Grade : std::uint8_t { none, A, B, C, D };
inline constexpr std::size_t kGrades = 5;
inline constexpr std::array<std::string_view, kGrades> kGradeNames = {"none", "A", "B", "C", "D"};

//! The words of a field that is an alert level, or a grade.
inline const std::vector<std::pair<std::string, AlertLevel>>& alert_words() {
  static const std::vector<std::pair<std::string, AlertLevel>> words = {
      {"yellow", AlertLevel::yellow}, {"orange", AlertLevel::orange}, {"red", AlertLevel::red}};
  return words;
}
inline const std::vector<std::pair<std::string, Grade>>& grade_words() {
  static const std::vector<std::pair<std::string, Grade>> words = {
      {"A", Grade::A}, {"B", Grade::B}, {"C", Grade::C}, {"D", Grade::D}};
  return words;
}

} // namespace lantian
