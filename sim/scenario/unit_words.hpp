#pragma once

// What units say about themselves in messages: names of dimensions, and hints for the usual
// mistakes.

#include <string>
#include <string_view>

#include "scenario/units.hpp"

namespace lantian {

//! "unknown unit 'tonnes': use 't'".
std::string unknown_unit_message(std::string_view name);

//! "'5 t' is a mass, where a mass per time is needed, such as '5 t/year'", and a hint where the
//! unit is a usual mistake. `example` is a unit to show, or "".
std::string wrong_dimension_message(std::string_view written, std::string_view unit,
                                    Dimension found, Dimension asked, std::string_view example);

} // namespace lantian
