#pragma once

// The parameters of a scenario while it is read. A named one is read when it is first referred to,
// so that its dimension is known to whoever refers to it and cycles are found; a distribution
// written in a parameter field becomes an anonymous one. Numbers refer to a slot that gets the
// final index (the place in the table sorted by id) only when all are known.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "scenario/field_table.hpp"
#include "scenario/number.hpp"
#include "scenario/table.hpp"

namespace lantian {

class ParameterBook {
public:
  explicit ParameterBook(ReadContext& context) : context_(context) {}

  //! The parameter `id` as `input` refers to it; nothing when there is none, when it has a mistake
  //! itself, or when it refers back to itself.
  std::optional<Number> named(const std::string& id, const FieldInput& input);
  //! Adds an uncertain number that stands at the key path of `input`.
  Number anonymous(const FieldInput& input, const Number& value);
  //! Reads all of [parameters].
  void read_all();
  //! What each can come to, by provisional index.
  std::span<const Bounds> bounds() const { return bounds_; }
  //! All, sorted by id; numbers that were read before refer to them from now on.
  Table<Parameter> finish();

private:
  enum class State : std::uint8_t { reading, done, failed };
  struct Named {
    State state = State::reading;
    Index index = kNone;
  };

  Named read(const std::string& id, const Value& table);
  //! `written` is its value in the document.
  Index add(Parameter parameter, const Value& written);
  void report_cycle(const std::string& id, const FieldInput& input) const;

  ReadContext& context_;
  std::unordered_map<std::string, Named> named_;
  std::vector<std::string> under_way_;
  std::vector<Parameter> parameters_;
  std::vector<Bounds> bounds_;
  std::vector<std::shared_ptr<Index>> slots_;
};

//! The fields of [parameters.ID].
const FieldTable<Parameter>& parameter_fields();

} // namespace lantian
