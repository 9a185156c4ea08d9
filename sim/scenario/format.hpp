#pragma once

// The whole format: the field table of the root of a scenario file, for a given set of kinds.
// Reading, typing of CSV cells, the JSON Schema, the reference and `explain` all walk it.

#include "scenario/field_table.hpp"
#include "scenario/kind.hpp"
#include "scenario/scenario.hpp"

namespace lantian {

//! The version of the format that this program reads: `lantian = 1`.
inline constexpr std::int64_t kFormatVersion = 1;

class Format {
public:
  //! `kinds` must outlive this.
  explicit Format(const KindRegistry& kinds);

  const FieldTable<Scenario>& root() const { return root_; }

private:
  FieldTable<Scenario> root_;
};

//! Fields that every measure and target has besides those of its kind.
const FieldTable<Entry>& entry_fields();

} // namespace lantian
