#pragma once

// The scenario reference, as Markdown and as answers to `lantian explain KEY`; both come from the
// field tables. The Markdown is committed as docs/scenario_reference.md.

#include <string>
#include <string_view>

#include "scenario/kind.hpp"

namespace lantian {

//! The whole reference.
std::string scenario_reference(const KindRegistry& kinds);

//! What a key is: "sources.activity", "sources.sinter.emits.PM.raw", "activity", "retrofit",
//! "units", "pert". At most 80 columns. Throws Error, with a suggestion, when nothing is called so.
std::string explain(std::string_view key, const KindRegistry& kinds);

} // namespace lantian
