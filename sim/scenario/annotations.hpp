#pragma once

// Every table of the format may say where its numbers come from: source, confidence, basis and
// note.

#include <string_view>
#include <vector>

#include "scenario/table_reader.hpp"

namespace lantian {

//! The annotations that any table may have.
const std::vector<FieldInfo>& annotation_fields();
//! By name; null when it is none.
const FieldInfo* find_annotation(std::string_view key);
//! Reports an annotation that is not a text, or a confidence that is not known.
void check_annotation(const FieldInput& input);

} // namespace lantian
