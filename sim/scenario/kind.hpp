#pragma once

// A Kind is one sort of measure or target: "retrofit", "deadline". The floors above supply them;
// this floor only reads the table `[measures.ID]` by the Kind named in its key `kind`, and lets the
// Kind check the result against the whole Scenario. A Plan is what a Kind read.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/diagnostics.hpp"
#include "scenario/field_table.hpp"

namespace lantian {

struct Scenario;

//! What a kind reads from its table. Immutable once loaded.
struct Plan {
  virtual ~Plan() = default;

protected:
  Plan() = default;
  Plan(const Plan&) = default;
  Plan& operator=(const Plan&) = default;
};

struct Kind {
  std::string name;                  //!< value of the key `kind`
  std::string doc;                   //!< one sentence for the reference
  const TableInfo* fields = nullptr; //!< besides the common ones (kind, name, name_zh, enabled, …)
  std::function<std::shared_ptr<const Plan>(TableReader&)> read;
  //! Checks the plan read from `key` ("measures.ID") against the whole scenario; reports mistakes
  //! as diagnostics.error(key + ".start", "…"). Called only when the table and all that it refers
  //! to were read without mistake.
  std::function<void(const Plan&, const Scenario&, const std::string& key, Diagnostics&)> check;
};

//! Makes a Kind of a plan type P (derived from Plan), its field table and its check.
template <class P>
Kind make_kind(std::string name, std::string doc, const FieldTable<P>& fields,
               void (*check)(const P&, const Scenario&, const std::string&,
                             Diagnostics&) = nullptr) {
  Kind kind;
  kind.name = std::move(name);
  kind.doc = std::move(doc);
  kind.fields = &fields;
  kind.read = [&fields](TableReader& reader) {
    auto plan = std::make_shared<P>();
    fields.read(*plan, reader);
    return plan;
  };
  if (check != nullptr) {
    kind.check = [check](const Plan& plan, const Scenario& scenario, const std::string& key,
                         Diagnostics& diagnostics) {
      check(static_cast<const P&>(plan), scenario, key, diagnostics);
    };
  }
  return kind;
}

//! All kinds, handed down by main. Must outlive the scenarios loaded with it.
struct KindRegistry {
  std::vector<Kind> measures;
  std::vector<Kind> targets;

  static const Kind* find(const std::vector<Kind>& kinds, std::string_view name) {
    for (const Kind& kind : kinds) {
      if (kind.name == name) {
        return &kind;
      }
    }
    return nullptr;
  }
};

} // namespace lantian
