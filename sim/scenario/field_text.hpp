#pragma once

// What a field is, in words: for messages, the reference and `explain`.

#include <string>

#include "scenario/field_info.hpp"

namespace lantian {

//! "number", "id of [plants]", "one of 'stop' or 'bypass'", …
std::string type_text(const FieldInfo& field);
//! "a mass per volume, such as in mg/m3"; "" where the field is no quantity or takes any.
std::string unit_text(const FieldInfo& field);
//! "at least 0", "from 0 to 1"; "" without limits. Bounds are in the base unit of the dimension.
std::string range_text(const FieldOptions& options, Dimension dimension);
//! "required", "default 0.3", or "optional".
std::string presence_text(const FieldInfo& field);
//! "12 kg/year"; zero has no unit.
std::string amount_text(double value, const std::string& unit);
//! True where a quantity is read, and units, ranges and the like make sense.
bool is_quantity(const FieldInfo& field);

} // namespace lantian
