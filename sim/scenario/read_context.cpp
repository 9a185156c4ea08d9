#include "scenario/read_context.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenario/ids.hpp"

namespace lantian {

std::string row_of(std::string_view path) {
  const std::size_t dot = path.find('.');
  const std::size_t end = dot == std::string_view::npos ? dot : path.find_first_of(".[", dot + 1);
  return std::string(path.substr(0, end));
}

const std::vector<std::string>& ReadContext::ids(const std::string& table) {
  const auto [found, is_new] = ids_.try_emplace(table);
  if (is_new) {
    const Value* value = document_.find(table);
    if (value != nullptr && value->as_table() != nullptr) {
      for (const Member& member : value->as_table()->members()) {
        if (is_id(member.key) && member.value.as_table() != nullptr) {
          found->second.push_back(member.key);
        }
      }
      std::sort(found->second.begin(), found->second.end());
    }
  }
  return found->second;
}

bool ReadContext::is_reported(const std::string& table, const std::string& id) const {
  const Value* value = document_.find(table);
  const TableValue* rows = value == nullptr ? nullptr : value->as_table();
  return value != nullptr && (rows == nullptr || rows->find(id) != nullptr);
}

std::string ReadContext::no_such(const std::string& table, const std::string& id,
                                 const std::string& written) {
  const std::string row = table + "." + id;
  for (const Member& removed : document_.removed) {
    if (removed.key == row) {
      const Position& at = removed.value.position;
      return fmt::format("'{}' was taken out of [{}] by `enabled = false` ({}:{})", written, table,
                         document_.files[at.file].shown, at.line);
    }
  }
  const auto& known = ids(table);
  if (known.empty()) {
    return fmt::format("there is no '{}' in [{}], which is empty", written, table);
  }
  return fmt::format("there is no '{}' in [{}]{}", written, table, did_you_mean(id, known));
}

void ReadContext::note_reference(const std::string& path, const std::string& row) {
  referred_by_[row].insert(row_of(path));
}

void ReadContext::mark_unread(const std::string& path) {
  unread_.insert(row_of(path));
}

bool ReadContext::is_read(const std::string& path) const {
  return unread_.find(row_of(path)) == unread_.end();
}

std::set<std::string> ReadContext::unsound_rows() const {
  std::set<std::string> unsound = unread_;
  for (const Mistake& mistake : diagnostics_.sorted()) {
    unsound.insert(row_of(mistake.key));
  }
  std::vector<std::string> open(unsound.begin(), unsound.end());
  while (!open.empty()) {
    const auto referring = referred_by_.find(open.back());
    open.pop_back();
    if (referring == referred_by_.end()) {
      continue;
    }
    for (const std::string& row : referring->second) {
      if (unsound.insert(row).second) {
        open.push_back(row);
      }
    }
  }
  return unsound;
}

} // namespace lantian
