#include "scenario/number_reader.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "scenario/distributions.hpp"
#include "scenario/merge.hpp"
#include "scenario/number_text.hpp"
#include "scenario/read_context.hpp"
#include "scenario/unit_words.hpp"

namespace lantian {

namespace {

constexpr const char* kForms = "a quantity such as \"5 t\", a product with @parameters, or a table "
                               "{ pert = … } or { mix = … }";

std::vector<std::string> keys_of(const std::vector<DistributionArgument>& arguments) {
  std::vector<std::string> keys;
  for (const DistributionArgument& argument : arguments) {
    keys.emplace_back(argument.name);
  }
  return keys;
}

//! Reads one value into a Number; mistakes are reported at the part where they are.
class NumberReader {
public:
  NumberReader(const FieldInput& input, bool allow_chance)
      : input_(input), allow_chance_(allow_chance) {}

  std::optional<Number> read() {
    const Value& value = input_.value;
    if (value.as_integer() != nullptr) {
      return Number::constant(static_cast<double>(*value.as_integer()));
    }
    if (value.as_float() != nullptr) {
      return plain(*value.as_float());
    }
    if (value.as_text() != nullptr) {
      return read_number_text(*value.as_text(), input_);
    }
    if (value.as_table() != nullptr) {
      return table(*value.as_table());
    }
    input_.error(fmt::format("must be {}, not {}", kForms, value.type_name()));
    return std::nullopt;
  }

private:
  std::optional<Number> plain(double number) const {
    if (!std::isfinite(number)) {
      input_.error(fmt::format("{} is not a quantity: NaN and infinities are refused", number));
      return std::nullopt;
    }
    if (!(std::abs(number) <= kLargestQuantity)) {
      input_.error(fmt::format("the number {} is out of range", number));
      return std::nullopt;
    }
    return Number::constant(number);
  }

  std::optional<Number> part(const Value& value, const std::string& path) const {
    return NumberReader(input_.item(value, path), false).read();
  }

  std::optional<Number> table(const TableValue& table) {
    const Member* chosen = nullptr;
    bool good = true;
    for (const Member& member : table.members()) {
      if (member.key == "times") {
        continue;
      }
      if (member.key != "mix" && find_distribution(member.key) == nullptr) {
        unknown_form(member);
        good = false;
      } else if (chosen != nullptr) {
        error_at(member, fmt::format("a number has one form: there is '{}' already", chosen->key));
        good = false;
      } else {
        chosen = &member;
      }
    }
    if (chosen == nullptr && good) {
      input_.error(fmt::format("must be {}", kForms));
    }
    return chosen == nullptr || !good ? std::nullopt : scaled(*chosen, table.find("times"));
  }

  std::optional<Number> scaled(const Member& chosen, const Value* times) {
    const auto number = chosen.key == "mix" ? mix(chosen) : distribution(chosen);
    if (times == nullptr || !number) {
      return number;
    }
    const auto factor = part(*times, input_.path + ".times");
    return factor ? std::optional(*factor * *number) : std::nullopt;
  }

  std::optional<Number> mix(const Member& member) const {
    const TableValue* table = member.value.as_table();
    const std::string path = input_.path + ".mix";
    static const std::vector<std::string> kKeys = {"from", "to", "share"};
    if (table == nullptr || !has_keys(member, kKeys, kKeys)) {
      return std::nullopt;
    }
    const auto from = part(*table->find("from"), path + ".from");
    const auto to = part(*table->find("to"), path + ".to");
    const auto share = part(*table->find("share"), path + ".share");
    if (!from || !to || !share) {
      return std::nullopt;
    }
    if (from->dimension() != to->dimension()) {
      error_at(member, fmt::format("'from' is {} and 'to' is {}: they must be of one dimension",
                                   describe(from->dimension()), describe(to->dimension())));
      return std::nullopt;
    }
    return share_is_good(member, *share) ? std::optional(Number::mix(*from, *to, *share))
                                         : std::nullopt;
  }

  bool share_is_good(const Member& member, const Number& share) const {
    if (share.dimension() != kDimensionless) {
      error_at(member, fmt::format("'share' is {}; a plain number or % is needed",
                                   describe(share.dimension())));
      return false;
    }
    const Bounds bounds = share.bounds(input_.context.parameters().bounds());
    if (bounds.low < 0 || bounds.high > 1) {
      error_at(member, "'share' is out of range: must be from 0 to 1");
      return false;
    }
    return true;
  }

  std::optional<Number> distribution(const Member& member) const {
    const DistributionSpec& spec = *find_distribution(member.key);
    const std::vector<std::string> keys = keys_of(spec.arguments);
    if (is_failed_file(member) || !has_keys(member, keys, {})) {
      return std::nullopt;
    }
    Dimension dimension;
    DistributionArguments arguments;
    if (!read_arguments(member, spec, arguments, dimension) || !is_complete(member, spec)) {
      return std::nullopt;
    }
    try {
      const Distribution distribution = make_distribution(spec.name, arguments);
      const Number number = Number::chance(distribution, dimension);
      return allow_chance_ ? number : input_.context.parameters().anonymous(input_, number);
    } catch (const std::invalid_argument& error) {
      error_at(member, error.what());
      return std::nullopt;
    }
  }

  //! The file of an empirical distribution could not be read; that was reported.
  static bool is_failed_file(const Member& member) {
    const TableValue* table = member.value.as_table();
    const Value* file = table == nullptr ? nullptr : table->find("file");
    return member.key == "empirical" && file != nullptr && file->as_text() != nullptr;
  }

  bool read_arguments(const Member& member, const DistributionSpec& spec,
                      DistributionArguments& arguments, Dimension& dimension) const {
    bool good = true;
    bool knows_dimension = false;
    for (const DistributionArgument& argument : spec.arguments) {
      const Value* value = member.value.as_table()->find(argument.name);
      if (value == nullptr) {
        continue;
      }
      const std::string path = fmt::format("{}.{}.{}", input_.path, spec.name, argument.name);
      const auto quantities = quantities_of(*value, argument, path);
      good = good && !quantities.empty();
      auto& values = arguments[std::string(argument.name)];
      for (const Quantity& quantity : quantities) {
        const Dimension needed = !argument.is_quantity ? kDimensionless
                                 : knows_dimension     ? dimension
                                                       : quantity.dimension;
        if (quantity.dimension != needed) {
          report_mixed(*value, path, quantity, needed, argument.is_quantity);
          good = false;
        }
        dimension = argument.is_quantity && !knows_dimension ? quantity.dimension : dimension;
        knows_dimension = knows_dimension || argument.is_quantity;
        values.push_back(quantity.value);
      }
    }
    return good;
  }

  void report_mixed(const Value& value, const std::string& path, const Quantity& quantity,
                    Dimension needed, bool is_quantity) const {
    const std::string why = is_quantity ? fmt::format("{} as the others", describe(needed))
                                        : std::string("a plain number or %");
    input_.context.diagnostics().error(
        value.position, path, fmt::format("is {}, must be {}", describe(quantity.dimension), why));
  }

  std::vector<Quantity> quantities_of(const Value& value, const DistributionArgument& argument,
                                      const std::string& path) const {
    std::vector<Quantity> quantities;
    const Array* array = value.as_array();
    if (argument.is_list != (array != nullptr)) {
      input_.context.diagnostics().error(
          value.position, path, argument.is_list ? "must be an array" : "must be one quantity");
      return quantities;
    }
    const std::size_t count = array == nullptr ? 1 : array->size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto quantity =
          read_quantity(input_.item(array == nullptr ? value : (*array)[i], path));
      if (!quantity) {
        return {};
      }
      quantities.push_back(*quantity);
    }
    if (quantities.empty()) {
      input_.context.diagnostics().error(value.position, path, "must not be empty");
    }
    return quantities;
  }

  bool is_complete(const Member& member, const DistributionSpec& spec) const {
    const TableValue& table = *member.value.as_table();
    std::string forms;
    for (const auto& form : spec.forms) {
      std::size_t given = 0;
      for (const std::string_view name : form) {
        given += table.find(name) != nullptr ? 1 : 0;
      }
      if (given == form.size() && given == table.members().size()) {
        return true;
      }
      forms += fmt::format("{}{{ {} }}", forms.empty() ? "" : " or ", fmt::join(form, ", "));
    }
    error_at(member, fmt::format("must be given as {}", forms));
    return false;
  }

  //! Reports keys that are not known and keys that are missing.
  bool has_keys(const Member& member, const std::vector<std::string>& known,
                const std::vector<std::string>& required) const {
    const TableValue* table = member.value.as_table();
    if (table == nullptr) {
      error_at(member, fmt::format("must be a table with {}, not {}", fmt::join(known, ", "),
                                   member.value.type_name()));
      return false;
    }
    bool good = true;
    for (const Member& inner : table->members()) {
      if (std::find(known.begin(), known.end(), inner.key) == known.end()) {
        input_.context.diagnostics().error(
            inner.key_position, fmt::format("{}.{}.{}", input_.path, member.key, inner.key),
            fmt::format("unknown key; '{}' has {}{}", member.key, fmt::join(known, ", "),
                        did_you_mean(inner.key, known)));
        good = false;
      }
    }
    for (const std::string& key : required) {
      if (table->find(key) == nullptr) {
        error_at(member, fmt::format("the key '{}' is missing", key));
        good = false;
      }
    }
    return good;
  }

  void unknown_form(const Member& member) const {
    std::vector<std::string> known = distribution_names();
    known.emplace_back("mix");
    known.emplace_back("times");
    const std::string hint = did_you_mean(member.key, known);
    error_at(member,
             "is no form of a number" +
                 (hint.empty() ? fmt::format("; known are {}", fmt::join(known, ", ")) : hint));
  }

  void error_at(const Member& member, std::string message) const {
    input_.context.diagnostics().error(member.key_position, input_.path + "." + member.key,
                                       std::move(message));
  }

  FieldInput input_;
  bool allow_chance_;
};

bool dimension_is_good(const FieldInput& input, const Number& number) {
  const auto& asked = input.info.options.dimension;
  if (!asked || *asked == number.dimension()) {
    return true;
  }
  input.error(wrong_number_dimension(input, number.dimension(), *asked));
  return false;
}

} // namespace

std::optional<Number> read_number(const FieldInput& input) {
  auto number = NumberReader(input, input.info.options.chance).read();
  const bool good = number && dimension_is_good(input, *number) &&
                    check_range(input, number->bounds(input.context.parameters().bounds()),
                                number->dimension(), number->is_constant());
  if (!good) {
    input.context.mark_unread(input.path);
    return std::nullopt;
  }
  return number;
}

std::optional<double> read_fixed(const FieldInput& input) {
  const auto quantity = read_quantity(input);
  if (!quantity) {
    return std::nullopt;
  }
  const Number number = Number::constant(quantity->value, quantity->dimension);
  const bool good =
      dimension_is_good(input, number) &&
      check_range(input, {quantity->value, quantity->value}, quantity->dimension, true);
  return good ? std::optional(quantity->value) : std::nullopt;
}

std::optional<Quantity> read_quantity(const FieldInput& input) {
  const Value& value = input.value;
  if (const std::int64_t* integer = value.as_integer()) {
    return Quantity{static_cast<double>(*integer), {}, ""};
  }
  if (const double* number = value.as_float()) {
    if (std::abs(*number) <= kLargestQuantity) {
      return Quantity{*number, {}, ""};
    }
    input.error(std::isfinite(*number)
                    ? fmt::format("the number {} is out of range", *number)
                    : fmt::format("{} is not a quantity: NaN and infinities are refused", *number));
    return std::nullopt;
  }
  if (value.as_text() == nullptr) {
    input.error(fmt::format("must be a fixed quantity, not {}", value.type_name()));
    return std::nullopt;
  }
  if (value.as_text()->find('@') != std::string::npos) {
    input.error(fmt::format("'{}' refers to a parameter; only a fixed quantity can stand here",
                            *value.as_text()));
    return std::nullopt;
  }
  try {
    return parse_quantity(*value.as_text());
  } catch (const UnitError& error) {
    input.error(error.what());
    return std::nullopt;
  }
}

std::string wrong_number_dimension(const FieldInput& input, Dimension found, Dimension asked) {
  const std::string& example = input.info.options.unit;
  const Value& value = input.value;
  if (const std::string* text = value.as_text()) {
    const bool is_literal = text->find('@') == std::string::npos;
    const std::size_t digits = is_literal ? number_prefix_length(*text) : 0;
    const std::size_t begin = text->find_first_not_of(' ', digits);
    const std::string unit = digits == 0 || begin == std::string::npos ? "" : text->substr(begin);
    return wrong_dimension_message(*text, unit, found, asked, example);
  }
  return wrong_dimension_message(written(value), "", found, asked, example);
}

} // namespace lantian
