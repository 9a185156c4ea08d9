#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "scenario/dates.hpp"
#include "scenario/ids.hpp"
#include "scenario/number_reader.hpp"
#include "scenario/read_context.hpp"

namespace lantian {

namespace {

std::nullopt_t wrong_type(const FieldInput& input, std::string_view needed) {
  if (input.value.as_text() != nullptr) {
    input.error(fmt::format("must be {}, not '{}'", needed, *input.value.as_text()));
  } else {
    input.error(fmt::format("must be {}, not {}", needed, input.value.type_name()));
  }
  return std::nullopt;
}

//! Reads each item of an array with `read`; nothing when one has a mistake.
template <class T, class Read>
std::optional<std::vector<T>> read_list(const FieldInput& input, std::string_view needed,
                                        Read read) {
  const Array* array = input.value.as_array();
  if (array == nullptr) {
    return wrong_type(input, needed);
  }
  std::vector<T> items;
  for (std::size_t i = 0; i < array->size(); ++i) {
    auto item = read(input.item((*array)[i], fmt::format("{}[{}]", input.path, i + 1)));
    if (item) {
      items.push_back(std::move(*item));
    }
  }
  const std::size_t count = input.info.options.count;
  if (count != 0 && array->size() != count) {
    input.error(fmt::format("has {} items, must have {}", array->size(), count));
    return std::nullopt;
  }
  return items.size() == array->size() ? std::optional(std::move(items)) : std::nullopt;
}

} // namespace

void FieldInput::error(std::string message) const {
  context.diagnostics().error(value.position, path, std::move(message));
  context.mark_unread(path);
}

FieldInput FieldInput::item(const Value& of, std::string path_of) const {
  return {context, info, of, std::move(path_of)};
}

std::optional<std::string> read_text(const FieldInput& input) {
  const std::string* text = input.value.as_text();
  if (text == nullptr) {
    return wrong_type(input, "a text in quotes");
  }
  if (input.info.options.required && text->empty()) {
    input.error("must not be empty");
    return std::nullopt;
  }
  if (text->find('\0') != std::string::npos) {
    input.error("has a zero character");
    return std::nullopt;
  }
  return *text;
}

std::optional<std::string> read_id(const FieldInput& input) {
  const std::string* text = input.value.as_text();
  if (text == nullptr) {
    return wrong_type(input, "an id in quotes");
  }
  if (!is_id(*text)) {
    input.error(fmt::format("'{}' is no id: {}", *text, kIdRule));
    return std::nullopt;
  }
  return *text;
}

std::optional<Index> read_key(const FieldInput& input, const std::string& key) {
  const std::string& table = input.info.options.table;
  const auto& ids = input.context.ids(table);
  const auto found = std::lower_bound(ids.begin(), ids.end(), key);
  if (found == ids.end() || *found != key) {
    if (input.context.is_reported(table, key)) {
      input.context.mark_unread(input.path);
      return std::nullopt;
    }
    input.error(input.context.no_such(table, key, key));
    return std::nullopt;
  }
  input.context.note_reference(input.path, table + "." + key);
  return static_cast<Index>(found - ids.begin());
}

std::optional<Index> read_reference(const FieldInput& input) {
  const std::string* text = input.value.as_text();
  if (text == nullptr) {
    return wrong_type(input,
                      fmt::format("the id of a row of [{}] in quotes", input.info.options.table));
  }
  return read_key(input, *text);
}

std::optional<std::int64_t> read_integer(const FieldInput& input) {
  const std::int64_t* integer = input.value.as_integer();
  if (integer == nullptr) {
    if (const double* number = input.value.as_float()) {
      input.error(fmt::format("must be an integer, not {}", *number));
      return std::nullopt;
    }
    return wrong_type(input, "an integer");
  }
  const auto number = static_cast<double>(*integer);
  return check_range(input, {number, number}, {}, true) ? std::optional(*integer) : std::nullopt;
}

std::optional<bool> read_boolean(const FieldInput& input) {
  const bool* boolean = input.value.as_boolean();
  return boolean == nullptr ? std::optional<bool>(wrong_type(input, "true or false"))
                            : std::optional(*boolean);
}

std::optional<Time> read_date(const FieldInput& input) {
  const Date* date = input.value.as_date();
  if (date == nullptr) {
    const std::string* text = input.value.as_text();
    if (text != nullptr && parse_date(*text)) {
      input.error(fmt::format("must be a date without quotes: {}", *text));
      return std::nullopt;
    }
    return wrong_type(input, "a date such as 2024-03-31");
  }
  if (date->form == DateForm::with_offset) {
    input.error("a date has no time zone here: leave out the offset (Z, +08:00)");
    return std::nullopt;
  }
  if (date->form == DateForm::time_only) {
    input.error("a time of day needs its date: 2024-03-31T12:00:00");
    return std::nullopt;
  }
  if (date->time < kEarliestDate || date->time >= kLatestDate) {
    input.error(fmt::format("{} is out of range: must be from {} to {}", format_date(date->time),
                            format_date(kEarliestDate),
                            format_date(kLatestDate - std::chrono::days(1))));
    return std::nullopt;
  }
  return date->time;
}

std::optional<std::chrono::month_day> read_month_day(const FieldInput& input) {
  const std::string* text = input.value.as_text();
  const auto day = text == nullptr ? std::nullopt : parse_month_day(*text);
  return day ? day
             : std::optional<std::chrono::month_day>(
                   wrong_type(input, "a month and day in quotes, such as \"10-15\""));
}

std::optional<std::vector<Season>> read_windows(const FieldInput& input) {
  constexpr const char* kNeeded = "an array of windows such as [\"03-15 to 11-15\"]";
  return read_list<Season>(input, kNeeded, [](const FieldInput& item) -> std::optional<Season> {
    const std::string* text = item.value.as_text();
    const auto window = text == nullptr ? std::nullopt : parse_window(*text);
    if (!window) {
      return wrong_type(item, "a window of the year such as \"03-15 to 11-15\"");
    }
    return window;
  });
}

std::optional<Duration> read_duration(const FieldInput& input) {
  const auto seconds = read_fixed(input);
  if (!seconds) {
    return std::nullopt;
  }
  try {
    return whole_seconds(*seconds);
  } catch (const std::invalid_argument&) {
    input.error(fmt::format("{} is out of range: must be from 0 to 9e15 s", written(input.value)));
    return std::nullopt;
  }
}

std::optional<std::size_t> read_choice(const FieldInput& input) {
  const auto& choices = input.info.choices;
  const std::string* text = input.value.as_text();
  if (text == nullptr) {
    return wrong_type(input, one_of(choices));
  }
  const auto found = std::find(choices.begin(), choices.end(), *text);
  if (found == choices.end()) {
    input.error(fmt::format("must be {}, not '{}'{}", one_of(choices), *text,
                            did_you_mean(*text, choices)));
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - choices.begin());
}

std::optional<std::vector<std::size_t>> read_choices(const FieldInput& input) {
  return read_list<std::size_t>(input, "an array of words", read_choice);
}

std::optional<std::vector<std::string>> read_texts(const FieldInput& input) {
  return read_list<std::string>(input, "an array of texts", read_text);
}

std::optional<std::vector<Index>> read_references(const FieldInput& input) {
  auto rows = read_list<Index>(input, "an array of ids", read_reference);
  if (rows) {
    std::vector<Index> sorted = *rows;
    std::sort(sorted.begin(), sorted.end());
    const auto twin = std::adjacent_find(sorted.begin(), sorted.end());
    if (twin != sorted.end()) {
      input.error(
          fmt::format("has '{}' twice", input.context.ids(input.info.options.table)[*twin]));
      return std::nullopt;
    }
  }
  return rows;
}

std::optional<std::vector<double>> read_fixed_list(const FieldInput& input) {
  return read_list<double>(input, "an array of numbers", read_fixed);
}

std::optional<std::vector<std::pair<Index, Number>>> read_keyed_numbers(const FieldInput& input) {
  std::vector<std::pair<Index, Number>> numbers;
  const std::size_t mistakes = input.context.diagnostics().size();
  bool good = true;
  for (const auto& [key, item] : keyed_values(input)) {
    const auto index = read_key(item, key);
    auto number = read_number(item);
    good = good && index && number;
    if (good) {
      numbers.emplace_back(*index, std::move(*number));
    }
  }
  good = good && input.context.diagnostics().size() == mistakes;
  return good ? std::optional(std::move(numbers)) : std::nullopt;
}

} // namespace lantian
