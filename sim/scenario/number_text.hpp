#pragma once

// Numbers written as text: factors joined by * and /, each a quantity or a parameter.
//
//   expression := factor (("*" | "/") factor)*      quotients bind to the left
//   factor     := "@" id | number [unit]

#include <optional>
#include <string>
#include <string_view>

#include "scenario/number.hpp"
#include "scenario/table_reader.hpp"

namespace lantian {

//! Reads the text; reports the first mistake in it.
std::optional<Number> read_number_text(std::string_view text, const FieldInput& input);

} // namespace lantian
