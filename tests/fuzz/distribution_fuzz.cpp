// Distributions, from the text `x = { pert = … }` to their draws: what is accepted gives finite
// draws within its bounds, which grow with the uniform number up to rounding.

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "fuzz/places.hpp"
#include "scenario/field_table.hpp"
#include "scenario/read_context.hpp"
#include "scenario/toml_reader.hpp"

namespace lantian::fuzz {
namespace {

constexpr double kLeast = 0x1p-53; // of (k + 1/2) 2^-52
constexpr std::array kUniform = {kLeast, 3 * kLeast, 1e-12, 1e-6,  0.001,    0.05,      0.25,
                                 0.5,    0.75,       0.95,  0.999, 1 - 1e-6, 1 - kLeast};
constexpr double kRounding = 1e-9; // of the greater of two values, or of the width

struct Row {
  std::optional<Number> x;
};

const FieldTable<Row>& fields() {
  static const auto fields = FieldTable<Row>("", "").number("x", &Row::x, {.chance = true});
  return fields;
}

std::optional<Number> read(std::string_view text) {
  Document document;
  document.files = {{"f", "f", std::string(text)}};
  Diagnostics diagnostics(&document);
  auto root = read_toml(text, 0, diagnostics);
  Row row;
  if (root) {
    document.root = std::move(*root);
    ReadContext context(document, diagnostics);
    TableReader reader(context, document.root, "");
    fields().read(row, reader);
  }
  if (!diagnostics.empty()) {
    require_places(diagnostics, text);
    return std::nullopt;
  }
  return row.x;
}

void check(const Distribution& distribution) {
  const double low = distribution.low();
  const double high = distribution.high();
  const double mean = distribution.mean();
  const std::string ends = fmt::format("{} to {}, mean {}", low, high, mean);
  require(std::isfinite(mean), "a mean is finite", ends);
  require(low <= high, "bounds are in order", ends);
  require(mean >= low - kRounding * std::abs(mean) && mean <= high + kRounding * std::abs(mean),
          "a mean lies within the bounds", ends);
  double before = 0;
  for (const double u : kUniform) {
    const double x = distribution.quantile(u);
    const std::string seen = fmt::format("{} at {}, {} before; {}", x, u, before, ends);
    const double rounding = kRounding * std::max(std::abs(x), std::abs(before));
    require(std::isfinite(x), "a draw is finite", seen);
    require(x >= low - rounding && x <= high + rounding, "a draw lies within the bounds", seen);
    require(u == kLeast || x >= before - rounding, "a draw grows with its uniform number", seen);
    before = x;
  }
}

} // namespace
} // namespace lantian::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto number = lantian::fuzz::read(lantian::fuzz::text_of(data, size));
  if (number && number->is_chance()) {
    lantian::fuzz::check(*number->distribution());
  } else if (number && number->is_constant()) {
    lantian::fuzz::require(std::isfinite(number->value({})), "an amount is finite");
  }
  return 0;
}
