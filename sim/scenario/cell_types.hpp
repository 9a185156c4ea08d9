#pragma once

// A CSV cell is text; the field that it is meant for decides what it is. After this step a tree
// from CSV looks like one from TOML.

#include "scenario/field_info.hpp"
#include "scenario/value.hpp"

namespace lantian {

//! Types the cells in a table of the given fields. What does not read as its type stays text, and
//! is reported when it is read.
void type_cells(Value& value, const TableInfo& fields);

} // namespace lantian
