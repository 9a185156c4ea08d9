#include "scenario/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace lantian {

namespace {

constexpr std::size_t kSmall = 16; // keys up to which a table is searched one by one

//! Takes the next step off a key path: "a.b[c].d" gives "a", "b", "[c]", "d".
std::string_view next_step(std::string_view& path) {
  if (!path.empty() && path.front() == '.') {
    path.remove_prefix(1);
  }
  const std::size_t begin = !path.empty() && path.front() == '[' ? 1 : 0;
  std::size_t end = path.find_first_of(begin == 1 ? "]" : ".[", begin);
  end = end == std::string_view::npos ? path.size() : end + begin;
  const std::string_view step = path.substr(0, end);
  path.remove_prefix(end);
  return step;
}

const Value* item_of(const Array& array, std::string_view name) {
  for (const Value& item : array) {
    const TableValue* table = item.as_table();
    const Value* id = table == nullptr ? nullptr : table->find("id");
    if (id != nullptr && id->as_text() != nullptr && *id->as_text() == name) {
      return &item;
    }
  }
  std::size_t number = 0;
  const auto end = name.data() + name.size();
  const auto read = std::from_chars(name.data(), end, number);
  const bool is_number = read.ec == std::errc{} && read.ptr == end;
  return is_number && number >= 1 && number <= array.size() ? &array[number - 1] : nullptr;
}

//! What one step of a path leads to, and the position to show for it.
const Value* follow(const Value& value, std::string_view step, Position& position) {
  if (step.size() >= 2 && step.front() == '[') {
    const Array* array = value.as_array();
    const Value* item =
        array == nullptr ? nullptr : item_of(*array, step.substr(1, step.size() - 2));
    position = item == nullptr ? position : item->position;
    return item;
  }
  const TableValue* table = value.as_table();
  const Member* member = table == nullptr ? nullptr : table->member(step);
  if (member == nullptr) {
    return nullptr;
  }
  const bool is_section =
      member->value.as_table() != nullptr || member->value.as_array() != nullptr;
  position = is_section ? member->key_position : member->value.position;
  return &member->value;
}

} // namespace

bool TableValue::empty() const {
  return members_.empty();
}

std::size_t TableValue::place_of(std::string_view key) const {
  if (!places_.empty()) {
    const auto place = places_.find(key);
    return place == places_.end() ? members_.size() : place->second;
  }
  const auto found = std::find_if(members_.begin(), members_.end(),
                                  [&](const Member& member) { return member.key == key; });
  return static_cast<std::size_t>(found - members_.begin());
}

const Member* TableValue::member(std::string_view key) const {
  const std::size_t place = place_of(key);
  return place == members_.size() ? nullptr : &members_[place];
}

const Value* TableValue::find(std::string_view key) const {
  const std::size_t place = place_of(key);
  return place == members_.size() ? nullptr : &members_[place].value;
}

Value* TableValue::find(std::string_view key) {
  const std::size_t place = place_of(key);
  return place == members_.size() ? nullptr : &members_[place].value;
}

Value& TableValue::set(std::string key, Position key_position, Value value) {
  const std::size_t place = place_of(key);
  if (place < members_.size()) {
    members_[place].value = std::move(value);
    return members_[place].value;
  }
  members_.push_back({std::move(key), key_position, std::move(value)});
  if (members_.size() > kSmall) {
    if (places_.empty()) {
      index_all();
    } else {
      places_.emplace(members_.back().key, place);
    }
  }
  return members_.back().value;
}

void TableValue::erase(std::string_view key) {
  std::erase_if(members_, [&](const Member& member) { return member.key == key; });
  index_all();
}

void TableValue::index_all() {
  places_.clear();
  if (members_.size() > kSmall) {
    for (std::size_t i = 0; i < members_.size(); ++i) {
      places_.emplace(members_[i].key, i);
    }
  }
}

std::string Value::type_name() const {
  static constexpr std::array<const char*, 7> kNames = {
      "a text", "a boolean", "an integer", "a number", "a date", "an array", "a table"};
  return kNames[data.index()];
}

const Value* Document::find(std::string_view path) const {
  const Value* value = &root;
  Position ignored;
  while (value != nullptr && !path.empty()) {
    value = follow(*value, next_step(path), ignored);
  }
  return value;
}

Position Document::position_of(std::string_view path) const {
  const Value* value = &root;
  Position position = root.position;
  while (value != nullptr && !path.empty()) {
    value = follow(*value, next_step(path), position);
  }
  return position;
}

} // namespace lantian
