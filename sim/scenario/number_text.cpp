#include "scenario/number_text.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "scenario/ids.hpp"
#include "scenario/read_context.hpp"

namespace lantian {

namespace {

constexpr int kMostFactors = 64;

class NumberText {
public:
  NumberText(std::string_view text, const FieldInput& input) : text_(text), input_(input) {}

  std::optional<Number> read() {
    auto number = factor();
    for (int factors = 1; number && !at_end(); ++factors) {
      const char sign = text_[at_];
      if (sign != '*' && sign != '/') {
        return unexpected();
      }
      if (factors == kMostFactors) {
        input_.error(fmt::format("a product may have at most {} factors", kMostFactors));
        return std::nullopt;
      }
      ++at_;
      const auto next = factor();
      if (!next) {
        return std::nullopt;
      }
      if (sign == '/' && next->is_constant() && next->value({}) == 0) {
        input_.error(fmt::format("'{}' divides by zero", text_));
        return std::nullopt;
      }
      number = sign == '*' ? *number * *next : *number / *next;
    }
    return number;
  }

private:
  std::optional<Number> factor() {
    if (at_end()) {
      input_.error(text_.empty() ? "is empty: a number is needed"
                                 : fmt::format("'{}' ends where a number is needed", text_));
      return std::nullopt;
    }
    return text_[at_] == '@' ? parameter() : quantity();
  }

  std::optional<Number> parameter() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && is_id_char(text_[at_])) {
      ++at_;
    }
    const std::string id(text_.substr(begin, at_ - begin));
    if (id.empty()) {
      input_.error(fmt::format("'{}' has a '@' without the name of a parameter", text_));
      return std::nullopt;
    }
    return input_.context.parameters().named(id, input_);
  }

  std::optional<Number> quantity() {
    const std::string_view rest = text_.substr(at_);
    const std::size_t digits = number_prefix_length(rest);
    if (digits == 0) {
      return unexpected();
    }
    std::size_t unit_at = rest.find_first_not_of(' ', digits);
    unit_at = unit_at == std::string_view::npos ? rest.size() : unit_at;
    const std::size_t length = unit_prefix_length(rest.substr(unit_at));
    const std::string_view whole = rest.substr(0, length == 0 ? digits : unit_at + length);
    at_ += whole.size();
    try {
      const Quantity quantity = parse_quantity(whole);
      return Number::constant(quantity.value, quantity.dimension);
    } catch (const UnitError& error) {
      input_.error(error.what());
      return std::nullopt;
    }
  }

  bool at_end() {
    while (at_ < text_.size() && text_[at_] == ' ') {
      ++at_;
    }
    return at_ >= text_.size();
  }

  std::nullopt_t unexpected() {
    const std::string_view rest = text_.substr(at_);
    if (at_ == 0) {
      const std::string id(rest);
      const auto& known = input_.context.ids("parameters");
      const bool is_parameter = std::binary_search(known.begin(), known.end(), id);
      input_.error(
          fmt::format("'{}' does not begin with a number{}", text_,
                      is_parameter ? fmt::format("; a parameter is written '@{}'", id) : ""));
    } else if (rest[0] == '+' || rest[0] == '-') {
      input_.error(fmt::format("'{}' has a sum; a number may have only products, quotients and "
                               "mixes",
                               text_));
    } else if (rest[0] == ',' || rest[0] == '_' || rest[0] == '.' ||
               std::isdigit(static_cast<unsigned char>(rest[0])) != 0) {
      input_.error(fmt::format("'{}' cannot be read from '{}' on: write digits without separators "
                               "and a decimal point, as in 1200.5",
                               text_, rest));
    } else {
      input_.error(fmt::format("'{}' cannot be read from '{}' on", text_, rest));
    }
    return std::nullopt;
  }

  std::string_view text_;
  const FieldInput& input_;
  std::size_t at_ = 0;
};

} // namespace

std::optional<Number> read_number_text(std::string_view text, const FieldInput& input) {
  return NumberText(text, input).read();
}

} // namespace lantian
