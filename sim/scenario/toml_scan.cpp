#include "scenario/toml_reader.hpp"

#include <cctype>
#include <string>
#include <vector>

#include "scenario/utf8.hpp"

namespace lantian {

namespace {

//! Walks over TOML text, well-formed or not, and counts levels: brackets and the dots of keys.
class DepthScan {
public:
  DepthScan(std::string_view text, std::uint64_t levels) : text_(text), levels_(levels) {}

  std::optional<Position> first_too_deep(std::uint32_t file) {
    while (at_ < text_.size()) {
      step();
      if (open_.size() + header_dots_ + dots_ + open_dots_ > levels_) {
        return Position{
            file, line_,
            static_cast<std::uint32_t>(characters(text_.substr(line_begin_, at_ - line_begin_)))};
      }
    }
    return std::nullopt;
  }

private:
  void step() {
    const char c = text_[at_];
    switch (c) {
    case '\n':
      end_line();
      return;
    case '#':
      skip_comment();
      return;
    case '"':
    case '\'':
      skip_string(c);
      return;
    case '[':
    case '{':
      open(c);
      break;
    case ']':
    case '}':
      close();
      break;
    case ',':
      dots_ = 0;
      break;
    case '.':
      ++dots_;
      break;
    default:
      break;
    }
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      line_is_empty_ = false;
    }
    ++at_;
  }

  void end_line() {
    ++at_;
    ++line_;
    line_begin_ = at_;
    line_is_empty_ = true;
    if (in_header_) {
      header_dots_ = dots_;
      in_header_ = false;
      open_.clear();
      open_dots_ = 0;
    }
    dots_ = 0;
  }

  void open(char) {
    if (open_.empty() && line_is_empty_) {
      in_header_ = true;
      header_dots_ = 0;
    }
    open_.push_back(dots_);
    open_dots_ += dots_;
    dots_ = 0;
  }

  void close() {
    if (!in_header_ && !open_.empty()) {
      open_dots_ -= open_.back();
      open_.pop_back();
      dots_ = 0;
    }
  }

  void skip_comment() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      ++at_;
    }
  }

  void skip_string(char quote) {
    line_is_empty_ = false;
    const std::string triple(3, quote);
    const bool is_long = text_.substr(at_, 3) == triple;
    at_ += is_long ? 3 : 1;
    while (at_ < text_.size()) {
      if (text_[at_] == '\\' && quote == '"' && text_.substr(at_ + 1, 1) != "\n") {
        ++at_;
      } else if (is_long ? text_.substr(at_, 3) == triple : text_[at_] == quote) {
        at_ += is_long ? 3 : 1;
        for (int more = 0; is_long && more < 2 && at_ < text_.size() && text_[at_] == quote;
             ++more) {
          ++at_; // a quote or two before the closing three are part of the text
        }
        return;
      } else if (text_[at_] == '\n') {
        if (!is_long) {
          return;
        }
        ++line_;
        line_begin_ = at_ + 1;
      }
      ++at_;
    }
  }

  std::string_view text_;
  std::uint64_t levels_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t line_begin_ = 0;
  bool line_is_empty_ = true;
  bool in_header_ = false;
  std::size_t header_dots_ = 0;
  std::size_t dots_ = 0;          // of the key (or number) being read
  std::size_t open_dots_ = 0;     // of the keys before the open brackets
  std::vector<std::size_t> open_; // dots before each open bracket
};

} // namespace

std::optional<Position> too_deep(std::string_view text, std::uint32_t file, std::uint64_t levels) {
  return DepthScan(text, levels).first_too_deep(file);
}

} // namespace lantian
