#include "scenario/diagnostics.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace lantian {

namespace {

auto order(const Mistake& mistake) {
  return std::tie(mistake.file, mistake.line, mistake.column, mistake.key, mistake.message);
}

std::string all_texts(const std::vector<Mistake>& mistakes) {
  std::string text;
  for (const Mistake& mistake : mistakes) {
    text += (text.empty() ? "" : "\n") + mistake.text();
  }
  return text;
}

//! What an input says may stand in a message, but neither end it nor speak to a terminal.
std::string without_controls(const std::string& text) {
  std::string shown;
  for (const char c : text) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    shown += is_control ? fmt::format("\\u{:04x}", static_cast<unsigned>(c)) : std::string(1, c);
  }
  return shown;
}

} // namespace

std::string Mistake::text() const {
  std::string text = file;
  if (line > 0) {
    text += fmt::format(":{}:{}", line, column);
  }
  if (!text.empty()) {
    text += ": ";
  }
  return text + (key.empty() ? "" : key + ": ") + message;
}

ScenarioError::ScenarioError(std::vector<Mistake> mistakes)
    : Error(all_texts(mistakes)), mistakes_(std::move(mistakes)) {}

void Diagnostics::error(Position position, std::string key, std::string message) {
  Mistake mistake{"", position.line, position.column, without_controls(key),
                  without_controls(message)};
  if (document_ != nullptr && position.file < document_->files.size()) {
    mistake.file = document_->files[position.file].shown;
  }
  mistakes_.push_back(std::move(mistake));
}

void Diagnostics::error(std::string key, std::string message) {
  const Position position = document_ == nullptr ? Position{} : document_->position_of(key);
  error(position, std::move(key), std::move(message));
}

void Diagnostics::file_error(std::string file, std::string message) {
  mistakes_.push_back({std::move(file), 0, 0, "", std::move(message)});
}

std::vector<Mistake> Diagnostics::sorted() const {
  std::vector<Mistake> sorted = mistakes_;
  std::sort(sorted.begin(), sorted.end(),
            [](const Mistake& a, const Mistake& b) { return order(a) < order(b); });
  const auto last =
      std::unique(sorted.begin(), sorted.end(),
                  [](const Mistake& a, const Mistake& b) { return order(a) == order(b); });
  sorted.erase(last, sorted.end());
  return sorted;
}

void Diagnostics::throw_if_any() const {
  if (!empty()) {
    throw ScenarioError(sorted());
  }
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::vector<std::string> nearest(std::string_view word,
                                 const std::vector<std::string>& candidates) {
  const std::size_t most = word.size() <= 3 ? 1 : word.size() <= 12 ? 2 : 3;
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    if (longer - std::min(word.size(), candidate.size()) > most) {
      continue;
    }
    const std::size_t distance = edit_distance(word, candidate);
    if (distance > 0 && distance <= most && distance < longer) {
      found.emplace_back(distance, candidate);
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> words;
  for (auto& [distance, candidate] : found) {
    if (distance == found.front().first && words.size() < 3) {
      words.push_back(std::move(candidate));
    }
  }
  return words;
}

std::string one_of(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
    text += "'" + words[i] + "'";
  }
  return text;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::vector<std::string> words = nearest(word, candidates);
  return words.empty() ? "" : "; did you mean " + one_of(words) + "?";
}

} // namespace lantian
