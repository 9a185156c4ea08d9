#include "scenario/units.hpp"

#include <cctype>
#include <charconv>
#include <cmath>
#include <numeric>
#include <system_error>

#include <fmt/format.h>

#include "scenario/unit_words.hpp"

namespace lantian {

namespace {

constexpr std::uint64_t kYear = 31556952; // [s]
constexpr int kDeepest = 16;              // parentheses in a unit

//! An exact factor num / den x 10^exponent, with the dimension that it has.
struct Ratio {
  Dimension dimension;
  std::uint64_t num = 1;
  std::uint64_t den = 1;
  int exponent = 0;
};

[[noreturn]] void too_complex(std::string_view unit) {
  throw UnitError(fmt::format("the unit '{}' is too complex", unit));
}

std::uint64_t multiplied(std::uint64_t a, std::uint64_t b, std::string_view unit) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) {
    too_complex(unit);
  }
  return product;
}

void reduce(Ratio& ratio) {
  const std::uint64_t common = std::gcd(ratio.num, ratio.den);
  ratio.num /= common;
  ratio.den /= common;
}

Ratio times(Ratio a, Ratio b, std::string_view unit) {
  Ratio left{{}, a.num, b.den, 0};
  Ratio right{{}, b.num, a.den, 0};
  reduce(left);
  reduce(right);
  return {a.dimension * b.dimension, multiplied(left.num, right.num, unit),
          multiplied(left.den, right.den, unit), a.exponent + b.exponent};
}

Ratio inverse(Ratio ratio) {
  return {kDimensionless / ratio.dimension, ratio.den, ratio.num, -ratio.exponent};
}

bool is_unit_start(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '%';
}
bool is_unit_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '%' || c == '_' || c == '^' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_term_start(char c) {
  return is_unit_start(c) || c == '(' || static_cast<unsigned char>(c) >= 0x80;
}

//! unit := ["/"] term (("*" | "/") term)*, term := name | "(" unit ")"; quotients bind to the left.
class UnitParser {
public:
  explicit UnitParser(std::string_view text) : text_(text) {}

  Ratio whole() {
    const Ratio ratio = product(0);
    skip_space();
    if (at_ < text_.size()) {
      throw UnitError(
          fmt::format("the unit '{}' cannot be read from '{}' on", text_, text_.substr(at_)));
    }
    return ratio;
  }

private:
  Ratio product(int depth) {
    if (depth > kDeepest) {
      too_complex(text_);
    }
    skip_space();
    Ratio ratio;
    if (peek() == '/' || (peek() == '1' && next_after_one() == '/')) {
      at_ += peek() == '1' ? 1 : 0;
    } else {
      ratio = term(depth);
    }
    for (skip_space(); peek() == '*' || peek() == '/'; skip_space()) {
      const bool divide = text_[at_++] == '/';
      skip_space();
      const Ratio next = term(depth);
      ratio = times(ratio, divide ? inverse(next) : next, text_);
    }
    return ratio;
  }

  Ratio term(int depth) {
    if (peek() == '(') {
      ++at_;
      const Ratio ratio = product(depth + 1);
      if (peek() != ')') {
        throw UnitError(fmt::format("the unit '{}' lacks a ')'", text_));
      }
      ++at_;
      return ratio;
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_unit_char(text_[at_])) {
      ++at_;
    }
    if (begin == at_) {
      throw UnitError(fmt::format("a unit is missing in '{}'", text_));
    }
    return named(text_.substr(begin, at_ - begin));
  }

  static Ratio named(std::string_view name) {
    for (const UnitRow& row : unit_table()) {
      if (row.name == name) {
        return {row.dimension, row.mantissa, 1, row.exponent};
      }
    }
    throw UnitError(unknown_unit_message(name));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  char next_after_one() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }
  void skip_space() {
    while (peek() == ' ') {
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

//! Time is in seconds in the table; anything but a pure duration is counted in calendar years.
Ratio in_base_units(Ratio ratio, std::string_view unit) {
  if (is_duration(ratio.dimension)) {
    return ratio;
  }
  const Ratio year{{}, kYear, 1, 0};
  for (int i = 0; i < std::abs(ratio.dimension.time); ++i) {
    ratio = times(ratio, ratio.dimension.time < 0 ? year : inverse(year), unit);
  }
  return ratio;
}

Ratio parse_ratio(std::string_view unit) {
  if (unit.empty()) {
    return {};
  }
  return in_base_units(UnitParser(unit).whole(), unit);
}

//! A decimal number taken apart: value = (negative ? -1 : 1) x digits x 10^exponent.
struct Decimal {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

//! Length of the decimal number that the text starts with, 0 if it starts with none.
std::size_t decimal_length(std::string_view text) {
  std::size_t at = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0) {
      ++at;
    }
    return at - begin;
  };
  if (digits() == 0) {
    return 0;
  }
  if (at + 1 < text.size() && text[at] == '.' &&
      std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0) {
    ++at;
    digits();
  }
  const std::size_t before_exponent = at;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    at += at < text.size() && (text[at] == '-' || text[at] == '+') ? 1 : 0;
    if (digits() == 0) {
      at = before_exponent;
    }
  }
  return at;
}

Decimal take_apart(std::string_view text) {
  Decimal decimal;
  std::size_t at = 0;
  if (text[0] == '-' || text[0] == '+') {
    decimal.negative = text[0] == '-';
    at = 1;
  }
  bool in_fraction = false;
  for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    if (text[at] == '.') {
      in_fraction = true;
    } else {
      decimal.digits.push_back(text[at]);
      decimal.exponent -= in_fraction ? 1 : 0;
    }
  }
  if (at < text.size()) {
    at += text[at + 1] == '+' ? 2 : 1;
    int exponent = 0;
    const auto end = text.data() + text.size();
    if (std::from_chars(text.data() + at, end, exponent).ec != std::errc{} ||
        std::abs(exponent) > 1000) {
      throw UnitError(fmt::format("the number {} is out of range", text));
    }
    decimal.exponent += exponent;
  }
  return decimal;
}

//! Schoolbook multiplication of two strings of decimal digits.
std::string multiply_digits(const std::string& a, const std::string& b) {
  std::vector<int> sum(a.size() + b.size(), 0);
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      sum[i + j + 1] += (a[i] - '0') * (b[j] - '0');
    }
    for (std::size_t k = sum.size(); k-- > 1;) {
      sum[k - 1] += sum[k] / 10;
      sum[k] %= 10;
    }
  }
  std::string digits;
  for (const int digit : sum) {
    digits.push_back(static_cast<char>('0' + digit));
  }
  return digits;
}

double scaled(std::string_view text, const Ratio& ratio) {
  if (text.size() > 400) {
    throw UnitError("a number has more than 400 characters");
  }
  const Decimal decimal = take_apart(text);
  const std::string digits = multiply_digits(decimal.digits, std::to_string(ratio.num));
  const std::string whole = fmt::format("{}{}e{}", decimal.negative ? "-" : "", digits,
                                        decimal.exponent + ratio.exponent);
  double value = 0;
  const auto result = std::from_chars(whole.data(), whole.data() + whole.size(), value);
  const bool is_zero = digits.find_first_not_of('0') == std::string::npos;
  if (is_zero) {
    return 0.0;
  }
  if (result.ec != std::errc{} || !(std::abs(value) <= kLargestQuantity)) {
    throw UnitError(fmt::format("the number {} is out of range", text));
  }
  return value / static_cast<double>(ratio.den);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

} // namespace

Unit parse_unit(std::string_view text) {
  const Ratio ratio = parse_ratio(trimmed(text));
  return {ratio.dimension, scaled("1", ratio)};
}

Quantity parse_quantity(std::string_view text) {
  const std::string_view all = trimmed(text);
  const std::size_t length = decimal_length(all);
  if (length == 0) {
    throw UnitError(fmt::format("'{}' does not begin with a number", all));
  }
  const std::string_view unit = trimmed(all.substr(length));
  if (!unit.empty() && (unit[0] == ',' || unit[0] == '.' || unit[0] == '_' ||
                        std::isdigit(static_cast<unsigned char>(unit[0])) != 0)) {
    throw UnitError(fmt::format("'{}' is not a number: write digits without separators and a "
                                "decimal point, as in 1200.5",
                                all));
  }
  const Ratio ratio = parse_ratio(unit);
  return {scaled(all.substr(0, length), ratio), ratio.dimension, std::string(unit)};
}

double scale_decimal(std::string_view digits, std::string_view unit) {
  return scaled(digits, parse_ratio(trimmed(unit)));
}

std::size_t number_prefix_length(std::string_view text) {
  return decimal_length(text);
}

std::size_t unit_prefix_length(std::string_view text) {
  std::size_t end = 0; // of the last complete unit
  std::size_t at = 0;
  int open = 0;
  bool wants_term = true;
  bool begins = true; // the unit, or one in parentheses: it may begin with a "/"
  const auto next_starts_term = [&](std::size_t from) {
    from = text.find_first_not_of(' ', from);
    return from != std::string_view::npos && is_term_start(text[from]);
  };
  while (at < text.size()) {
    const char c = text[at];
    if (c == ' ') {
      ++at;
    } else if (wants_term && c == '(') {
      ++open, ++at;
      begins = true;
    } else if (wants_term && is_term_start(c)) {
      while (at < text.size() && is_unit_char(text[at])) {
        ++at;
      }
      wants_term = begins = false;
      end = open == 0 ? at : end;
    } else if (!wants_term && c == ')' && open > 0) {
      --open, ++at;
      end = open == 0 ? at : end;
    } else if ((!wants_term ? c == '/' || c == '*' : begins && c == '/') &&
               next_starts_term(at + 1)) {
      wants_term = true;
      begins = false;
      ++at;
    } else {
      break;
    }
  }
  return end;
}

} // namespace lantian
