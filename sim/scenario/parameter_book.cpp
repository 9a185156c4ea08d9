#include "scenario/parameter_book.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "scenario/annotations.hpp"
#include "scenario/read_context.hpp"
#include "scenario/resolved.hpp"

namespace lantian {

namespace {

constexpr std::size_t kLongestChain = 200; // parameters that refer to one another in a row

//! Reads an annotation into a member of the parameter.
auto annotation(std::string Parameter::* member) {
  return [member](Parameter& parameter, const FieldInput& input) {
    check_annotation(input);
    const std::string* text = input.value.as_text();
    parameter.*member = text == nullptr ? "" : *text;
  };
}

} // namespace

const FieldTable<Parameter>& parameter_fields() {
  static const auto fields =
      FieldTable<Parameter>("parameter",
                            "A quantity that is shared or uncertain, drawn once per parameter draw "
                            "and referred to as @ID.")
          .number("value", &Parameter::value,
                  {.doc = "What it is: a quantity, a product with other parameters, a mix, or a "
                          "distribution.",
                   .required = true,
                   .chance = true})
          .text("name", &Parameter::name, {.doc = "What it means."})
          .custom(*find_annotation("source"), annotation(&Parameter::source))
          .custom(*find_annotation("confidence"), annotation(&Parameter::confidence))
          .custom(*find_annotation("basis"), annotation(&Parameter::basis));
  return fields;
}

std::optional<Number> ParameterBook::named(const std::string& id, const FieldInput& input) {
  auto found = named_.find(id);
  if (found == named_.end()) {
    const Value* table = context_.document().find("parameters." + id);
    if (table == nullptr) {
      input.error(context_.no_such("parameters", id, "@" + id));
      return std::nullopt;
    }
    if (under_way_.size() >= kLongestChain) {
      input.error(fmt::format("parameters refer to one another more than {} deep", kLongestChain));
      return std::nullopt;
    }
    read(id, *table);
    found = named_.find(id);
  } else if (found->second.state == State::reading) {
    report_cycle(id, input);
    return std::nullopt;
  }
  context_.note_reference(input.path, "parameters." + id);
  if (found->second.state != State::done) {
    return std::nullopt;
  }
  const Index index = found->second.index;
  return Number::parameter(slots_[index], parameters_[index].value.dimension());
}

ParameterBook::Named ParameterBook::read(const std::string& id, const Value& table) {
  const std::string path = "parameters." + id;
  named_[id] = {};
  under_way_.push_back(id);
  const std::size_t mistakes = context_.diagnostics().size();
  Parameter parameter;
  parameter.id = id;
  if (table.as_table() == nullptr) {
    context_.diagnostics().error(table.position, path,
                                 fmt::format("must be a table, not {}", table.type_name()));
  } else {
    TableReader reader(context_, table, path);
    parameter_fields().read(parameter, reader);
  }
  under_way_.pop_back();
  const bool good = context_.diagnostics().size() == mistakes && context_.is_read(path);
  Named result{good ? State::done : State::failed, kNone};
  if (good) {
    result.index = add(std::move(parameter), *table.as_table()->find("value"));
  }
  named_[id] = result;
  return result;
}

Index ParameterBook::add(Parameter parameter, const Value& written) {
  const auto index = static_cast<Index>(parameters_.size());
  parameter.rank = index;
  parameter.name = parameter.name.empty() ? parameter.id : parameter.name;
  parameter.unit = base_unit(parameter.value.dimension());
  parameter.bounds = parameter.value.bounds(bounds_);
  if (parameter.is_uncertain()) {
    const Position& at = written.position;
    parameter.distribution = toml_text(written);
    parameter.written_at = fmt::format("{}:{}", context_.document().files[at.file].shown, at.line);
  }
  bounds_.push_back(parameter.bounds);
  slots_.push_back(std::make_shared<Index>(index));
  parameters_.push_back(std::move(parameter));
  return index;
}

Number ParameterBook::anonymous(const FieldInput& input, const Number& value) {
  Parameter parameter;
  parameter.id = input.path;
  parameter.value = value;
  const Index index = add(std::move(parameter), input.value);
  return Number::parameter(slots_[index], value.dimension());
}

void ParameterBook::report_cycle(const std::string& id, const FieldInput& input) const {
  const auto first = std::find(under_way_.begin(), under_way_.end(), id);
  std::vector<std::string> loop(first, under_way_.end());
  loop.push_back(id);
  input.error(
      fmt::format("parameters refer to one another in a cycle: @{}", fmt::join(loop, " -> @")));
}

void ParameterBook::read_all() {
  const Value* all = context_.document().find("parameters");
  if (all == nullptr || all->as_table() == nullptr) {
    return;
  }
  for (const std::string& id : context_.ids("parameters")) {
    if (named_.find(id) == named_.end()) {
      read(id, *all->as_table()->find(id));
    }
  }
}

Table<Parameter> ParameterBook::finish() {
  std::vector<Index> order(parameters_.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(),
            [&](Index a, Index b) { return parameters_[a].id < parameters_[b].id; });
  for (std::size_t place = 0; place < order.size(); ++place) {
    *slots_[order[place]] = static_cast<Index>(place);
  }
  return Table<Parameter>(std::move(parameters_));
}

} // namespace lantian
