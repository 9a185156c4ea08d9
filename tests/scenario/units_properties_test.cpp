// Units of any words, against the table's factors multiplied out here.

#include "scenario/units.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "scenario/number.hpp"

namespace lantian {
namespace {

//! A word of a unit: a row of the table, above or below the line.
struct Word {
  std::size_t row = 0;
  bool is_below = false;
};

//! Words that are read from left to right; and then some in parentheses, below the line.
struct Phrase {
  std::vector<Word> words;
  std::vector<Word> below;

  std::string text() const {
    const std::string left = joined(words);
    return below.empty() ? left : fmt::format("{}/({})", left, joined(below));
  }

  //! Begins with "/" where the first word is below the line.
  static std::string joined(const std::vector<Word>& words) {
    std::string text;
    for (const Word& word : words) {
      text += word.is_below ? "/" : text.empty() ? "" : "*";
      text += unit_table()[word.row].name;
    }
    return text;
  }

  //! act(row, 1 or -1) for each word.
  template <class Act> void for_each(const Act& act) const {
    for (const Word& word : words)
      act(unit_table()[word.row], word.is_below ? -1 : 1);
    for (const Word& word : below)
      act(unit_table()[word.row], word.is_below ? 1 : -1);
  }

  Phrase times(const Phrase& other) const {
    Phrase both = *this;
    both.words.insert(both.words.end(), other.words.begin(), other.words.end());
    both.below.insert(both.below.end(), other.below.begin(), other.below.end());
    return both;
  }
  Phrase inverse() const { return {below, words}; }

  Dimension dimension() const {
    Dimension all;
    for_each([&all](const UnitRow& row, int power) {
      all = power > 0 ? all * row.dimension : all / row.dimension;
    });
    return all;
  }

  //! Base units in one: the table has time in seconds, what is no duration counts in years.
  long double in_base() const {
    long double factor = 1;
    for_each([&factor](const UnitRow& row, int power) {
      factor *= std::pow(static_cast<long double>(row.mantissa), power) *
                std::pow(10.0L, power * row.exponent);
    });
    const Dimension all = dimension();
    return is_duration(all) ? factor : factor / std::pow(31556952.0L, all.time);
  }
};

void showValue(const Phrase& phrase, std::ostream& out) { // NOLINT(readability-identifier-naming)
  out << "\"" << phrase.text() << "\"";
}

rc::Gen<Phrase> any_phrase() {
  using namespace rc;
  const auto any_word = gen::build<Word>(
      gen::set(&Word::row, gen::inRange<std::size_t>(0, unit_table().size())),
      gen::set(&Word::is_below, gen::weightedElement<bool>({{2, false}, {1, true}})));
  const auto few =
      gen::resize(2, gen::container<std::vector<Word>>(gen::resize(kNominalSize, any_word)));
  return gen::build<Phrase>(gen::set(&Phrase::words, few), gen::set(&Phrase::below, few));
}

//! The unit; the case is left out where its factor is more than 64 bits hold.
Unit parsed(const Phrase& phrase) {
  try {
    return parse_unit(phrase.text());
  } catch (const UnitError& error) {
    if (!std::string_view(error.what()).ends_with("is too complex")) {
      throw;
    }
    RC_DISCARD("too complex");
  }
}

bool is_near(double value, long double expected, long double tolerance = 1e-15L) {
  return std::abs(static_cast<long double>(value) - expected) <= tolerance * std::abs(expected);
}

//! The digits with a point after so many of them: "1.2345e4" is "12345" where the power is 0.
std::string with_point(std::string digits, std::size_t after, int power) {
  const std::size_t fraction = digits.size() - std::min(after, digits.size());
  if (fraction > 0)
    digits.insert(after, ".");
  return fmt::format("{}e{}", digits, power + static_cast<int>(fraction));
}

RC_GTEST_PROP(UnitsProperties, multiply_and_divide_as_they_are_written, ()) {
  const Phrase phrase = *any_phrase();
  const Unit unit = parsed(phrase);
  RC_ASSERT(unit.dimension == phrase.dimension());
  RC_ASSERT(is_near(unit.in_base, phrase.in_base()));
}

RC_GTEST_PROP(UnitsProperties, end_where_they_do_in_a_product, ()) {
  const std::string unit = (*any_phrase()).text();
  const std::string rest = *rc::gen::element<std::string>("", " * @x", "* @x", " / @x", " / 2");
  RC_ASSERT(unit_prefix_length(unit + rest) == unit.size());
}

// Units of one dimension and mantissa differ by a power of ten: so do t, kt and mg, and MWh and
// GWh.
RC_GTEST_PROP(UnitsProperties, give_one_double_for_an_amount_in_any_decimal_spelling, ()) {
  const auto& table = unit_table();
  const UnitRow& row = table[*rc::gen::inRange<std::size_t>(0, table.size())];
  std::vector<std::size_t> alike;
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].dimension == row.dimension && table[i].mantissa == row.mantissa)
      alike.push_back(i);
  }
  const UnitRow& other = table[*rc::gen::elementOf(alike)];
  const std::string digits = fmt::format("{}", *rc::gen::inRange<std::int64_t>(1, 1LL << 53));
  const auto after = *rc::gen::inRange<std::size_t>(1, 17);
  const int power = *rc::gen::inRange(-20, 6);
  const std::string per = *rc::gen::element<std::string>("", "/year", "/h", "/(km*month)");
  const std::string one = fmt::format("{}e{} {}{}", digits, power, row.name, per);
  const std::string same = fmt::format(
      "{} {}{}", with_point(digits, after, power + row.exponent - other.exponent), other.name, per);
  RC_LOG() << one << " and " << same;
  RC_ASSERT(parse_quantity(one).value == parse_quantity(same).value);
}

RC_GTEST_PROP(UnitsProperties, read_what_is_written_in_base_units_as_it_was, ()) {
  const auto value = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
  RC_PRE(std::abs(value) <= kLargestQuantity);
  const auto power = [] { return static_cast<std::int8_t>(*rc::gen::inRange(-2, 3)); };
  const Dimension dimension{power(), power(), power(), power(), power(), power()};
  const std::string text = fmt::format("{} {}", value, base_unit(dimension));
  RC_LOG() << text;
  const Quantity read = parse_quantity(text);
  RC_ASSERT(read.value == value);
  RC_ASSERT(read.dimension == dimension);
}

// Of an amount of one and an amount of the other, as numbers and in words: a duration counts in
// seconds, so that a rate times a duration must find its years again.
RC_GTEST_PROP(UnitsProperties, make_numbers_that_multiply_as_their_words_do, ()) {
  const Phrase a = *any_phrase();
  const Phrase b = *any_phrase();
  const auto number = [](const Phrase& phrase) {
    return Number::constant(3 * parsed(phrase).in_base, phrase.dimension());
  };
  const Number product = number(a) * number(b);
  const Number quotient = number(a) / number(b);
  RC_ASSERT(product.dimension() == a.dimension() * b.dimension());
  RC_ASSERT(quotient.dimension() == a.dimension() / b.dimension());
  RC_ASSERT(is_near(product.value({}), 9 * a.times(b).in_base(), 1e-14L));
  RC_ASSERT(is_near(quotient.value({}), a.times(b.inverse()).in_base(), 1e-14L));
}

} // namespace
} // namespace lantian
