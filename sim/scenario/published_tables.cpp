#include <fmt/format.h>

#include "scenario/inventory_tables.hpp"
#include "scenario/number_reader.hpp"

namespace lantian {

namespace {

using FigureReader = std::function<void(Published&, const FieldInput&)>;

FieldInfo figure_info(std::string name, std::string doc) {
  FieldOptions options;
  options.doc = std::move(doc);
  options.required = name == "value";
  options.unit = "kg/t";
  options.low = 0;
  return detail::info_of(std::move(name), FieldType::fixed, std::move(options));
}

//! Reads a fixed quantity with its dimension, which the pollutant and the plants decide.
template <class M> FigureReader read_figure(M Published::* member) {
  return [member](Published& published, const FieldInput& input) {
    const std::optional<Quantity> read = read_quantity(input);
    if (read && check_range(input, {read->value, read->value}, read->dimension, true)) {
      published.*member = *read;
    }
  };
}

//! Reports an end of the range that lies on the wrong side of the value, or counts something else.
void check_end(const Published& published, const char* key, const std::optional<Quantity>& end,
               TableReader& reader) {
  if (!end) {
    return;
  }
  const Quantity& value = published.value;
  const bool is_low = &end == &published.low;
  if (end->dimension != value.dimension) {
    reader.error(key, fmt::format("is {}, but 'value' is {}: both must count the same",
                                  describe(end->dimension), describe(value.dimension)));
  } else if (is_low ? end->value > value.value : end->value < value.value) {
    reader.error(key, fmt::format("{} lies {} 'value' ({})", written(*reader.find(key)),
                                  is_low ? "above" : "below", written(*reader.find("value"))));
  }
}

void check_figures(const Published& published, TableReader& reader) {
  if (!reader.is_read()) {
    return; // reported
  }
  if (reader.find("plants") != nullptr && published.plants.empty()) {
    reader.error("plants", "names no plant that the figure is compared with");
  }
  if (reader.find("value") != nullptr) {
    check_end(published, "low", published.low, reader);
    check_end(published, "high", published.high, reader);
  }
}

} // namespace

const FieldTable<Published>& published_fields() {
  static const auto fields =
      named_table<Published>("published",
                             "What whole plants emit per amount of product, as published: results "
                             "are compared with it, and nothing is computed from it.")
          .references(
              "plants", &Published::plants,
              {.doc = "Plants that it is compared with.", .required = true, .table = "plants"})
          .reference("pollutant", &Published::pollutant,
                     {.doc = "What is emitted.", .required = true, .table = "pollutants"})
          .custom(figure_info("value", "The figure, per amount of the plants' product."),
                  read_figure(&Published::value))
          .custom(figure_info("low", "Least that was published."), read_figure(&Published::low))
          .custom(figure_info("high", "Greatest that was published."),
                  read_figure(&Published::high))
          .integer("year", &Published::year,
                   {.doc = "Calendar year that the figure is of.",
                    .required = true,
                    .low = 1900,
                    .high = 9999})
          .include(origin_fields(), &Published::origin)
          .need("low", "high")
          .need("high", "low")
          .check(check_figures);
  return fields;
}

const FieldTable<Caveat>& caveat_fields() {
  static const auto fields =
      FieldTable<Caveat>("caveat", "What may not be concluded from the scenario.")
          .text("text", &Caveat::text,
                {.doc = "One or two sentences in English.", .required = true})
          .text("text_zh", &Caveat::text_zh, {.doc = "The same in Chinese."});
  return fields;
}

} // namespace lantian
